#include "cli/run_request.h"

#include <limits>

#include "cli/output_file.h"

namespace onward {

namespace {

namespace po = boost::program_options;

constexpr const char* kUsage =
    "onward run SCENARIO [-o run.h5] [--replicates N] [--seed S] [--threads T] [--set "
    "name=value]... [--posterior posterior.h5] [--json]\n"
    "       onward run --from run.h5 [--replicate N] [-o again.h5]\n"
    "       onward run SCENARIO --trace PERSON [--replicate N] [-o run.h5]";

po::options_description run_options() {
  po::options_description options("options");
  auto add = options.add_options();
  add("scenario", po::value<std::string>(), "scenario file");
  add("output,o", po::value<std::string>(), "run file to write (HDF5)");
  add_plan_options(options, 20);
  add_posterior_option(options);
  add("json", "print the table as JSON");
  add("from", po::value<std::string>(), "run file whose run is made again");
  add("replicate", po::value<std::int64_t>(), "with --from or --trace: the one replicate to run");
  add("trace", po::value<std::string>(),
      "print one person's life, of replicate 0 unless --replicate says another: "
      "GROUP:YYYY-MM:NUMBER (month of arrival, number from 0 within it), first-mover (whoever "
      "departs first), or mover:NUMBER (first-mover is mover:0)");
  return options;
}

/// Takes seed and replicates from the run that is made again.
void plan_again(RunRequest& request, const po::variables_map& values) {
  if (!values["seed"].defaulted() || !values["replicates"].defaulted() ||
      !request.overrides.empty() || request.posterior) {
    throw UsageError(
        "--from makes a run again as it was: --seed, --replicates, --set and --posterior do not go "
        "with it");
  }
  const Provenance& origin = request.from->provenance();
  request.plan.seed = origin.seed;
  request.plan.first = origin.first_replicate;
  request.plan.count = origin.replicates;
  if (values.count("replicate") == 0) return;
  const std::int64_t last =
      static_cast<std::int64_t>(origin.first_replicate) + origin.replicates - 1;
  request.plan.first =
      static_cast<std::uint32_t>(read_bounded(values, "replicate", origin.first_replicate, last));
  request.plan.count = 1;
}

/// Takes the one replicate in which a person is followed.
void plan_trace(RunRequest& request, const po::variables_map& values) {
  if (!values["replicates"].defaulted())
    throw UsageError("--trace follows one replicate: choose it by --replicate, not --replicates");
  if (request.json) throw UsageError("--trace prints text: --json does not go with it");
  request.trace = values["trace"].as<std::string>();
  request.plan.count = 1;
  if (request.from) return;
  request.plan.first = 0;
  if (values.count("replicate") != 0) {
    request.plan.first = static_cast<std::uint32_t>(
        read_bounded(values, "replicate", 0, std::numeric_limits<std::uint32_t>::max()));
  }
}

}  // namespace

std::optional<RunRequest> read_run_request(const Arguments& arguments) {
  po::positional_options_description positional;
  positional.add("scenario", 1);
  po::variables_map values;
  if (!read_options(arguments, kUsage, run_options(), positional, values)) return std::nullopt;
  if (values.count("scenario") + values.count("from") != 1)
    throw UsageError("give one scenario, or --from a run file");

  RunRequest request;
  if (values.count("scenario") != 0) request.scenario = values["scenario"].as<std::string>();
  if (values.count("output") != 0) request.output = values["output"].as<std::string>();
  request.overrides = read_overrides(values);
  request.posterior = read_posterior_option(values);
  request.plan = read_plan(values, 10'000'000);
  request.json = values.count("json") != 0;
  request.command_line = whole_command_line("run", arguments);
  if (values.count("from") != 0) {
    request.from = std::make_unique<RunFile>(values["from"].as<std::string>());
    plan_again(request, values);
  } else if (values.count("replicate") != 0 && values.count("trace") == 0) {
    throw UsageError("--replicate goes with --from or --trace");
  }
  if (values.count("trace") != 0) plan_trace(request, values);
  return request;
}

}  // namespace onward
