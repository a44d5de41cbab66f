// The floor that no loop over people gets under: what the machine's memory gives, in a row and at
// random.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

#include "core/parallel.h"

namespace onward {
namespace {

constexpr std::size_t kWords = std::size_t{32} << 20;  // 256 MiB, far more than any cache

/// Each word names another, so that all of them make one circle in no visible order: a linear
/// congruential generator of full period (Hull and Dobell, SIAM Review 4, 1962).
const std::vector<std::uint64_t>& words() {
  static const std::vector<std::uint64_t> all = [] {
    std::vector<std::uint64_t> filled(kWords);
    for (std::size_t i = 0; i < kWords; ++i) filled[i] = (6364136223846793005u * i + 1) % kWords;
    return filled;
  }();
  return all;
}

/// Bytes a second of reading all words in a row, on as many threads as the argument says.
void read_in_a_row(benchmark::State& state) {
  const auto threads = static_cast<std::size_t>(state.range(0));
  ThreadTeam team(static_cast<int>(threads));
  const std::vector<std::uint64_t>& all = words();
  const std::size_t part = all.size() / threads;
  for (auto _ : state) {
    team.for_each_chunk(threads, [&](std::size_t i) {
      std::uint64_t sum = 0;
      for (std::size_t k = i * part; k < (i + 1) * part; ++k) sum ^= all[k];
      benchmark::DoNotOptimize(sum);
    });
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(kWords * 8));
}
BENCHMARK(read_in_a_row)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

/// One word after the other, each at the place that only the word before it gives away.
void read_at_random(benchmark::State& state) {
  const std::vector<std::uint64_t>& all = words();
  std::uint64_t at = 0;
  for (auto _ : state) benchmark::DoNotOptimize(at = all[at]);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(read_at_random);

}  // namespace
}  // namespace onward
