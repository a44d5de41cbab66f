#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <iostream>
#include <memory>
#include <optional>

#include "cli/claims_report.h"
#include "cli/run_request.h"
#include "io/hdf5_run_writer.h"
#include "io/progress.h"
#include "io/scenario_file.h"

namespace onward {

namespace {

volatile std::sig_atomic_t stop_signal = 0;

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

LoadedScenario load(const RunRequest& request) {
  if (!request.from) return load_scenario(request.scenario, request.overrides);
  return read_scenario_text(request.from->scenario_text(), request.from->path());
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
  const std::optional<RunRequest> request = read_run_request(arguments);
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
