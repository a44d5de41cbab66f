#include "model/journey.h"

#include <cmath>

#include "catch.h"
#include "model/purpose.h"
#include "support/small_world.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

namespace {

Choice going(std::size_t person, PlaceId place, double belief = 0.8, std::uint32_t key = 7) {
  return {.occasion = {.person = PersonId{person}, .key = key},
          .chosen = {.intent = Intent::kGo, .place = place, .belief = belief}};
}

Choice with_broker(Choice choice, std::uint16_t slot) {
  choice.chosen.channel = Channel::kBroker;
  choice.chosen.broker = slot;
  return choice;
}

/// Whoever decides leaves in the same month.
Scenario prompt(int people = 120) {
  Scenario s = scenario(people);
  s.parameters.set<"commitment.preparation">(0.0);
  return s;
}

/// The same with one broker who sells alpha at 3 to at most `capacity` a month.
Scenario brokered(double capacity) {
  Scenario s = prompt();
  s.brokers = {.slots = 1,
               .reach = 1.0,
               .capacity = capacity,
               .fee = 3,
               .credit = 4,
               .products = {{kAlpha, Story::kConceal, 1.0}}};
  return s;
}

void set_broker(State& state, double capacity) {
  state.brokers.slots[0].capacity = state.brokers.slots[0].room = capacity;
  state.brokers.slots[0].price = 3.0;
}

std::size_t count_status(const State& state, Status status) {
  return static_cast<std::size_t>(std::ranges::count(state.people.rows, status, &Person::status));
}

/// Sends persons 0 to `n` - 1 to alpha alone and returns the state after the month.
State send(Stage& stage, std::size_t n) {
  set_belief(stage.state, 0, 0.8);
  for (std::size_t i = 0; i < n; ++i)
    commit(stage.state, stage.month(0), std::vector<Choice>{going(i, kAlpha)});
  travel(stage.state, stage.month(0));
  return stage.state;
}

}  // namespace

TEST_CASE("Choices are filed: leavers prepare, stayers stay, returners leave the model") {
  Stage stage(scenario());
  Choice stays = going(1, kHome);
  stays.chosen.intent = Intent::kStay;
  Choice returns = going(2, kHome);
  returns.chosen.intent = Intent::kReturnOrigin;
  commit(stage.state, stage.month(0), std::vector<Choice>{going(0, kBeta), stays, returns});
  State& state = stage.state;
  CHECK(state.people.rows[0].status == Status::kCommitted);
  CHECK(state.people.rows[1].status == Status::kSettled);
  CHECK(state.people.rows[2].status == Status::kReturnedOrigin);
  REQUIRE(state.preparing.size() == 1);
  CHECK(state.preparing[0].person == PersonId{0});
  CHECK(state.preparing[0].place == kBeta);
  CHECK(state.preparing[0].occasion == 7);
  CHECK(state.communities.members[0] == 9);
  CHECK(state.measures.count<"considerations">(0, 0) == 3);
  CHECK(state.measures.count<"commitments">(0, 1, 0) == 1);
  CHECK(total<"commitments">(state) == 1);
  CHECK(state.measures.count<"origin_returns">(0, 0) == 1);
  CHECK(state.measures.decisions == 3);
}

TEST_CASE("Preparation takes an exponential time, rounded to months") {
  const std::size_t n = sample_size(20'000);
  Scenario s = scenario(static_cast<int>(n));
  s.parameters.set<"commitment.preparation">(2.0);
  Stage stage(s);
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < n; ++i) choices.push_back(going(i, kAlpha));
  commit(stage.state, stage.month(3), choices);
  std::vector<double> counts(30, 0.0), expected;
  for (const Move& move : stage.state.preparing)
    counts[std::min<std::size_t>(static_cast<std::size_t>(move.ready - 3), 29)] += 1.0;
  const auto after = [](double months) { return months <= 0.0 ? 1.0 : std::exp(-months / 2.0); };
  for (int k = 0; k < 30; ++k) {
    expected.push_back(static_cast<double>(n) *
                       (after(k - 0.5) - (k == 29 ? 0.0 : after(k + 0.5))));
  }
  CHECK(chi_square_excess(counts, expected) < 1.0);
}

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

  travel(stage.state, stage.month(1));
  CHECK(stage.state.pending.empty());
  travel(stage.state, stage.month(2));
  CHECK(stage.state.pending.size() == 3);
  CHECK(stage.state.travelling.empty());
  CHECK(stage.state.people.place_of(PersonId{1}) == kAlpha);
  CHECK(stage.state.people.rows[1].status == Status::kPending);
  CHECK(stage.state.communities.abroad(0, 0) == 3.0);
  CHECK(stage.state.measures.count<"moves">(2, kHome.index(), kAlpha.index()) == 3);
}

TEST_CASE("Nobody departs before being ready") {
  Stage stage(prompt());
  set_belief(stage.state, 0, 0.8);
  commit(stage.state, stage.month(0), std::vector<Choice>{going(0, kAlpha)});
  stage.state.preparing[0].ready = 2;
  for (int month = 0; month < 2; ++month) travel(stage.state, stage.month(month));
  CHECK(stage.state.people.rows[0].status == Status::kCommitted);
  travel(stage.state, stage.month(2));
  CHECK(stage.state.people.rows[0].status == Status::kPending);
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
  travel(stage.state, stage.month(0));
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
    travel(state, stage.month(month));
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
  travel(state, stage.month(0));
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
  travel(stage.state, stage.month(0));
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

TEST_CASE("A broker's capacity limits the departures of a month, and the rest wait") {
  Stage stage(brokered(2.0));
  State& state = stage.state;
  set_belief(state, 0, 0.8);
  set_broker(state, 2.0);
  state.signals.mean_belief = {0.9, 0.9};
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < 7; ++i) choices.push_back(with_broker(going(i, kAlpha), 0));
  commit(state, stage.month(0), choices);
  std::vector<std::int32_t> departed;
  for (int month = 0; month < 4; ++month) {
    travel(state, stage.month(month));
    departed.push_back(state.measures.count<"broker_clients">(static_cast<std::size_t>(month), 0));
    state.brokers.slots[0].room += 2.0;
  }
  CHECK(departed == std::vector<std::int32_t>{2, 2, 2, 1});
}

TEST_CASE("Demand is the smoothed number of clients who leave or wait") {
  Stage stage(brokered(2.0));
  State& state = stage.state;
  set_belief(state, 0, 0.8);
  set_broker(state, 2.0);
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < 5; ++i) choices.push_back(with_broker(going(i, kAlpha), 0));
  commit(state, stage.month(0), choices);
  travel(state, stage.month(0));
  const double kept = stage.world.buzz_kept;
  CHECK(state.brokers.slots[0].demand == Approx((1.0 - kept) * 5.0));
  travel(state, stage.month(1));
  CHECK(state.brokers.slots[0].demand == Approx((1.0 - kept) * (kept * 5.0 + 3.0)));
}

TEST_CASE(
    "A fall of belief beyond the limit makes the committed choose again, a smaller one does not") {
  for (const double fall : {0.0, 0.29, 0.31, -0.5}) {
    Scenario s = prompt();
    s.parameters.set<"commitment.reopening">(0.3);
    Stage stage(s);
    set_belief(stage.state, 0, 0.5);
    commit(stage.state, stage.month(0), std::vector<Choice>{going(0, kAlpha, 0.5 + fall)});
    stage.state.preparing[0].ready = 100;
    travel(stage.state, stage.month(0));
    CAPTURE(fall);
    CHECK(stage.state.measures.count<"reopened">(0, 0) == (fall > 0.3 ? 1 : 0));
  }
}

TEST_CASE(
    "The committed choose again with the errors of the first time and the sunk cost of staying") {
  Scenario s = prompt(600);
  s.parameters.set<"commitment.sunk">(1.5);
  s.parameters.set<"choice.return_origin">(0.0);  // so that every answer is given by some
  s.parameters.set<"choice.protection">(1.0);
  Stage stage(s);
  State& state = stage.state;
  set_belief(state, 0, 0.1);
  set_belief(state, 1, 0.6);
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < 600; ++i)
    choices.push_back(going(i, kAlpha, 0.9, static_cast<std::uint32_t>(1000 + i)));
  commit(state, stage.month(0), choices);
  for (Move& move : state.preparing) move.ready = 50;
  const State before = state;
  travel(state, stage.month(0));

  CHECK(state.measures.count<"reopened">(0, 0) == 600);
  std::size_t stayed = 0, left = 0, same = 0, elsewhere = 0;
  std::size_t next = 0;
  for (std::size_t i = 0; i < 600; ++i) {
    const Consideration occasion{
        .person = PersonId{i}, .key = static_cast<std::uint32_t>(1000 + i), .sunk = 1.5};
    const Alternative best = choose(before, stage.month(0), occasion).chosen;
    if (best.intent == Intent::kStay) {
      ++stayed;
      CHECK(state.people.rows[i].status == Status::kSettled);
    } else if (best.intent == Intent::kReturnOrigin) {
      ++left;
      CHECK(state.people.rows[i].status == Status::kReturnedOrigin);
    } else if (best.place == kBeta) {
      // A new destination is prepared for anew, and here that takes no time at all.
      ++elsewhere;
      CHECK(state.people.place_of(PersonId{i}) == kBeta);
    } else {
      ++same;
      CHECK(state.people.rows[i].status == Status::kCommitted);
      CHECK(state.preparing[next].person == PersonId{i});
      CHECK(state.preparing[next].ready == 50);
      CHECK(state.preparing[next].belief == Approx(0.1));
      ++next;
    }
  }
  CHECK(next == state.preparing.size());
  CHECK(std::min({stayed, left, same, elsewhere}) > 10);
}

TEST_CASE("The higher the sunk cost, the fewer give up leaving") {
  std::size_t stayed[3] = {};
  std::size_t i = 0;
  for (const double sunk : {0.0, 2.0, 50.0}) {
    Scenario s = prompt(600);
    s.parameters.set<"commitment.sunk">(sunk);
    s.parameters.set<"choice.protection">(1.0);
    Stage stage(s);
    std::vector<Choice> choices;
    for (std::size_t person = 0; person < 600; ++person)
      choices.push_back(going(person, kAlpha, 0.9));
    commit(stage.state, stage.month(0), choices);
    travel(stage.state, stage.month(0));
    stayed[i++] = count_status(stage.state, Status::kSettled);
  }
  CHECK(stayed[0] > stayed[1]);
  CHECK(stayed[1] > stayed[2]);
  CHECK(stayed[2] == 0);
}

TEST_CASE("Clients of a broker who is gone, or who dropped the product, choose again") {
  for (const char* what : {"nothing", "arrested", "replaced", "dropped"}) {
    Stage stage(brokered(10.0));
    State& state = stage.state;
    set_belief(state, 0, 0.8);
    set_broker(state, 10.0);
    Choice choice = with_broker(going(0, kAlpha), 0);
    choice.chosen.belief = brokered_belief(state, stage.month(0), CommunityId{0}, 0.8);
    commit(state, stage.month(0), std::vector<Choice>{choice});
    state.preparing[0].ready = 100;
    if (what == std::string("arrested")) state.brokers.slots[0].active = false;
    if (what == std::string("replaced")) ++state.brokers.slots[0].generation;
    if (what == std::string("dropped")) state.brokers.slots[0].offers.assign(4, 0);
    travel(state, stage.month(0));
    CAPTURE(what);
    CHECK(state.measures.count<"reopened">(0, 0) == (what == std::string("nothing") ? 0 : 1));
  }
}

TEST_CASE("A client's belief is compared with what the broker would claim now") {
  Scenario s = brokered(10.0);
  s.parameters.set<"commitment.reopening">(0.01);
  Stage stage(s);
  State& state = stage.state;
  set_belief(state, 0, 0.4);
  set_broker(state, 10.0);
  Choice choice = with_broker(going(0, kAlpha), 0);
  choice.chosen.belief = brokered_belief(state, stage.month(0), CommunityId{0}, 0.4);
  REQUIRE(choice.chosen.belief > 0.42);
  commit(state, stage.month(0), std::vector<Choice>{choice});
  state.preparing[0].ready = 100;
  travel(state, stage.month(0));
  CHECK(state.measures.count<"reopened">(0, 0) == 0);
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

TEST_CASE("Who is brought home is settled there and no longer abroad") {
  Stage stage(prompt());
  State& state = stage.state;
  set_standing(state, PersonId{0}, kBeta, Status::kIrregular);
  report_presence(state.communities, CommunityId{0}, 1, 1);
  report_residence(state.communities, CommunityId{0}, -1);
  bring_home(state, stage.month(4), PersonId{0}, false);
  CHECK(state.people.place_of(PersonId{0}) == kHome);
  CHECK(state.people.rows[0].status == Status::kSettled);
  CHECK(state.communities.abroad(0, 1) == 0.0);
  CHECK(state.communities.members[0] == 10);
  CHECK(state.measures.count<"moves">(4, kBeta.index(), kHome.index()) == 1);
}

TEST_CASE("Who comes back under a passport limit may not leave before it ends") {
  Scenario s = prompt();
  levers(s, kHome).set<"passport_limit">(6.0);
  Stage stage(s);
  set_standing(stage.state, PersonId{0}, kAlpha, Status::kIrregular);
  report_residence(stage.state.communities, stage.state.people.community_of(PersonId{0}), -1);
  bring_home(stage.state, stage.month(2), PersonId{0}, true);
  CHECK(stage.state.people.rows[0].barred == 8);
  CHECK(stage.state.people.rows[1].barred == 0);
}

TEST_CASE("Brokers remember what a product earned") {
  Stage stage(brokered(10.0));
  set_belief(stage.state, 0, 0.8);
  set_broker(stage.state, 10.0);
  commit(stage.state, stage.month(0),
         std::vector<Choice>{with_broker(going(0, kAlpha), 0), with_broker(going(1, kAlpha), 0)});
  travel(stage.state, stage.month(0));
  CHECK(stage.state.brokers.takings[product_of(0, Story::kConceal)] == 6.0);
  CHECK(stage.state.brokers.takings[product_of(0, Story::kDeclare)] == 0.0);
}
