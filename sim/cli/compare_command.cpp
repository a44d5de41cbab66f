#include <chrono>
#include <iostream>
#include <memory>

#include "cli/compare_report.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/plan_options.h"
#include "cli/posterior_use.h"
#include "io/hdf5_pair_writer.h"
#include "io/progress.h"
#include "io/scenario_file.h"
#include "run/comparison_tables.h"

namespace onward {

namespace {

namespace po = boost::program_options;

constexpr const char* kUsage =
    "onward compare BASE VARIANT [-o compare.h5] [--replicates N] [--seed S] [--threads T] [--set "
    "name=value]... [--posterior posterior.h5] [--json] [--decompose]";

/// A table of counts of more replicates would not fit into the memory of a desktop computer.
constexpr std::int64_t kMostReplicates = 100'000;

struct CompareRequest {
  std::string base;
  std::string variant;
  std::string output;  ///< comparison file to write; may be empty
  ReplicatePlan plan;
  Overrides overrides;  ///< for both worlds
  std::optional<PosteriorInput> posterior;
  bool json = false;
  bool decompose = false;
  std::string command_line;
};

/// Reads the arguments; nothing if they ask for help. Errors: UsageError.
std::optional<CompareRequest> read_compare_request(const Arguments& arguments) {
  po::options_description options("options");
  options.add_options()("scenarios", po::value<std::vector<std::string>>(),
                        "scenario files of the base and of the variant")(
      "output,o", po::value<std::string>()->default_value(""), "comparison file to write (HDF5)")(
      "json", "print everything as JSON")("decompose",
                                          "also how much runs through which channel; takes longer");
  add_plan_options(options, 200);
  add_posterior_option(options);
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
                        .output = values["output"].as<std::string>(),
                        .plan = read_plan(values, kMostReplicates),
                        .overrides = read_overrides(values),
                        .posterior = read_posterior_option(values),
                        .json = values.count("json") != 0,
                        .decompose = values.count("decompose") != 0,
                        .command_line = whole_command_line("compare", arguments)};
}

/// Writes the comparison file, if one was asked for. Its observers do nothing otherwise.
class PairOutput {
 public:
  PairOutput(const CompareRequest& request, const WorldsInUse& base, const WorldsInUse& variant) {
    if (request.output.empty()) return;
    const auto describe = [&request](const WorldsInUse& use) {
      return describe_run(use.worlds, use.resolved, request.plan, request.command_line);
    };
    writer_ = std::make_unique<PairWriter>(request.output, describe(base), describe(variant));
  }
  void add_observers(std::vector<Observer*>& of_base, std::vector<Observer*>& of_variant) {
    if (!writer_) return;
    of_base.push_back(&writer_->base());
    of_variant.push_back(&writer_->variant());
  }
  void close(const ComparisonFindings& findings, const RunTiming& timing) {
    if (!writer_) return;
    writer_->close(comparison_tables(findings.base, findings.comparison, findings.summary), timing);
  }

 private:
  std::unique_ptr<PairWriter> writer_;
};

std::optional<Comparison> compare_with_progress(const Worlds& base, const Worlds& variant,
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
  const WorldsInUse of_base_file =
      load_worlds(request->base, request->overrides, request->posterior);
  const WorldsInUse of_variant_file =
      load_worlds(request->variant, request->overrides, request->posterior);
  const World& base = of_base_file.worlds.centre();
  const World& variant = of_variant_file.worlds.centre();
  check_comparable(base.scenario, variant.scenario, request->variant);
  if (request->decompose) check_decomposable(base.scenario, variant.scenario, request->variant);

  std::cerr << joined_notes(of_base_file.notes, of_variant_file.notes);

  const ReplicatePlan& plan = request->plan;
  PairOutput output(*request, of_base_file, of_variant_file);
  YearlyClaims base_claims(measure_shape(base.scenario), plan.first, plan.count);
  YearlyClaims variant_claims(measure_shape(variant.scenario), plan.first, plan.count);
  std::vector<Observer*> of_base{&base_claims};
  std::vector<Observer*> of_variant{&variant_claims};
  output.add_observers(of_base, of_variant);
  const auto comparison =
      compare_with_progress(of_base_file.worlds, of_variant_file.worlds,
                            {.replicates = plan, .decompose = request->decompose},
                            {.base = of_base, .variant = of_variant});
  if (!comparison) {
    std::cerr << "onward compare: stopped by a signal; nothing was printed or written\n";
    return kExitMachine;
  }
  const ComparisonFindings findings{.base = base,
                                    .variant = variant,
                                    .comparison = *comparison,
                                    .base_claims = base_claims,
                                    .variant_claims = variant_claims,
                                    .summary = summarise(base, *comparison)};
  output.close(findings, timing_since(start, plan.threads));
  std::cout << (request->json ? comparison_json(findings) : comparison_text(findings))
            << std::flush;
  std::cerr << plan.count << " pairs of replicates, " << comparison->placebos
            << " with a placebo, in " << seconds_since(start) << " s\n";
  return kExitGood;
}

}  // namespace onward
