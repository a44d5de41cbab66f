#include <array>
#include <chrono>
#include <iostream>

#include "cli/compare_report.h"
#include "cli/interrupt.h"
#include "cli/plan_options.h"
#include "io/progress.h"
#include "io/scenario_file.h"

namespace onward {

namespace {

namespace po = boost::program_options;

constexpr const char* kUsage =
    "onward compare BASE VARIANT [--replicates N] [--seed S] [--threads T] [--set name=value]... "
    "[--json] [--decompose]";

/// A table of counts of more replicates would not fit into the memory of a desktop computer.
constexpr std::int64_t kMostReplicates = 100'000;

struct CompareRequest {
  std::string base;
  std::string variant;
  ReplicatePlan plan;
  Overrides overrides;  ///< for both worlds
  bool json = false;
  bool decompose = false;
};

/// Reads the arguments; nothing if they ask for help. Errors: UsageError.
std::optional<CompareRequest> read_compare_request(const Arguments& arguments) {
  po::options_description options("options");
  options.add_options()("scenarios", po::value<std::vector<std::string>>(),
                        "scenario files of the base and of the variant")(
      "json", "print everything as JSON")("decompose",
                                          "also how much runs through which channel; takes longer");
  add_plan_options(options, 200);
  po::positional_options_description positional;
  positional.add("scenarios", -1);
  po::variables_map values;
  if (!read_options(arguments, kUsage, options, positional, values)) return std::nullopt;
  if (values.count("scenarios") == 0 ||
      values["scenarios"].as<std::vector<std::string>>().size() != 2)
    throw UsageError("give two scenarios, the base and the variant");
  const auto& files = values["scenarios"].as<std::vector<std::string>>();
  return CompareRequest{.base = files[0],
                        .variant = files[1],
                        .plan = read_plan(values, kMostReplicates),
                        .overrides = read_overrides(values),
                        .json = values.count("json") != 0,
                        .decompose = values.count("decompose") != 0};
}

std::optional<Comparison> compare_with_progress(const World& base, const World& variant,
                                                const ComparisonPlan& plan,
                                                const PairObservers& observers) {
  Progress progress("replicates");
  const auto show = [&progress](double finished, double total) {
    progress.update(finished, total);
  };
  return compare(base, variant, plan, observers, show, catch_stop_signals());
}

}  // namespace

int compare_command(const Arguments& arguments) {
  const auto start = std::chrono::steady_clock::now();
  const std::optional<CompareRequest> request = read_compare_request(arguments);
  if (!request) return kExitGood;
  const World base(load_scenario(request->base, request->overrides).scenario);
  const World variant(load_scenario(request->variant, request->overrides).scenario);
  check_comparable(base.scenario, variant.scenario, request->variant);
  if (request->decompose) check_decomposable(base.scenario, variant.scenario, request->variant);

  const ReplicatePlan& plan = request->plan;
  YearlyClaims base_claims(measure_shape(base.scenario), plan.first, plan.count);
  YearlyClaims variant_claims(measure_shape(variant.scenario), plan.first, plan.count);
  const std::array<Observer*, 1> of_base{&base_claims};
  const std::array<Observer*, 1> of_variant{&variant_claims};
  const auto comparison =
      compare_with_progress(base, variant, {.replicates = plan, .decompose = request->decompose},
                            {.base = of_base, .variant = of_variant});
  if (!comparison) {
    std::cerr << "onward compare: stopped by a signal; nothing was printed\n";
    return kExitMachine;
  }
  const ComparisonFindings findings{.base = base,
                                    .variant = variant,
                                    .comparison = *comparison,
                                    .base_claims = base_claims,
                                    .variant_claims = variant_claims,
                                    .summary = summarise(base, *comparison)};
  std::cout << (request->json ? comparison_json(findings) : comparison_text(findings));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::cerr << plan.count << " pairs of replicates, " << comparison->placebos
            << " with a placebo, in " << seconds.count() << " s\n";
  return kExitGood;
}

}  // namespace onward
