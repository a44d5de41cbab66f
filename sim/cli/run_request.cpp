#include "cli/run_request.h"

#include <algorithm>
#include <limits>
#include <thread>

#include "io/provenance.h"

namespace onward {

namespace {

namespace po = boost::program_options;

constexpr const char* kUsage =
    "onward run SCENARIO [-o run.h5] [--replicates N] [--seed S] [--threads T] [--set "
    "name=value]... [--json]\n"
    "       onward run --from run.h5 [--replicate N] [-o again.h5]\n"
    "       onward run SCENARIO --trace PERSON [--replicate N] [-o run.h5]";

po::options_description run_options() {
  const auto threads = static_cast<std::int64_t>(std::max(1u, std::thread::hardware_concurrency()));
  po::options_description options("options");
  auto add = options.add_options();
  add("scenario", po::value<std::string>(), "scenario file");
  add("output,o", po::value<std::string>(), "run file to write (HDF5)");
  add("replicates,n", po::value<std::int64_t>()->default_value(20), "number of replicates");
  add("seed,s", po::value<std::int64_t>()->default_value(1), "seed of all draws");
  add("threads,t", po::value<std::int64_t>()->default_value(threads),
      "threads; they change nothing");
  add("set", po::value<std::vector<std::string>>()->composing(),
      "NAME=VALUE of a parameter; may be repeated");
  add("json", "print the table as JSON");
  add("from", po::value<std::string>(), "run file whose run is made again");
  add("replicate", po::value<std::int64_t>(), "with --from or --trace: the one replicate to run");
  add("trace", po::value<std::string>(),
      "print one person's life, of replicate 0 unless --replicate says another: "
      "GROUP:YYYY-MM:NUMBER (month of arrival, number from 0 within it), first-mover (whoever "
      "departs first), or mover:NUMBER (first-mover is mover:0)");
  return options;
}

std::int64_t bounded(const po::variables_map& values, const char* name, std::int64_t low,
                     std::int64_t high) {
  const auto value = values[name].as<std::int64_t>();
  if (value < low || value > high) {
    throw UsageError("--" + std::string(name) + " must be " + std::to_string(low) + " to " +
                     std::to_string(high));
  }
  return value;
}

std::vector<std::pair<std::string, std::string>> split_overrides(
    const std::vector<std::string>& texts) {
  std::vector<std::pair<std::string, std::string>> overrides;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos)
      throw UsageError("--set wants NAME=VALUE, not '" + text + "'");
    overrides.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return overrides;
}

std::string whole_command_line(const Arguments& arguments) {
  std::vector<const char*> words{"onward", "run"};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  return command_line_text(static_cast<int>(words.size()), words.data());
}

/// Takes seed and replicates from the run that is made again.
void plan_again(RunRequest& request, const po::variables_map& values) {
  if (!values["seed"].defaulted() || !values["replicates"].defaulted() ||
      !request.overrides.empty()) {
    throw UsageError(
        "--from makes a run again as it was: --seed, --replicates and --set do not go with it");
  }
  const Provenance& origin = request.from->provenance();
  request.plan.seed = origin.seed;
  request.plan.first = origin.first_replicate;
  request.plan.count = origin.replicates;
  if (values.count("replicate") == 0) return;
  const std::int64_t last =
      static_cast<std::int64_t>(origin.first_replicate) + origin.replicates - 1;
  request.plan.first =
      static_cast<std::uint32_t>(bounded(values, "replicate", origin.first_replicate, last));
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
        bounded(values, "replicate", 0, std::numeric_limits<std::uint32_t>::max()));
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
  if (values.count("set") != 0)
    request.overrides = split_overrides(values["set"].as<std::vector<std::string>>());
  request.plan.count = static_cast<std::uint32_t>(bounded(values, "replicates", 1, 10'000'000));
  request.plan.seed = static_cast<std::uint64_t>(
      bounded(values, "seed", 0, std::numeric_limits<std::int64_t>::max()));
  request.plan.threads = static_cast<int>(bounded(values, "threads", 1, 1024));
  request.json = values.count("json") != 0;
  request.command_line = whole_command_line(arguments);
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
