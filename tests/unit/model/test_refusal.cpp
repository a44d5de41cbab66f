#include "model/refusal.h"

#include "catch.h"
#include "support/court.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("A refused person stays on, goes home or goes elsewhere, as is best") {
  struct Case {
    double stay, home, elsewhere;
    Status status;
  };
  for (const Case& c :
       {Case{50.0, -50.0, -50.0, Status::kIrregular}, Case{-50.0, 50.0, -50.0, Status::kSettled},
        Case{-50.0, -50.0, 50.0, Status::kTravelling}}) {
    Scenario s = scenario(120);
    s.parameters.set<"procedure.after_refusal_stay">(c.stay);
    s.parameters.set<"procedure.after_refusal_return">(c.home);
    s.parameters.set<"procedure.after_refusal_elsewhere">(c.elsewhere);
    levers(s, kAlpha).set<"recognition">(0.0);
    Stage stage(s);
    State& state = stage.state;
    report_presence(state.communities, CommunityId{0}, 0, 1);
    report_residence(state.communities, CommunityId{0}, -1);
    file_ready_cases(state, 1);
    adjudicate(state, stage.month(0));
    CHECK(state.people.rows[0].status == c.status);
    CHECK(state.people.rows[0].attempts == (c.status == Status::kTravelling ? 1 : 0));
    CHECK(state.people.was_refused(PersonId{0}, kAlpha));
    CHECK_FALSE(state.people.was_refused_elsewhere(PersonId{0}, kAlpha));
    CHECK(state.irregular.size() == (c.status == Status::kIrregular ? 1u : 0u));
    CHECK(state.travelling.size() == (c.status == Status::kTravelling ? 1u : 0u));
    CHECK(total<"returns">(state) == (c.status == Status::kSettled ? 1 : 0));
    CHECK(state.communities.members[0] == (c.status == Status::kSettled ? 10u : 9u));
    if (c.status != Status::kTravelling) continue;
    CHECK(state.travelling[0].onward);
    CHECK(state.travelling[0].place == kBeta);
    CHECK(state.travelling[0].ready == 0);
    CHECK(state.people.place_of(PersonId{0}) == kAlpha);
  }
}

namespace {

/// Sixty people whom beta refused before wait for alpha, the other sixty, all recognised, for beta.
/// A case that ends well makes everybody sure of the place.
Scenario eventful_court() {
  Scenario s = scenario(120);
  s.parameters.set<"belief.prior_weight">(1.0);
  s.parameters.set<"belief.own_refusal">(200.0);
  s.parameters.set<"belief.public_trust">(1000.0);
  s.parameters.set<"choice.protection">(20.0);
  for (const PlaceId place : {kAlpha, kBeta}) levers(s, place).set<"capacity">(1000.0);
  levers(s, kAlpha).set<"recognition">(0.0);
  levers(s, kAlpha).set<"other_protection">(0.0);
  levers(s, kBeta).set<"recognition">(1.0);
  return s;
}

void file_eventful_cases(Stage& stage, bool beta_first, bool beta_last) {
  const auto file_for_beta = [&] {
    for (std::size_t i = 60; i < 120; ++i) {
      set_standing(stage.state, PersonId{i}, kBeta, Status::kPending);
      stage.state.pending.file(move_of(i, kBeta));
    }
  };
  set_belief(stage.state, 1, 0.8);
  if (beta_first) file_for_beta();
  for (std::size_t i = 0; i < 60; ++i) stage.state.people.note_refusal(PersonId{i}, kBeta);
  file_ready_cases(stage.state, 60);
  if (beta_last) file_for_beta();
}

/// How many of the first sixty travel on after the month.
std::size_t gone_on(const Stage& stage) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < 60; ++i)
    count += stage.state.people.rows[i].status == Status::kTravelling ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("The refused choose by what was known when they were refused") {
  Stage alone(eventful_court()), before(eventful_court()), after(eventful_court());
  file_eventful_cases(alone, false, false);
  file_eventful_cases(before, true, false);
  file_eventful_cases(after, false, true);
  for (Stage* stage : {&alone, &before, &after}) adjudicate(stage->state, stage->month(0));
  // Good news of the month counts if it came first, and only then.
  CHECK(gone_on(before) > gone_on(alone) + 10);
  CHECK(gone_on(after) == gone_on(alone));
}
