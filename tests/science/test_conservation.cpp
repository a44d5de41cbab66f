// Nobody appears from nowhere and nobody is lost.
#include <numeric>

#include "catch.h"
#include "engine/step.h"
#include "run/signature_world.h"

using namespace onward;

namespace {

std::int64_t sum(std::span<const std::int32_t> counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

}  // namespace

TEST_CASE("people are conserved each month") {
  const World world(signature_scenario());
  ThreadTeam team(1);
  Simulation simulation = begin(world, run_key(5, 0));
  const State& state = simulation.state;
  for (int month = 0; month < world.scenario.months(); ++month) {
    step(simulation, month, team);
    const std::int64_t counted =
        std::accumulate(state.stock.begin(), state.stock.end(), std::int64_t{0});
    REQUIRE(counted == static_cast<std::int64_t>(state.people.size()));
    REQUIRE(state.measures.persons == state.people.size());

    // The running counts equal a count from scratch.
    std::vector<std::int64_t> afresh(state.stock.size(), 0);
    for (std::size_t i = 0; i < state.people.size(); ++i) {
      ++afresh[state.people.rows[i].place * kStatusNames.size() +
               static_cast<std::size_t>(state.people.rows[i].status)];
    }
    REQUIRE(afresh == state.stock);
  }
}

TEST_CASE("everybody on the way is in exactly one list, with the status that goes with it") {
  const World world(signature_scenario());
  ThreadTeam team(1);
  Simulation simulation = begin(world, run_key(6, 0));
  const State& state = simulation.state;
  for (int month = 0; month < world.scenario.months(); ++month) {
    step(simulation, month, team);
    std::vector<int> lists(state.people.size(), 0);
    const auto check = [&](const auto& cases, Status status) {
      for (const auto& one : cases) {
        REQUIRE(state.people.rows[one.person.index()].status == status);
        ++lists[one.person.index()];
      }
    };
    check(state.preparing, Status::kCommitted);
    check(state.travelling, Status::kTravelling);
    check(state.pending.cases(), Status::kPending);
    check(state.appeals.cases(), Status::kAppeal);
    check(state.irregular.all(), Status::kIrregular);
    for (std::size_t i = 0; i < lists.size(); ++i) {
      const Status status = state.people.rows[i].status;
      const bool settled = status == Status::kSettled || status == Status::kRecognised ||
                           status == Status::kOther || status == Status::kReturnedOrigin;
      REQUIRE(lists[i] == (settled ? 0 : 1));
    }
  }
}

TEST_CASE(
    "claims are decided once or still pending, and departures end in a claim, a stop or no claim") {
  const World world(signature_scenario());
  ThreadTeam team(1);
  Simulation simulation = begin(world, run_key(7, 0));
  for (int month = 0; month < world.scenario.months(); ++month) step(simulation, month, team);
  const State& state = simulation.state;
  const Measures& measures = state.measures;
  const std::int64_t claims = sum(measures.counts(measure_index<"applications">())) +
                              sum(measures.counts(measure_index<"declared_claims">()));
  CHECK(claims > 100);
  CHECK(claims == sum(measures.counts(measure_index<"decisions">())) +
                      static_cast<std::int64_t>(state.pending.size()));
  const std::int64_t unclaimed = sum(measures.counts(measure_index<"unclaimed">()));
  const std::int64_t stopped = sum(measures.counts(measure_index<"intercepted">()));
  const std::int64_t departures = sum(measures.counts(measure_index<"departures">()));
  CHECK(departures ==
        claims + unclaimed + stopped + static_cast<std::int64_t>(state.travelling.size()));
}
