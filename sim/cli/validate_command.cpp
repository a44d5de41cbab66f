#include <chrono>
#include <iostream>

#include "cli/interrupt.h"
#include "cli/plan_options.h"
#include "cli/posterior_use.h"
#include "cli/validate_report.h"
#include "io/hdf5_posterior_file.h"
#include "io/progress.h"
#include "io/text_file.h"
#include "run/parting.h"

namespace onward {

namespace {

namespace po = boost::program_options;

constexpr const char* kUsage =
    "onward validate SCENARIO [--replicates N] [--seed S] [--threads T] [--set name=value]... "
    "[--posterior posterior.h5] [--json]";

/// All draws of three worlds or more are kept.
constexpr std::int64_t kMostReplicates = 100'000;

struct ValidateRequest {
  std::string scenario;
  ReplicatePlan plan;
  Overrides overrides;
  std::optional<PosteriorInput> posterior;  ///< used instead of those that the scenario lists
  bool json = false;
};

/// Reads the arguments; nothing if they ask for help. Errors: UsageError.
std::optional<ValidateRequest> read_validate_request(const Arguments& arguments) {
  po::options_description options("options");
  options.add_options()("scenario", po::value<std::string>(), "scenario file")(
      "json", "print everything as JSON");
  add_plan_options(options, 200);
  add_posterior_option(options);
  po::positional_options_description positional;
  positional.add("scenario", 1);
  po::variables_map values;
  if (!read_options(arguments, kUsage, options, positional, values)) return std::nullopt;
  if (values.count("scenario") == 0) throw UsageError("give one scenario");
  return ValidateRequest{.scenario = values["scenario"].as<std::string>(),
                         .plan = read_plan(values, kMostReplicates),
                         .overrides = read_overrides(values),
                         .posterior = read_posterior_option(values),
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

/// Reads the file of an entry. Errors: InputError, also if it has seen other years than stated.
PosteriorInput read_entry(const PosteriorEntry& entry, const std::string& scenario) {
  PosteriorInput input{.file = path_beside(scenario, entry.file), .posterior = {}};
  input.posterior = read_posterior(input.file);
  if (input.posterior.fitted_to == entry.fitted_to) return input;
  throw InputError({.where = {.file = input.file},
                    .problem = "the posterior is fitted to " + to_text(input.posterior.fitted_to),
                    .why = scenario + " says " + to_text(entry.fitted_to),
                    .suggestion = ""});
}

/// The worlds that are judged, and what to tell the user of them.
struct Candidates {
  std::vector<JudgedWorlds> list;
  std::string notes;

  void add(const std::string& scenario, const Overrides& overrides, const PosteriorInput& input) {
    WorldsInUse use = load_worlds(scenario, overrides, input);
    notes = joined_notes(notes, use.notes);
    list.push_back({.worlds = std::move(use.worlds), .fitted_to = input.posterior.fitted_to});
  }
};

/// The scenario with the posterior of the command line, or with each that it lists, or as it is.
Candidates find_candidates(const ValidateRequest& request, const World& world) {
  Candidates candidates;
  const ValidationPlan& plan = world.scenario.validation;
  if (request.posterior) {
    candidates.add(request.scenario, request.overrides, *request.posterior);
    return candidates;
  }
  for (const PosteriorEntry& entry : plan.posteriors) {
    const std::string file =
        entry.scenario.empty() ? request.scenario : path_beside(request.scenario, entry.scenario);
    candidates.add(file, request.overrides, read_entry(entry, request.scenario));
    check_comparable(world.scenario, candidates.list.back().worlds.centre().scenario, file);
  }
  if (candidates.list.empty())
    candidates.list.push_back({.worlds = world, .fitted_to = plan.fitted_to});
  return candidates;
}

std::optional<Validation> validate_with_progress(const World& world,
                                                 const std::vector<JudgedWorlds>& candidates,
                                                 const ReplicatePlan& plan) {
  Progress progress("replicates");
  const auto show = [&progress](double finished, double total) {
    progress.update(finished, total);
  };
  return validate(world, candidates, plan, show, catch_stop_signals());
}

}  // namespace

int validate_command(const Arguments& arguments) {
  const auto start = std::chrono::steady_clock::now();
  const std::optional<ValidateRequest> request = read_validate_request(arguments);
  if (!request) return kExitGood;
  const WorldsInUse itself = load_worlds(request->scenario, request->overrides, std::nullopt);
  const World& world = itself.worlds.centre();
  check_scorable(world, request->scenario);
  const Candidates candidates = find_candidates(*request, world);
  std::cerr << candidates.notes;
  const auto validation = validate_with_progress(world, candidates.list, request->plan);
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
