// What a replicate's time is spent on: draws, the errors of one choice, a stream of attention, the
// start of a run and a whole replicate. Build with -DONWARD_BENCHMARKS=ON; compare within one run.
#include <benchmark/benchmark.h>

#include "core/distributions.h"
#include "core/lanes.h"
#include "engine/setup.h"
#include "engine/simulate.h"
#include "io/scenario_file.h"
#include "model/choice_draws.h"

namespace onward {
namespace {

const World& reference_world() {
  static const World world(
      load_scenario(std::string(ONWARD_SOURCE_DIR) + "/scenarios/canada-2013.yaml").scenario);
  return world;
}

void draw_block(benchmark::State& state) {
  const RunKey key = run_key(1, 0);
  std::uint64_t person = 0;
  for (auto _ : state) benchmark::DoNotOptimize(draw(key, Entity{person++}, 1));
}
BENCHMARK(draw_block);

void draw_sixteen_blocks(benchmark::State& state) {
  const RunKey key = run_key(1, 0);
  LaneKeys keys;
  for (auto _ : state) {
    ++keys.entity[0].value;
    benchmark::DoNotOptimize(draw_lanes(key, keys, 1));
  }
}
BENCHMARK(draw_sixteen_blocks);

void sixteen_exponentials(benchmark::State& state) {
  const LaneBlocks blocks = draw_lanes(run_key(1, 0), LaneKeys{}, 1);
  for (auto _ : state) benchmark::DoNotOptimize(exponential_lanes(blocks));
}
BENCHMARK(sixteen_exponentials);

void draws_of_one_choice(benchmark::State& state) {
  const State start = initial_state(reference_world(), run_key(1, 0));
  const Month month{.world = reference_world(), .index = 0, .key = run_key(1, 0)};
  std::uint32_t occasion = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(draw_choice(start.people, month, {.key = occasion++ % 1000}));
}
BENCHMARK(draws_of_one_choice);

void one_choice(benchmark::State& state) {
  const State start = initial_state(reference_world(), run_key(1, 0));
  const Month month{.world = reference_world(), .index = 0, .key = run_key(1, 0)};
  std::uint32_t occasion = 0;
  for (auto _ : state) benchmark::DoNotOptimize(choose(start, month, {.key = occasion++ % 1000}));
}
BENCHMARK(one_choice);

void candidates_of_one_year(benchmark::State& state) {
  const RunKey key = run_key(1, 0);
  std::uint64_t person = 0;
  std::vector<Candidate> found;
  for (auto _ : state) {
    found.clear();
    draw_candidates(key, Entity{person++}, PersonId{}, 0, 3, found);
    benchmark::DoNotOptimize(found.data());
  }
}
BENCHMARK(candidates_of_one_year);

void start_of_a_replicate(benchmark::State& state) {
  std::uint32_t replicate = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(initial_state(reference_world(), run_key(1, replicate++)));
  }
}
BENCHMARK(start_of_a_replicate)->Unit(benchmark::kMillisecond);

void whole_replicate(benchmark::State& state) {
  ThreadTeam team(1);
  std::uint32_t replicate = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(simulate(reference_world(), 1, replicate++, team));
  }
}
BENCHMARK(whole_replicate)->Unit(benchmark::kMillisecond)->MinTime(2.0);

}  // namespace
}  // namespace onward
