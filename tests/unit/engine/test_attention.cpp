#include "engine/attention.h"

#include <cmath>

#include "catch.h"
#include "model/arrivals.h"
#include "support/attention.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("The shared hazard sums buzz times belief over destinations, and recruiting") {
  Scenario s = scenario(20);
  s.parameters.set<"attention.contagion">(3.0);
  s.parameters.set<"attention.recruiting">(0.5);
  s.brokers = {
      .slots = 2, .reach = 1.0, .capacity = 5, .products = {{kAlpha, Story::kConceal, 1.0}}};
  Stage stage(s);
  stage.state.signals.buzz.topRows(2) << 0.1, 0.2, 0.0, 0.3;
  stage.state.signals.belief.topRows(2) << 0.5, 0.25, 0.9, 0.1;
  stage.state.brokers.slots[0].pull = 0.4;
  stage.state.brokers.slots[1].pull = 1.0;
  stage.state.brokers.serving[1] = {0};
  const std::vector<double> shared = shared_hazards(stage.state, stage.month(0));
  REQUIRE(shared.size() == stage.state.communities.size());
  CHECK(shared[0] == Approx(3.0 * (0.05 + 0.05) + 0.5 * 0.7));
  CHECK(shared[1] == Approx(3.0 * 0.03 + 0.5 * 0.2));
}

TEST_CASE("Reinforced talk draws more than in proportion, and at one in a hundred the same") {
  Scenario s = scenario(20);
  s.parameters.set<"attention.contagion">(3.0);
  s.parameters.set<"attention.reinforcement">(2.0);
  Stage stage(s);
  stage.state.signals.belief.setConstant(0.5);
  stage.state.signals.buzz.topRows(2) << 0.01, 0.01, 0.04, 0.0;
  const std::vector<double> shared = shared_hazards(stage.state, stage.month(0));
  CHECK(shared[0] == Approx(3.0 * 0.01));
  CHECK(shared[1] == Approx(4 * 3.0 * 0.01));
  stage.state.signals.buzz.setZero();
  CHECK(shared_hazards(stage.state, stage.month(0))[0] == 0.0);
}

TEST_CASE("Push raises the base hazard of those whom it concerns") {
  const std::size_t people = sample_size(50'000);
  Scenario s = crowd(people);
  s.parameters.set<"attention.base">(0.02);
  s.parameters.set<"push.hidden_origin">(std::log(3.0));
  s.groups[0].hidden_origin = 0.5;
  Stage stage(s);
  AttentionCalendar calendar;
  ThreadTeam team(1);
  std::size_t hidden = 0, open = 0, all_hidden = 0;
  for (std::size_t i = 0; i < people; ++i)
    all_hidden += stage.state.people.has(PersonId{i}, Trait::kHiddenOrigin) ? 1 : 0;
  for (const Consideration& occasion : attend(stage.state, stage.month(0), calendar, team)) {
    (stage.state.people.has(occasion.person, Trait::kHiddenOrigin) ? hidden : open) += 1;
  }
  CHECK(agrees(hidden, all_hidden, 1.0 - std::exp(-0.06)));
  CHECK(agrees(open, people - all_hidden, 1.0 - std::exp(-0.02)));
}

TEST_CASE("The settled class considers at its ratio of the hazard, at 0 never") {
  const std::size_t people = sample_size(20'000);
  for (const double ratio : {0.0, 0.25}) {
    Scenario s = crowd(people);
    s.parameters.set<"attention.restless_share">(0.0);
    s.parameters.set<"attention.settled_ratio">(ratio);
    Stage stage(s);
    set_hazard(stage.state, 0.4);
    AttentionCalendar calendar;
    ThreadTeam team(1);
    CHECK(agrees(attend(stage.state, stage.month(0), calendar, team).size(), people,
                 1.0 - std::exp(-0.4 * ratio)));
  }
}

TEST_CASE("People share the hazard of their own community") {
  Scenario s = crowd(600);
  s.communities.size = 300;
  Stage stage(s);
  AttentionCalendar calendar;
  ThreadTeam team(1);
  set_hazard(stage.state, 0.0);
  stage.state.signals.buzz(1, 0) = 2.0;
  const auto occasions = attend(stage.state, stage.month(0), calendar, team);
  CHECK(agrees(occasions.size(), 300, 1.0 - std::exp(-2.0)));
  for (const Consideration& occasion : occasions) {
    CHECK(stage.state.people.community_of(occasion.person) == CommunityId{1});
  }
}

TEST_CASE("Only the settled consider, each at most once a month, in order of person") {
  Stage stage(crowd(300));
  for (std::size_t i = 0; i < 300; i += 3)
    set_standing(stage.state, PersonId{i}, kHome, Status::kCommitted);
  set_hazard(stage.state, 3.0);
  AttentionCalendar calendar;
  ThreadTeam team(1);
  for (int month = 0; month < 3; ++month) {
    const auto occasions = attend(stage.state, stage.month(month), calendar, team);
    CHECK(occasions.size() > 150);
    for (std::size_t i = 0; i < occasions.size(); ++i) {
      CHECK(occasions[i].person.index() % 3 != 0);
      CHECK(occasions[i].key == static_cast<std::uint32_t>(month));  // so no two are alike
      if (i > 0) CHECK(occasions[i - 1].person < occasions[i].person);
    }
  }
}

TEST_CASE("Who is away when the block begins can consider after coming home") {
  Stage stage(crowd(100));
  AttentionCalendar calendar;
  ThreadTeam team(1);
  set_hazard(stage.state, 3.0);
  for (std::size_t i = 0; i < 100; ++i)
    set_standing(stage.state, PersonId{i}, kAlpha, Status::kPending);
  CHECK(attend(stage.state, stage.month(0), calendar, team).empty());
  for (std::size_t i = 0; i < 100; ++i)
    set_standing(stage.state, PersonId{i}, kHome, Status::kSettled);
  CHECK(attend(stage.state, stage.month(1), calendar, team).size() > 80);
}

TEST_CASE("Threads change no occasion") {
  Scenario s = scenario(3000);
  s.parameters.set<"attention.base">(0.2);
  Stage stage(s);
  AttentionCalendar one, four;
  ThreadTeam single(1), team(4);
  for (int month = 0; month < 14; ++month) {
    const auto a = attend(stage.state, stage.month(month), one, single);
    const auto b = attend(stage.state, stage.month(month), four, team);
    REQUIRE(a.size() == b.size());
    CHECK(a.size() > 100);
    bool same = true;
    for (std::size_t i = 0; i < a.size(); ++i)
      same = same && a[i].person == b[i].person && a[i].key == b[i].key;
    CHECK(same);
  }
}

TEST_CASE("Minors do not consider until they come of age") {
  Scenario s = crowd(200);
  s.groups[0].arrivals = {{2001, 12 * 200}};
  s.groups[0].ages = {{.from = 17, .to = 17, .share = 1.0}};
  s.parameters.set<"attention.adult_age">(18.0);
  Stage stage(s);
  admit_arrivals(stage.state, stage.month(0));
  AttentionCalendar calendar;
  ThreadTeam team(1);
  for (int month = 0; month < 13; ++month) {
    set_hazard(stage.state, 3.0);
    std::size_t adults = 0;
    for (const Person& person : stage.state.people.rows)
      adults += person.age + month >= 12 * 18 ? 1 : 0;
    const auto occasions = attend(stage.state, stage.month(month), calendar, team);
    for (const Consideration& occasion : occasions) {
      CHECK(stage.state.people.rows[occasion.person.index()].age + month >= 12 * 18);
    }
    CHECK(agrees(occasions.size(), adults, 1.0 - std::exp(-3.0)));
  }
}

TEST_CASE("Dispersed people hear less of their community's talk") {
  const std::size_t people = sample_size(20'000);
  Scenario s = crowd(people);
  s.places[kHome.index()].levers[0].set<"housing_dispersal">(1.0);
  s.parameters.set<"life.dispersed_contact">(0.5);
  Stage stage(s);
  set_hazard(stage.state, 0.4);
  AttentionCalendar calendar;
  ThreadTeam team(1);
  CHECK(agrees(attend(stage.state, stage.month(0), calendar, team).size(), people,
               1.0 - std::exp(-0.2)));
}

TEST_CASE("Who may not leave the place of settlement does not consider") {
  Stage stage(crowd(300));
  for (std::size_t i = 0; i < 300; i += 2) stage.state.people.rows[i].barred = 2;
  set_hazard(stage.state, 3.0);
  AttentionCalendar calendar;
  ThreadTeam team(1);
  for (int month = 0; month < 4; ++month) {
    std::size_t barred = 0;
    for (const Consideration& occasion : attend(stage.state, stage.month(month), calendar, team))
      barred += occasion.person.index() % 2 == 0 ? 1 : 0;
    CAPTURE(month);
    CHECK((barred > 0) == (month >= 2));
  }
}
