// The other steps of a month, each on the reference run in its busy month.
#include "engine/record.h"
#include "model/arrivals.h"
#include "model/brokers.h"
#include "model/commitment.h"
#include "model/information.h"
#include "model/journey.h"
#include "model/life.h"
#include "model/procedure.h"
#include "reference.h"

namespace onward {
namespace {

/// A step of the month, timed on copies of the state at its start.
template <void (*verb)(State&, const Month&)>
void step_of_a_month(benchmark::State& state) {
  const Month month = busy_month();
  time_on_copies(state, busy_world().state, [&month](State& copy) { verb(copy, month); });
}

void admit_alone(State& state, const Month& month) { admit_arrivals(state, month); }
void live_alone(State& state, const Month& month) { live_at_present_place(state, month); }
void inform_alone(State& state, const Month& month) { spread_information(state, month); }
void record_alone(State& state, const Month& month) { record(state, month); }
void travel_alone(State& state, const Month& month) {
  prepare(state, month);
  travel(state, month);
}
void adjudicate_alone(State& state, const Month& month) { adjudicate(state, month); }

BENCHMARK(step_of_a_month<admit_alone>)
    ->Name("arrivals")
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(step_of_a_month<live_alone>)
    ->Name("life")
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(step_of_a_month<inform_alone>)
    ->Name("information")
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(step_of_a_month<review_brokers>)
    ->Name("brokers")
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(step_of_a_month<travel_alone>)
    ->Name("journey")
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(step_of_a_month<adjudicate_alone>)
    ->Name("procedure")
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(step_of_a_month<record_alone>)
    ->Name("record")
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace onward
