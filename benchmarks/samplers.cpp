// Draws from distributions, given uniform numbers or a sequence of them.
#include <benchmark/benchmark.h>

#include "core/distributions.h"
#include "core/lanes.h"

namespace onward {
namespace {

/// Uniform numbers that cost next to nothing: steps of the golden ratio.
class CheapUniforms {
 public:
  double operator()() {
    at_ += 0.6180339887498949;
    if (at_ >= 1.0) at_ -= 1.0;
    return at_ * 0.999 + 0.0005;
  }

 private:
  double at_ = 0.5;
};

template <class Sampler>
void time_sampler(benchmark::State& state, Sampler sample) {
  CheapUniforms uniform;
  for (auto _ : state) benchmark::DoNotOptimize(sample(uniform));
}

void uniform_alone(benchmark::State& state) {
  time_sampler(state, [](CheapUniforms& u) { return u(); });
}
BENCHMARK(uniform_alone);

void one_exponential(benchmark::State& state) {
  time_sampler(state, [](CheapUniforms& u) { return exponential(u()); });
}
BENCHMARK(one_exponential);

void one_gumbel(benchmark::State& state) {
  time_sampler(state, [](CheapUniforms& u) { return gumbel(u()); });
}
BENCHMARK(one_gumbel);

void one_normal(benchmark::State& state) {
  time_sampler(state, [](CheapUniforms& u) {
    const double first = u();
    return normal(first, u());
  });
}
BENCHMARK(one_normal);

void one_positive_stable(benchmark::State& state) {
  time_sampler(state, [](CheapUniforms& u) {
    const double first = u();
    return log_positive_stable(0.755, first, u());
  });
}
BENCHMARK(one_positive_stable);

void one_binomial(benchmark::State& state) {
  const auto trials = static_cast<std::uint64_t>(state.range(0));
  std::uint64_t entity = 0;
  for (auto _ : state) {
    DrawSequence draws(run_key(1, 0), Entity{entity++}, 1);
    benchmark::DoNotOptimize(binomial(trials, 0.1, draws));
  }
}
BENCHMARK(one_binomial)->Arg(10)->Arg(10'000);

void sixteen_exponentials(benchmark::State& state) {
  const LaneBlocks blocks = draw_lanes(run_key(1, 0), LaneKeys{}, 1);
  for (auto _ : state) benchmark::DoNotOptimize(exponential_lanes(blocks));
}
BENCHMARK(sixteen_exponentials);

void sixteen_gumbels(benchmark::State& state) {
  const LaneBlocks blocks = draw_lanes(run_key(1, 0), LaneKeys{}, 1);
  for (auto _ : state) benchmark::DoNotOptimize(gumbel_lanes(blocks));
}
BENCHMARK(sixteen_gumbels);

}  // namespace
}  // namespace onward
