// Attention: the hazard that communities share, and a month of the calendar.
#include "engine/attention.h"

#include "reference.h"

namespace onward {
namespace {

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
