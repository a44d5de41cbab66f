// One choice among all destinations: its errors drawn one by one, and the whole of it.
#include "model/choice.h"

#include "model/choice_draws.h"
#include "model/choice_errors.h"
#include "reference.h"

namespace onward {
namespace {

void errors_one_by_one(benchmark::State& state) {
  const RunKey key = run_key(1, 0);
  std::uint64_t person = 0;
  for (auto _ : state) {
    ChoiceErrors errors(key, Entity{person++}, 1, 0.6, 0.6);
    double sum = errors.alone(13);
    for (std::uint32_t place = 0; place < 12; ++place) sum += errors.go(place, 0, 0);
    benchmark::DoNotOptimize(sum);
  }
}
BENCHMARK(errors_one_by_one);

void draws_of_one_choice(benchmark::State& state) {
  const State& people = busy_world().state;
  const Month month = busy_month();
  std::uint32_t occasion = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(draw_choice(people.people, month, {.key = occasion++ % 1000}));
}
BENCHMARK(draws_of_one_choice);

void one_choice(benchmark::State& state) {
  const State& people = busy_world().state;
  const Month month = busy_month();
  const auto count = static_cast<std::uint32_t>(people.people.size());
  std::uint32_t person = 0;
  for (auto _ : state) {
    person = (person + 97) % count;
    benchmark::DoNotOptimize(choose(people, month, {.person = PersonId{person}}));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(one_choice)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace onward
