// Attention: a person's stream of candidates, and a month of the calendar.
#include "engine/attention.h"

#include "reference.h"

namespace onward {
namespace {

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

void shared_hazards_of_a_month(benchmark::State& state) {
  const Month month = busy_month();
  for (auto _ : state) benchmark::DoNotOptimize(shared_hazards(busy_world().state, month));
}
BENCHMARK(shared_hazards_of_a_month)->Unit(benchmark::kMicrosecond);

/// The busy month is the first of a block: with the streams of the whole block to draw.
void first_month_of_a_block(benchmark::State& state) {
  ThreadTeam team(1);
  static_assert(kBusyMonth % kBlockMonths == 0);
  time_on_copies(state, busy_world().attention, [&team](AttentionCalendar& calendar) {
    benchmark::DoNotOptimize(attend(busy_world().state, busy_month(), calendar, team));
  });
}
BENCHMARK(first_month_of_a_block)->UseManualTime()->Unit(benchmark::kMicrosecond);

void later_month_of_a_block(benchmark::State& state) {
  ThreadTeam team(1);
  AttentionCalendar begun = busy_world().attention;
  attend(busy_world().state, busy_month(), begun, team);
  time_on_copies(state, begun, [&team](AttentionCalendar& calendar) {
    benchmark::DoNotOptimize(attend(busy_world().state, busy_month(), calendar, team));
  });
}
BENCHMARK(later_month_of_a_block)->UseManualTime()->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace onward
