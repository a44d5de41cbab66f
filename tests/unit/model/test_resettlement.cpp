#include "model/resettlement.h"

#include "catch.h"
#include "model/journey.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

std::vector<Choice> all_to_alpha(std::size_t people) {
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < people; ++i)
    choices.push_back({.occasion = {.person = PersonId{i}, .key = 7},
                       .chosen = {.intent = Intent::kGo, .place = kAlpha, .belief = 0.8}});
  return choices;
}

}  // namespace

TEST_CASE("A quota takes in the first who choose the place; the others go on by themselves") {
  Scenario s = scenario();
  levers(s, kAlpha).set<"resettlement">(3.0);
  Stage stage(s);
  commit(stage.state, stage.month(0), all_to_alpha(10));
  CHECK(total<"resettlements">(stage.state) == 3);
  CHECK(total<"commitments">(stage.state) == 7);
  for (std::size_t i = 0; i < 10; ++i) {
    CAPTURE(i);
    CHECK(stage.state.people.status[i] == (i < 3 ? Status::kRecognised : Status::kCommitted));
    CHECK(stage.state.people.place_of(PersonId{i}) == (i < 3 ? kAlpha : kHome));
  }
  CHECK(stage.state.communities.all_abroad[0] == 3);
}

TEST_CASE("Fractions of a quota add up, and unused places do not") {
  Scenario s = scenario();
  levers(s, kAlpha).set<"resettlement">(0.5);
  Stage stage(s);
  for (int month = 0; month < 8; ++month) renew_quota(stage.state, stage.month(month));
  commit(stage.state, stage.month(8), all_to_alpha(10));
  CHECK(total<"resettlements">(stage.state) == 1);
}

TEST_CASE("Nobody is resettled under another's name") {
  Scenario s = scenario();
  levers(s, kAlpha).set<"resettlement">(3.0);
  s.groups[0].genuine = 0.0;
  Stage stage(s);
  commit(stage.state, stage.month(0), all_to_alpha(10));
  CHECK(total<"resettlements">(stage.state) == 0);
}
