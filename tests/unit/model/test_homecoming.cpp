#include "model/homecoming.h"

#include "catch.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

/// Person 0 is back.
void bring_home(State& state, const Month& month, bool removed) {
  const PersonId id{0};
  const Return back{id, state.people.community_of(id), go_home(state, month, id), removed};
  report_return(state.communities, month, back);
  book_return(state, month, back);
}

}  // namespace

TEST_CASE("Who is brought home is settled there and no longer abroad") {
  Stage stage(scenario());
  State& state = stage.state;
  set_standing(state, PersonId{0}, kBeta, Status::kIrregular);
  report_presence(state.communities, CommunityId{0}, 1, 1);
  report_residence(state.communities, CommunityId{0}, -1);
  bring_home(state, stage.month(4), false);
  CHECK(state.people.place_of(PersonId{0}) == kHome);
  CHECK(state.people.rows[0].status == Status::kSettled);
  CHECK(state.communities.abroad(0, 1) == 0.0);
  CHECK(state.communities.members[0] == 10);
  CHECK(state.measures.count<"moves">(4, kBeta.index(), kHome.index()) == 1);
}

TEST_CASE("Who comes back under a passport limit may not leave before it ends") {
  Scenario s = scenario();
  levers(s, kHome).set<"passport_limit">(6.0);
  Stage stage(s);
  set_standing(stage.state, PersonId{0}, kAlpha, Status::kIrregular);
  report_residence(stage.state.communities, stage.state.people.community_of(PersonId{0}), -1);
  bring_home(stage.state, stage.month(2), true);
  CHECK(stage.state.people.rows[0].barred == 8);
  CHECK(stage.state.people.rows[1].barred == 0);
}
