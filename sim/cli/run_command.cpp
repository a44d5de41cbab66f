#include <array>
#include <chrono>
#include <iostream>
#include <memory>
#include <optional>

#include "cli/claims_report.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/person_name.h"
#include "cli/run_request.h"
#include "cli/trace_report.h"
#include "core/machine_memory.h"
#include "io/hdf5_run_writer.h"
#include "io/progress.h"
#include "io/scenario_file.h"
#include "run/memory_need.h"

namespace onward {

namespace {

using Clock = std::chrono::steady_clock;

WorldsInUse load(const RunRequest& request) {
  if (!request.from) return load_worlds(request.scenario, request.overrides, request.posterior);
  const RunFile& from = *request.from;
  LoadedScenario loaded = read_scenario_text(from.scenario_text(), from.path());
  Worlds worlds = from.posterior()
                      ? Worlds(std::move(loaded.scenario), *from.posterior(), from.path())
                      : Worlds(std::move(loaded.scenario));
  return {.worlds = std::move(worlds), .resolved = std::move(loaded.resolved), .notes = ""};
}

/// Writes the run file, if one was asked for, and adds up the time that it takes.
class TimedOutput : public Observer {
 public:
  TimedOutput(const RunRequest& request, const WorldsInUse& use)
      : threads_(share_threads(request.plan, use.worlds.centre()).replicates) {
    if (request.output.empty()) return;
    writer_ = std::make_unique<RunWriter>(
        request.output, describe_run(use.worlds, use.resolved, request.plan, request.command_line));
  }
  void replicate_finished(std::uint32_t replicate, const Measures& measures) override {
    if (!writer_) return;
    receive(replicate, measures)();
  }
  /// Packs beside other calls: of its time a thread's share counts, as threads pack side by side.
  std::function<void()> receive(std::uint32_t replicate, const Measures& measures) override {
    if (!writer_) return [] {};
    const auto start = Clock::now();
    std::function<void()> write = writer_->receive(replicate, measures);
    const double packing = seconds_since(start) / threads_;
    return [this, packing, write = std::move(write)] {
      const auto begun = Clock::now();
      write();
      seconds_ += packing + seconds_since(begun);
    };
  }
  void close(Clock::time_point begun, int threads) {
    if (!writer_) return;
    const auto start = Clock::now();
    writer_->close(timing_since(begun, threads));
    seconds_ += seconds_since(start);
  }
  double seconds() const { return seconds_; }

 private:
  std::unique_ptr<RunWriter> writer_;
  double threads_;  ///< that pack
  double seconds_ = 0.0;
};

/// Says what memory a large run needs. Errors: std::runtime_error if there is not as much.
void announce_memory(const World& world, const RunRequest& request) {
  constexpr std::uint64_t kLarge = std::uint64_t{1} << 27;
  const std::uint64_t need = memory_of_run(world, request.plan, request.trace.has_value());
  const std::string text = check_memory(need, available_memory());
  if (need >= kLarge) std::cerr << "onward run: " << text << '\n';
}

int stopped_by_signal() {
  std::cerr << "onward run: stopped by a signal; no file was written\n";
  return kExitMachine;
}

/// Runs all replicates with progress shown. False if a signal stopped them.
bool run_with_progress(const Worlds& worlds, const ReplicatePlan& plan,
                       std::span<Observer* const> observers) {
  // A few replicates may each last: then months are counted.
  const bool few = plan.count <= static_cast<std::uint32_t>(plan.threads);
  Progress progress(few ? "months" : "replicates");
  const double unit = few ? worlds.centre().scenario.months() : 1.0;
  const auto show = [&progress, unit](double finished, double total) {
    progress.update(unit * finished, unit * total);
  };
  return run_replicates(worlds, plan, observers, show, catch_stop_signals());
}

/// The person that the request asks for; nothing if a signal stopped the search. Errors:
/// UsageError.
std::optional<Entity> find_traced(const World& world, const RunRequest& request, ThreadTeam& team,
                                  const std::function<bool()>& stop) {
  const auto wanted = read_person_name(world, *request.trace);
  if (const Entity* person = std::get_if<Entity>(&wanted)) return *person;
  const ReplicatePlan& plan = request.plan;
  const std::uint32_t number = std::get<Mover>(wanted).number;
  const MoverSearch search = find_mover(world, plan.seed, plan.first, number, team, stop);
  if (search.person || search.stopped) return search.person;
  throw UsageError("--trace: there is no mover " + std::to_string(number) + "; in replicate " +
                   std::to_string(plan.first) + " of this run " + std::to_string(search.movers) +
                   " people depart");
}

/// Runs one replicate and prints the life of one person.
int run_traced(const World& world, const RunRequest& request, TimedOutput& output,
               Clock::time_point start) {
  const std::function<bool()> stop = catch_stop_signals();
  const ReplicatePlan& plan = request.plan;
  ThreadTeam team(plan.threads);
  const std::optional<Entity> person = find_traced(world, request, team, stop);
  if (!person) return stopped_by_signal();
  const auto trace = trace_person(world, plan.seed, plan.first, *person, team, stop);
  if (!trace) return stopped_by_signal();
  output.replicate_finished(plan.first, trace->measures);
  output.close(start, plan.threads);
  std::cout << trace_report(world, {plan.seed, plan.first}, *trace);
  return kExitGood;
}

}  // namespace

int run_command(const Arguments& arguments) {
  const auto start = Clock::now();
  const std::optional<RunRequest> request = read_run_request(arguments);
  if (!request) return kExitGood;
  const WorldsInUse use = load(*request);
  std::cerr << use.notes;
  const World& world = use.worlds.centre();
  const ReplicatePlan& plan = request->plan;
  announce_memory(world, *request);
  TimedOutput output(*request, use);
  if (request->trace) return run_traced(*use.worlds.of(plan.first), *request, output, start);
  YearlyClaims claims(measure_shape(world.scenario), plan.first, plan.count);
  GroupOutcomes outcomes(measure_shape(world.scenario), plan.first, plan.count);
  RunSeconds seconds{.setup = seconds_since(start)};

  const std::array<Observer*, 3> observers{&claims, &outcomes, &output};
  if (!run_with_progress(use.worlds, plan, observers)) return stopped_by_signal();
  seconds.steps = seconds_since(start) - seconds.setup - output.seconds();
  output.close(start, plan.threads);
  seconds.output = output.seconds();
  seconds.total = seconds_since(start);
  if (request->json) {
    std::cout << claims_json(world, claims, outcomes, plan.seed, plan.count, seconds);
    return kExitGood;
  }
  std::cout << claims_table(world, claims) << '\n' << groups_table(world, outcomes);
  std::cerr << plan.count << " replicates, " << claims.persons() << " persons each, "
            << claims.decisions() << " decisions in " << seconds.total << " s\n";
  return kExitGood;
}

}  // namespace onward
