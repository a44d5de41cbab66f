#include <chrono>
#include <iostream>

#include "cli/interrupt.h"
#include "cli/plan_options.h"
#include "cli/validate_report.h"
#include "io/progress.h"
#include "io/scenario_file.h"

namespace onward {

namespace {

namespace po = boost::program_options;

constexpr const char* kUsage =
    "onward validate SCENARIO [--replicates N] [--seed S] [--threads T] [--set name=value]... "
    "[--json]";

/// All draws of three worlds or more are kept.
constexpr std::int64_t kMostReplicates = 100'000;

struct ValidateRequest {
  std::string scenario;
  ReplicatePlan plan;
  Overrides overrides;
  bool json = false;
};

/// Reads the arguments; nothing if they ask for help. Errors: UsageError.
std::optional<ValidateRequest> read_validate_request(const Arguments& arguments) {
  po::options_description options("options");
  options.add_options()("scenario", po::value<std::string>(), "scenario file")(
      "json", "print everything as JSON");
  add_plan_options(options, 200);
  po::positional_options_description positional;
  positional.add("scenario", 1);
  po::variables_map values;
  if (!read_options(arguments, kUsage, options, positional, values)) return std::nullopt;
  if (values.count("scenario") == 0) throw UsageError("give one scenario");
  return ValidateRequest{.scenario = values["scenario"].as<std::string>(),
                         .plan = read_plan(values, kMostReplicates),
                         .overrides = read_overrides(values),
                         .json = values.count("json") != 0};
}

/// Errors: InputError if nothing can be scored.
void check_scorable(const World& world, const std::string& file) {
  const YearSpan years = scorable_years(world, ObservedTable(world));
  if (years.first <= years.last) return;
  throw InputError({.where = {.file = file},
                    .problem = "there is nothing to validate against",
                    .why = "a year is scored if it lies wholly in the run and 'observed' has "
                           "counts for it and an earlier year",
                    .suggestion = ""});
}

std::optional<Validation> validate_with_progress(const World& world, const ReplicatePlan& plan) {
  Progress progress("replicates");
  const auto show = [&progress](double finished, double total) {
    progress.update(finished, total);
  };
  return validate(world, plan, show, catch_stop_signals());
}

}  // namespace

int validate_command(const Arguments& arguments) {
  const auto start = std::chrono::steady_clock::now();
  const std::optional<ValidateRequest> request = read_validate_request(arguments);
  if (!request) return kExitGood;
  const World world(load_scenario(request->scenario, request->overrides).scenario);
  check_scorable(world, request->scenario);
  const auto validation = validate_with_progress(world, request->plan);
  if (!validation) {
    std::cerr << "onward validate: stopped by a signal; nothing was printed\n";
    return kExitMachine;
  }
  std::cout << (request->json ? validation_json(world, *validation)
                              : validation_text(world, *validation));
  std::cout.flush();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::cerr << request->plan.count << " replicates of each world in " << seconds.count() << " s\n";
  return kExitGood;
}

}  // namespace onward
