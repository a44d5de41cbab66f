// What follows a decision: reports, appeals, the removal, relatives.
#include "model/procedure.h"

#include <cmath>

#include "catch.h"
#include "model/commitment.h"
#include "model/journey.h"
#include "support/court.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("Outcomes are reported to the community and to the broker") {
  Scenario s = court(120);
  s.brokers = {
      .slots = 1, .reach = 1.0, .capacity = 5, .products = {{kAlpha, Story::kConceal, 1.0}}};
  s.parameters.set<"belief.closed_weight">(0.3);
  for (const double recognition : {0.0, 1.0}) {
    for (const double closure : {0.0, 1.0}) {
      levers(s, kAlpha).set<"recognition">(recognition);
      levers(s, kAlpha).set<"closure">(closure);
      Stage stage(s);
      set_traits(stage.state, {Trait::kGenuine});
      Move move = move_of(0);
      move.broker = 0;
      file_ready_cases(stage.state, 1, move);
      adjudicate(stage.state, stage.month(0));
      const double positive = closure == 0.0 && recognition == 1.0 ? 1.0 : 0.0;
      const double negative = closure == 1.0 ? 0.3 : 1.0 - recognition;
      CHECK(stage.state.communities.positive(0, 0) == Approx(positive));
      CHECK(stage.state.communities.negative(0, 0) == Approx(negative));
      CHECK(stage.state.brokers.slots[0].positive[0] == Approx(positive));
      CHECK(stage.state.brokers.slots[0].negative[0] == Approx(negative));
    }
  }
}

TEST_CASE(
    "Where there is a right of appeal the rejected appeal, and as many win as the lever says") {
  const std::size_t n = sample_size(20'000);
  Scenario s = court(n);
  s.parameters.set<"procedure.appeal_months">(0.0);
  levers(s, kAlpha).set<"recognition">(0.0);
  levers(s, kAlpha).set<"appeal">(0.3);
  Stage stage(s);
  State& state = stage.state;
  set_traits(state, {Trait::kGenuine});
  file_ready_cases(state, n);
  adjudicate(state, stage.month(0));
  CHECK(state.appeals.size() == n);
  CHECK(count_status(state, Status::kAppeal) == n);
  CHECK_FALSE(state.people.was_refused(PersonId{0}, kAlpha));
  adjudicate(state, stage.month(1));
  const auto won = static_cast<std::size_t>(state.measures.count<"appeals_won">(1, 0, 0));
  CHECK(agrees(won, n, 0.3));
  CHECK(count_status(state, Status::kRecognised) == won);
  CHECK(count_status(state, Status::kIrregular) == n - won);
  CHECK(state.appeals.empty());
  for (std::size_t i = 0; i < n; ++i) {
    const bool refused = state.people.was_refused(PersonId{i}, kAlpha);
    if (refused == (state.people.rows[i].status == Status::kRecognised))
      FAIL("refused and recognised");
  }
}

TEST_CASE("Closed cases cannot appeal, and without the right nobody can") {
  Scenario s = court(50);
  levers(s, kAlpha).set<"appeal">(1.0);
  levers(s, kAlpha).set<"closure">(1.0);
  Stage closed(s);
  file_ready_cases(closed.state, 50);
  adjudicate(closed.state, closed.month(0));
  CHECK(closed.state.appeals.empty());
  CHECK(closed.state.irregular.size() == 50);
}

TEST_CASE("A second journey to the same door meets luck of its own") {
  // Half never claim, are removed at once and try again.
  Scenario s = court(200);
  s.parameters.set<"claim.none">(0.5);
  s.parameters.set<"commitment.preparation">(0.0);
  levers(s, kAlpha).set<"removal">(10.0);
  Stage stage(s);
  State& state = stage.state;
  set_belief(state, 0, 0.8);
  std::int32_t unclaimed[2] = {};
  for (const int round : {0, 1}) {
    const Month now = stage.month(2 * round);
    std::vector<Choice> choices;
    for (std::size_t i = 0; i < 200; ++i) {
      if (state.people.rows[i].status != Status::kSettled) continue;
      choices.push_back({.occasion = {.person = PersonId{i}},
                         .chosen = {.intent = Intent::kGo, .place = kAlpha, .belief = 0.8}});
    }
    commit(state, now, choices);
    prepare(state, now);
    travel(state, now);
    unclaimed[round] = state.measures.count<"unclaimed">(static_cast<std::size_t>(now.index), 0, 0);
    adjudicate(state, now);
  }
  CHECK(
      agrees(static_cast<std::size_t>(unclaimed[1]), static_cast<std::size_t>(unclaimed[0]), 0.5));
}

TEST_CASE("The detained are removed at once when they are refused, where they are taken back") {
  for (const double readmission : {1.0, 0.0}) {
    Scenario s = court(120);
    levers(s, kAlpha).set<"recognition">(0.0);
    levers(s, kAlpha).set<"readmission">(readmission);
    Stage stage(s);
    file_ready_cases(stage.state, 20, {.place = kAlpha, .detained = true});
    adjudicate(stage.state, stage.month(0));
    CAPTURE(readmission);
    CHECK(total<"removals">(stage.state) == (readmission > 0.0 ? 20 : 0));
    CHECK(count_status(stage.state, Status::kIrregular) == (readmission > 0.0 ? 0u : 20u));
  }
}

TEST_CASE("Relatives join the recognised who have some, and count for the diaspora") {
  const std::size_t n = 12 * sample_size(500);
  Scenario s = court(n);
  levers(s, kAlpha).set<"recognition">(1.0);
  levers(s, kAlpha).set<"family_reunion">(0.5);
  s.parameters.set<"procedure.family_size">(2.0);
  for (const bool kin : {true, false}) {
    Stage stage(s);
    set_traits(stage.state, {kin ? Trait::kKin : Trait::kGenuine});
    protected_of(stage, n);
    const std::int32_t reunions = total<"reunions">(stage.state);
    CHECK(reunions % 2 == 0);
    CHECK(agrees(static_cast<std::size_t>(reunions / 2), n, kin ? 0.5 : 0.0));
    CHECK(stage.state.communities.all_abroad[0] == reunions);
  }
}

TEST_CASE("Outcomes of declared claims teach brokers and not communities") {
  for (const Story story : {Story::kConceal, Story::kDeclare}) {
    Scenario s = court(120);
    levers(s, kAlpha).set<"recognition">(1.0);
    Stage stage(s);
    file_ready_cases(stage.state, 10, {.place = kAlpha, .story = story});
    adjudicate(stage.state, stage.month(0));
    CHECK((stage.state.communities.positive.sum() > 0.0) == (story == Story::kConceal));
  }
}

TEST_CASE("Refused clients cost brokers the trust of their community, and nobody else's") {
  Scenario s = court(120);
  s.parameters.set<"broker.trust">(0.4);
  s.parameters.set<"broker.credulity">(10.0);
  levers(s, kAlpha).set<"recognition">(0.0);
  s.brokers.slots = 1;
  s.brokers.reach = 1.0;
  Stage stage(s);
  const CommunityId community = stage.state.people.community_of(PersonId{0});
  std::size_t same = 0;
  for (std::size_t i = 0; i < 10; ++i)
    same += stage.state.people.community_of(PersonId{i}) == community ? 1 : 0;
  file_ready_cases(stage.state, 10, {.place = kAlpha, .broker = 0, .channel = Channel::kBroker});
  adjudicate(stage.state, stage.month(0));
  const double refused = static_cast<double>(same);
  CHECK(broker_trust(stage.state.communities, s.parameters, community) ==
        Approx(0.4 * 10.0 / (10.0 + refused)));
  CHECK(broker_trust(stage.state.communities, s.parameters, CommunityId{11}) == Approx(0.4));
}
