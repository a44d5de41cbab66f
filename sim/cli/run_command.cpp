#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <iostream>
#include <limits>
#include <memory>
#include <optional>
#include <thread>

#include "cli/claims_report.h"
#include "cli/command.h"
#include "core/check.h"
#include "io/hdf5_run_file.h"
#include "io/hdf5_run_writer.h"
#include "io/progress.h"
#include "io/scenario_file.h"
#include "run/replicates.h"

namespace onward {

namespace {

volatile std::sig_atomic_t stop_signal = 0;

/// What the user asked for.
struct RunRequest {
  std::string scenario;
  std::string from;
  std::string output;
  ReplicatePlan plan;
  std::vector<std::pair<std::string, std::string>> overrides;
  bool json = false;
  std::string command_line;
};

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::vector<std::pair<std::string, std::string>> split_overrides(const std::vector<std::string>& texts) {
  std::vector<std::pair<std::string, std::string>> overrides;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos) throw UsageError("--set wants NAME=VALUE, not '" + text + "'");
    overrides.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return overrides;
}

template <class Number>
Number bounded(const boost::program_options::variables_map& values, const char* name, std::int64_t low,
               std::int64_t high) {
  const auto value = values[name].as<std::int64_t>();
  if (value < low || value > high) {
    throw UsageError("--" + std::string(name) + " must be " + std::to_string(low) + " to " + std::to_string(high));
  }
  return static_cast<Number>(value);
}

std::optional<RunRequest> read_request(const Arguments& arguments) {
  namespace po = boost::program_options;
  const auto machine_threads = static_cast<std::int64_t>(std::max(1u, std::thread::hardware_concurrency()));
  po::options_description options("options");
  options.add_options()("scenario", po::value<std::string>(), "scenario file")(
      "output,o", po::value<std::string>(), "run file to write (HDF5)")(
      "replicates,n", po::value<std::int64_t>()->default_value(20), "number of replicates")(
      "seed,s", po::value<std::int64_t>()->default_value(1), "seed of all draws")(
      "threads,t", po::value<std::int64_t>()->default_value(machine_threads), "threads; they change nothing")(
      "set", po::value<std::vector<std::string>>()->composing(), "NAME=VALUE of a parameter; may be repeated")(
      "json", "print the table as JSON")("from", po::value<std::string>(), "run file whose run is made again")(
      "replicate", po::value<std::int64_t>(), "with --from: the one replicate to make again");
  po::positional_options_description positional;
  positional.add("scenario", 1);
  po::variables_map values;
  const std::string usage =
      "onward run SCENARIO [-o run.h5] [--replicates N] [--seed S] [--threads T] [--set name=value]... [--json]\n"
      "       onward run --from run.h5 [--replicate N] [-o again.h5]";
  if (!read_options(arguments, usage, options, positional, values)) return std::nullopt;

  RunRequest request;
  if (values.count("scenario") + values.count("from") != 1) throw UsageError("give one scenario, or --from a run file");
  if (values.count("scenario") != 0) request.scenario = values["scenario"].as<std::string>();
  if (values.count("from") != 0) request.from = values["from"].as<std::string>();
  if (values.count("output") != 0) request.output = values["output"].as<std::string>();
  request.plan.count = bounded<std::uint32_t>(values, "replicates", 1, 10'000'000);
  request.plan.seed = bounded<std::uint64_t>(values, "seed", 0, std::numeric_limits<std::int64_t>::max());
  request.plan.threads = bounded<int>(values, "threads", 1, 1024);
  if (values.count("set") != 0) request.overrides = split_overrides(values["set"].as<std::vector<std::string>>());
  request.json = values.count("json") != 0;

  std::vector<const char*> words{"onward", "run"};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  request.command_line = command_line_text(static_cast<int>(words.size()), words.data());
  if (request.from.empty()) {
    if (values.count("replicate") != 0) throw UsageError("--replicate goes with --from");
    return request;
  }
  const RunFile file(request.from);
  if (!values["seed"].defaulted() || !values["replicates"].defaulted() || !request.overrides.empty()) {
    throw UsageError("--from makes a run again as it was: --seed, --replicates and --set do not go with it");
  }
  request.plan.seed = file.provenance().seed;
  request.plan.first = file.provenance().first_replicate;
  request.plan.count = file.provenance().replicates;
  if (values.count("replicate") != 0) {
    const std::int64_t last = static_cast<std::int64_t>(request.plan.first) + request.plan.count - 1;
    request.plan.first = bounded<std::uint32_t>(values, "replicate", request.plan.first, last);
    request.plan.count = 1;
  }
  return request;
}

LoadedScenario load(const RunRequest& request) {
  if (request.from.empty()) return load_scenario(request.scenario, request.overrides);
  return read_scenario_text(RunFile(request.from).scenario_text(), request.from);
}

RunDescription describe(const RunRequest& request, const World& world, const std::string& resolved) {
  RunDescription description;
  description.shape = measure_shape(world.scenario);
  description.provenance = build_provenance();
  description.provenance.scenario_name = world.scenario.name;
  description.provenance.scenario_hash = hash_text(resolved);
  description.provenance.seed = request.plan.seed;
  description.provenance.first_replicate = request.plan.first;
  description.provenance.replicates = request.plan.count;
  description.provenance.command_line = request.command_line;
  description.provenance.created = utc_now();
  description.scenario_text = resolved;
  description.observed = world.scenario.observed;
  return description;
}

/// Passes on to another observer and adds up the time that it takes.
class TimedObserver : public Observer {
 public:
  explicit TimedObserver(Observer& inner) : inner_(inner) {}
  void replicate_finished(std::uint32_t replicate, const Measures& measures) override {
    const auto start = Clock::now();
    inner_.replicate_finished(replicate, measures);
    seconds_ += seconds_since(start);
  }
  double seconds() const { return seconds_; }

 private:
  Observer& inner_;
  double seconds_ = 0.0;
};

}  // namespace

int run_command(const Arguments& arguments) {
  const auto start = Clock::now();
  const std::optional<RunRequest> request = read_request(arguments);
  if (!request) return kExitGood;
  LoadedScenario loaded = load(*request);
  const World world(std::move(loaded.scenario));
  const ReplicatePlan& plan = request->plan;
  YearlyClaims claims(measure_shape(world.scenario), plan.first, plan.count);
  std::vector<Observer*> observers{&claims};
  std::unique_ptr<RunWriter> writer;
  std::unique_ptr<TimedObserver> timed;
  if (!request->output.empty()) {
    writer = std::make_unique<RunWriter>(request->output, describe(*request, world, loaded.resolved));
    timed = std::make_unique<TimedObserver>(*writer);
    observers.push_back(timed.get());
  }
  std::signal(SIGINT, [](int number) { stop_signal = number; });
  std::signal(SIGTERM, [](int number) { stop_signal = number; });

  RunSeconds seconds;
  seconds.setup = seconds_since(start);
  const auto steps = Clock::now();
  {
    Progress progress("replicates");
    const auto show = [&progress](double finished, double total) { progress.update(finished, total); };
    if (!run_replicates(world, plan, observers, show, [] { return stop_signal != 0; })) {
      std::cerr << "onward run: stopped by a signal; no file was written\n";
      return kExitMachine;
    }
  }
  seconds.output = timed ? timed->seconds() : 0.0;
  seconds.steps = seconds_since(steps) - seconds.output;
  const auto closing = Clock::now();
  if (writer) writer->close({.wall_seconds = seconds_since(start), .cpu_seconds = cpu_seconds(), .threads = plan.threads});
  seconds.output += seconds_since(closing);
  seconds.total = seconds_since(start);
  std::cout << (request->json ? claims_json(world, claims, plan.seed, plan.count, seconds) : claims_table(world, claims));
  if (!request->json) {
    std::cerr << plan.count << " replicates, " << claims.persons() << " persons each, " << claims.decisions()
              << " decisions in " << seconds.total << " s\n";
  }
  return kExitGood;
}

}  // namespace onward
