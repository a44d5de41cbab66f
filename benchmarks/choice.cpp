// One choice among all destinations: its errors, and the whole of it.
#include "model/choice.h"

#include "model/choice_errors.h"
#include "reference.h"

namespace onward {
namespace {

void errors_of_one_choice(benchmark::State& state) {
  const RunKey key = run_key(1, 0);
  const std::array<std::uint32_t, 12> places{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  std::uint64_t person = 0;
  for (auto _ : state) {
    ChoiceErrors errors(key, Entity{person++}, 1, 0.6, 0.6);
    double sum = errors.alone(13);
    const PlaceErrors own = errors.own(places);
    for (std::size_t place = 0; place < 12; ++place) sum += errors.go_with(own[place], 0, 0);
    benchmark::DoNotOptimize(sum);
  }
}
BENCHMARK(errors_of_one_choice);

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
