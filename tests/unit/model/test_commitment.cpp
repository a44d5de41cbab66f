#include "model/commitment.h"

#include <cmath>

#include "catch.h"
#include "support/leavers.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

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

TEST_CASE("Nobody departs before being ready") {
  Stage stage(prompt());
  set_belief(stage.state, 0, 0.8);
  commit(stage.state, stage.month(0), std::vector<Choice>{going(0, kAlpha)});
  stage.state.preparing[0].ready = 2;
  for (int month = 0; month < 2; ++month) prepare_and_travel(stage.state, stage.month(month));
  CHECK(stage.state.people.rows[0].status == Status::kCommitted);
  prepare_and_travel(stage.state, stage.month(2));
  CHECK(stage.state.people.rows[0].status == Status::kPending);
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
    prepare(state, stage.month(month));
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
  prepare(state, stage.month(0));
  const double kept = stage.world.buzz_kept;
  CHECK(state.brokers.slots[0].demand == Approx((1.0 - kept) * 5.0));
  prepare(state, stage.month(1));
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
    prepare(stage.state, stage.month(0));
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
  prepare_and_travel(state, stage.month(0));

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
    prepare(stage.state, stage.month(0));
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
    prepare(state, stage.month(0));
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
  prepare(state, stage.month(0));
  CHECK(state.measures.count<"reopened">(0, 0) == 0);
}
