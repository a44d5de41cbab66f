#pragma once

#include <benchmark/benchmark.h>

#include <chrono>
#include <string>

#include "engine/step.h"
#include "io/scenario_file.h"

/// The world and the moment that the benchmarks of the model's steps share.
namespace onward {

/// Months gone by in `busy_world`: January 2012, when most people are on their way.
inline constexpr int kBusyMonth = 108;

inline LoadedScenario load_reference() {
  return load_scenario(std::string(ONWARD_SOURCE_DIR) + "/scenarios/canada-2013.yaml");
}

inline const World& reference_world() {
  static const World world(load_reference().scenario);
  return world;
}

/// The reference run up to the start of the busy month, on one thread.
inline Simulation run_to_busy_month() {
  ThreadTeam team(1);
  Simulation simulation = begin(reference_world(), run_key(1, 0));
  for (int month = 0; month < kBusyMonth; ++month) step(simulation, month, team);
  return simulation;
}

inline const Simulation& busy_world() {
  static const Simulation simulation = run_to_busy_month();
  return simulation;
}

inline Month busy_month() {
  return {.world = reference_world(), .index = kBusyMonth, .key = busy_world().key};
}

/// Times `verb(copy)` over and over, each time on a new copy of `original`; neither the copy nor
/// its end counts.
template <class Original, class Verb>
void time_on_copies(benchmark::State& state, const Original& original, Verb verb) {
  using Clock = std::chrono::steady_clock;
  for (auto _ : state) {
    Original copy = original;
    const auto start = Clock::now();
    verb(copy);
    const std::chrono::duration<double> passed = Clock::now() - start;
    state.SetIterationTime(passed.count());
  }
}

}  // namespace onward
