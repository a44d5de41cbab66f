#include "model/journey.h"

#include "catch.h"
#include "support/leavers.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

namespace {

/// Sends persons 0 to `n` - 1 to alpha alone and returns the state after the month.
State send(Stage& stage, std::size_t n) {
  set_belief(stage.state, 0, 0.8);
  for (std::size_t i = 0; i < n; ++i)
    commit(stage.state, stage.month(0), std::vector<Choice>{going(i, kAlpha)});
  prepare_and_travel(stage.state, stage.month(0));
  return stage.state;
}

}  // namespace

TEST_CASE("Those who are ready depart, and buzz and residence know") {
  Scenario s = prompt();
  s.parameters.set<"journey.travel">(2.0);
  Stage stage(s);
  const State state = send(stage, 3);
  CHECK(count_status(state, Status::kTravelling) == 3);
  CHECK(state.preparing.empty());
  CHECK(state.communities.departures(0, 0) == 3.0);
  CHECK(state.communities.members[0] == 7);
  CHECK(state.communities.all_departures[0] == 3.0);
  Measures measures = state.measures;
  CHECK(measures.count<"departures">(0, 0, 0) == 3);
  for (const Move& move : state.travelling) CHECK(move.ready == 2);

  prepare_and_travel(stage.state, stage.month(1));
  CHECK(stage.state.pending.empty());
  prepare_and_travel(stage.state, stage.month(2));
  CHECK(stage.state.pending.size() == 3);
  CHECK(stage.state.travelling.empty());
  CHECK(stage.state.people.place_of(PersonId{1}) == kAlpha);
  CHECK(stage.state.people.rows[1].status == Status::kPending);
  CHECK(stage.state.communities.abroad(0, 0) == 3.0);
  CHECK(stage.state.measures.count<"moves">(2, kHome.index(), kAlpha.index()) == 3);
}

TEST_CASE("As many are stopped as interception and visa rules say, and they are home again") {
  const std::size_t n = sample_size(20'000);
  struct Case {
    double interception, visa_free, chance;
  };
  for (const Case& c : {Case{0.0, 1.0, 0.0}, Case{1.0, 1.0, 1.0}, Case{0.3, 1.0, 0.3},
                        Case{0.0, 0.0, 0.4}, Case{0.3, 0.25, 1.0 - 0.7 * 0.7}}) {
    Scenario s = prompt(static_cast<int>(n));
    s.parameters.set<"journey.visa_obstacle">(0.4);
    levers(s, kAlpha).set<"interception">(c.interception);
    levers(s, kAlpha).set<"visa_free">(c.visa_free);
    Stage stage(s);
    const State state = send(stage, n);
    const std::size_t stopped = count_status(state, Status::kSettled);
    CAPTURE(c.interception, c.visa_free);
    CHECK(agrees(stopped, n, c.chance));
    CHECK(static_cast<std::size_t>(total<"intercepted">(state)) == stopped);
    CHECK(state.pending.size() == n - stopped);
    std::size_t members = 0;
    for (const std::uint32_t count : state.communities.members) members += count;
    CHECK(members == stopped);
    CHECK(std::ranges::count(state.people.rows, 1, &Person::attempts) ==
          static_cast<std::ptrdiff_t>(n));
  }
}

TEST_CASE("Brokers get people past visa rules") {
  Scenario s = brokered(1e6);
  levers(s, kAlpha).set<"visa_free">(0.0);
  s.parameters.set<"journey.visa_obstacle">(1.0);
  s.parameters.set<"journey.visa_evasion">(0.0);
  Stage stage(s);
  set_belief(stage.state, 0, 0.8);
  set_belief(stage.state, 1, 0.8);
  set_broker(stage.state, 100.0);
  commit(stage.state, stage.month(0),
         std::vector<Choice>{with_broker(going(0, kAlpha), 0), going(1, kAlpha)});
  prepare_and_travel(stage.state, stage.month(0));
  CHECK(stage.state.people.rows[0].status == Status::kPending);
  CHECK(stage.state.people.rows[1].status == Status::kSettled);
}

TEST_CASE("Luck on the way belongs to the person, the door and the attempt, not to the month") {
  Scenario s = prompt();
  levers(s, kAlpha).set<"interception">(0.5);
  levers(s, kBeta).set<"interception">(0.5);
  Stage stage(s);
  set_belief(stage.state, 0, 0.8);
  set_belief(stage.state, 1, 0.8);
  const State start = stage.state;
  const auto stopped = [&](int month, PlaceId place, std::uint8_t attempts) {
    State state = start;
    std::vector<bool> result;
    for (std::size_t i = 0; i < 60; ++i) state.people.rows[i].attempts = attempts;
    for (std::size_t i = 0; i < 60; ++i)
      commit(state, stage.month(month), std::vector<Choice>{going(i, place)});
    prepare_and_travel(state, stage.month(month));
    for (std::size_t i = 0; i < 60; ++i)
      result.push_back(state.people.rows[i].status == Status::kSettled);
    return result;
  };
  CHECK(stopped(0, kAlpha, 0) == stopped(20, kAlpha, 0));
  CHECK(stopped(0, kAlpha, 0) != stopped(0, kBeta, 0));
  CHECK(stopped(0, kAlpha, 0) != stopped(0, kAlpha, 1));
}

TEST_CASE("The journey is paid from savings first, and the rest is owed") {
  Scenario s = brokered(10.0);
  s.places[kAlpha.index()].travel_cost = 2.0;
  s.groups[0].savings = 1.5;
  s.parameters.set<"life.saving_rate">(0.0);
  s.parameters.set<"broker.credit_cost">(0.2);
  Stage stage(s);
  State& state = stage.state;
  set_belief(state, 0, 0.8);
  set_broker(state, 10.0);
  commit(state, stage.month(0),
         std::vector<Choice>{with_broker(going(0, kAlpha), 0), going(1, kAlpha)});
  prepare_and_travel(state, stage.month(0));
  // The broker's client pays 5: 1.5 saved and 3.5 lent. The other has only the journey to pay,
  // of which half a unit is owed to kin and friends.
  CHECK(state.people.rows[0].spent == 1.5f);
  CHECK(state.people.rows[0].debt == Approx(3.5 * 1.2));
  CHECK(state.people.rows[1].spent == 1.5f);
  CHECK(state.people.rows[1].debt == Approx(0.5 * 1.2));
  CHECK(state.debtors == std::vector<std::uint32_t>{0, 1});
  CHECK(state.brokers.slots[0].margin == 3.0);
  CHECK(state.measures.count<"broker_clients">(0, 0) == 1);
}

TEST_CASE("Who can pay owes nothing") {
  Scenario s = brokered(10.0);
  s.groups[0].savings = 50.0;
  Stage stage(s);
  set_belief(stage.state, 0, 0.8);
  set_broker(stage.state, 10.0);
  commit(stage.state, stage.month(0), std::vector<Choice>{with_broker(going(0, kAlpha), 0)});
  prepare_and_travel(stage.state, stage.month(0));
  CHECK(stage.state.people.rows[0].spent == 3.0f);
  CHECK(stage.state.people.rows[0].debt == 0.0f);
  CHECK(stage.state.debtors.empty());
}

TEST_CASE("A move keeps what its broker was when it was chosen") {
  Stage stage(brokered(10.0));
  Broker& broker = stage.state.brokers.slots[0];
  broker.generation = 4;
  broker.coaching = 0.2;
  const Move move = begin_move(stage.state, with_broker(going(0, kAlpha, 0.7), 0));
  CHECK(move.broker == 0);
  CHECK(move.generation == 4);
  CHECK(move.coaching == 0.2);
  CHECK(move.belief == 0.7);
  CHECK_FALSE(move.onward);
  CHECK(begin_move(stage.state, going(1, kBeta)).coaching == 0.0);
}

TEST_CASE(
    "An onward traveller who arrives leaves the first destination, and one who is stopped stays "
    "there") {
  for (const double interception : {0.0, 1.0}) {
    Scenario s = prompt();
    levers(s, kBeta).set<"interception">(interception);
    Stage stage(s);
    State& state = stage.state;
    set_standing(state, PersonId{0}, kAlpha, Status::kTravelling);
    report_presence(state.communities, CommunityId{0}, 0, 1);
    state.travelling.push_back({.person = PersonId{0}, .place = kBeta, .ready = 0, .onward = true});
    travel(state, stage.month(0));
    const bool arrives = interception == 0.0;
    CAPTURE(arrives);
    CHECK(state.people.place_of(PersonId{0}) == (arrives ? kBeta : kAlpha));
    CHECK(state.people.rows[0].status == (arrives ? Status::kPending : Status::kIrregular));
    CHECK(state.communities.abroad(0, 0) == (arrives ? 0.0 : 1.0));
    CHECK(state.communities.abroad(0, 1) == (arrives ? 1.0 : 0.0));
    CHECK(state.irregular.size() == (arrives ? 0u : 1u));
    CHECK(state.measures.count<"moves">(0, kAlpha.index(), kBeta.index()) == (arrives ? 1 : 0));
  }
}

TEST_CASE("Brokers remember what a product earned") {
  Stage stage(brokered(10.0));
  set_belief(stage.state, 0, 0.8);
  set_broker(stage.state, 10.0);
  commit(stage.state, stage.month(0),
         std::vector<Choice>{with_broker(going(0, kAlpha), 0), with_broker(going(1, kAlpha), 0)});
  prepare_and_travel(stage.state, stage.month(0));
  CHECK(stage.state.brokers.takings[product_of(0, Story::kConceal)] == 6.0);
  CHECK(stage.state.brokers.takings[product_of(0, Story::kDeclare)] == 0.0);
}
