// Keyed draws: one block alone, sixteen at once.
#include <benchmark/benchmark.h>

#include "core/lanes.h"

namespace onward {
namespace {

void one_block(benchmark::State& state) {
  const RunKey key = run_key(1, 0);
  std::uint64_t person = 0;
  for (auto _ : state) benchmark::DoNotOptimize(draw(key, Entity{person++}, 1));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(one_block);

void sixteen_blocks(benchmark::State& state) {
  const RunKey key = run_key(1, 0);
  LaneKeys keys;
  for (auto _ : state) {
    ++keys.entity[0].value;
    benchmark::DoNotOptimize(draw_lanes(key, keys, 1));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kLanes));
}
BENCHMARK(sixteen_blocks);

}  // namespace
}  // namespace onward
