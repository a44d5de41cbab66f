// The start of a run, one month and a whole replicate. Compare within one run.
#include "engine/setup.h"
#include "engine/simulate.h"
#include "reference.h"

namespace onward {
namespace {

void start_of_a_replicate(benchmark::State& state) {
  std::uint32_t replicate = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(initial_state(reference_world(), run_key(1, replicate++)));
}
BENCHMARK(start_of_a_replicate)->Unit(benchmark::kMillisecond);

void one_month(benchmark::State& state) {
  ThreadTeam team(1);
  time_on_copies(state, busy_world(),
                 [&team](Simulation& simulation) { step(simulation, kBusyMonth, team); });
}
BENCHMARK(one_month)->UseManualTime()->Unit(benchmark::kMicrosecond);

void whole_replicate(benchmark::State& state) {
  ThreadTeam team(static_cast<int>(state.range(0)));
  std::uint32_t replicate = 0;
  for (auto _ : state) benchmark::DoNotOptimize(simulate(reference_world(), 1, replicate++, team));
}
BENCHMARK(whole_replicate)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MinTime(2.0);

}  // namespace
}  // namespace onward
