#include "model/resettlement.h"

#include "catch.h"
#include "model/commitment.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

std::vector<Choice> all_to_alpha(std::size_t people) {
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < people; ++i)
    choices.push_back({.occasion = {.person = PersonId{i}, .key = 7},
                       .chosen = {.intent = Intent::kGo, .place = kAlpha, .resettled = true}});
  return choices;
}

}  // namespace

TEST_CASE("A quota takes in the first who ask; the others stay and may consider again") {
  Scenario s = scenario();
  levers(s, kAlpha).set<"resettlement">(3.0);
  Stage stage(s);
  renew_quota(stage.state, stage.month(0));
  commit(stage.state, stage.month(0), all_to_alpha(10));
  CHECK(total<"resettlements">(stage.state) == 3);
  for (std::size_t i = 0; i < 10; ++i) {
    CAPTURE(i);
    CHECK(stage.state.people.rows[i].status == (i < 3 ? Status::kRecognised : Status::kSettled));
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

TEST_CASE("The genuine weigh an open quota as certain protection at no cost, from home") {
  Scenario s = scenario();
  levers(s, kAlpha).set<"resettlement">(3.0);
  s.parameters.set<"choice.resettlement">(2.0);
  s.parameters.set<"choice.protection">(4.0);
  s.parameters.set<"choice.protection_spread">(0.0);
  s.parameters.set<"choice.cost">(0.0);
  Stage stage(s);
  set_belief(stage.state, 0, 0.5);
  const auto alpha = [&](bool abroad) {
    const ChoiceSet set = weigh(stage.state, stage.month(0),
                                {.person = PersonId{0}, .key = 7, .after_refusal = abroad});
    for (const Alternative& alternative : set.all()) {
      if (alternative.intent == Intent::kGo && alternative.place == kAlpha) return alternative;
    }
    return Alternative{};
  };
  const Alternative closed = alpha(false);
  renew_quota(stage.state, stage.month(0));
  const Alternative open = alpha(false);
  CHECK_FALSE(closed.resettled);
  CHECK(open.resettled);
  CHECK(open.utility - closed.utility == Approx(2.0 + 4.0 - 0.5 * 4.0));
  CHECK_FALSE(alpha(true).resettled);
  stage.state.people.rows[0].traits = 0;
  CHECK_FALSE(alpha(false).resettled);
}
