#include "model/departures.h"

#include "catch.h"
#include "model/journey.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

Move leaving(std::size_t person, PlaceId place) {
  Move move;
  move.person = PersonId{person};
  move.place = place;
  return move;
}

/// Sends person 0 to alpha and brings the journey to its end in the same month.
std::vector<Departure> one_journey(Scenario s, Story story = Story::kConceal) {
  s.parameters.set<"journey.travel">(0.0);
  Stage stage(s);
  set_belief(stage.state, 0, 0.8);
  Move move = leaving(0, kAlpha);
  move.story = story;
  depart(stage.state, stage.month(3), move, 0.0);
  travel(stage.state, stage.month(3));
  return stage.state.departures;
}

std::vector<Departure> expected(Ending ending) {
  return {{.person = PersonId{0}, .month = 3, .place = kAlpha, .ending = ending}};
}

}  // namespace

TEST_CASE("A departure is logged with its month and place, as travelling until it ends") {
  Scenario s = scenario();
  s.parameters.set<"journey.travel">(2.0);
  Stage stage(s);
  depart(stage.state, stage.month(3), leaving(0, kAlpha), 0.0);
  depart(stage.state, stage.month(3), leaving(4, kBeta), 0.0);
  REQUIRE(stage.state.departures.size() == 2);
  CHECK(stage.state.departures[0] == expected(Ending::kTravelling)[0]);
  CHECK(stage.state.departures[1].person == PersonId{4});
  CHECK(stage.state.departures[1].place == kBeta);
  travel(stage.state, stage.month(4));
  CHECK(stage.state.departures[0].ending == Ending::kTravelling);
  travel(stage.state, stage.month(5));
  CHECK(stage.state.departures[0].ending == Ending::kClaim);
  CHECK(stage.state.departures[1].ending == Ending::kClaim);
}

TEST_CASE("The log says how a journey ended") {
  Scenario s = scenario();
  SECTION("with a claim") { CHECK(one_journey(s) == expected(Ending::kClaim)); }
  SECTION("with a claim that declares the citizenship") {
    CHECK(one_journey(s, Story::kDeclare) == expected(Ending::kDeclared));
  }
  SECTION("without a claim") {
    s.parameters.set<"claim.none">(1.0);
    CHECK(one_journey(s) == expected(Ending::kIrregular));
  }
  SECTION("on the way") {
    levers(s, kAlpha).set<"interception">(1.0);
    CHECK(one_journey(s) == expected(Ending::kStopped));
  }
}

TEST_CASE("Where nobody reads the log it stays empty, and all else is as it was") {
  Scenario s = scenario();
  Stage logged(s), unlogged(s);
  for (Stage* stage : {&logged, &unlogged}) {
    for (int index = 0; index < 6; ++index) {
      Month month = stage->month(index);
      month.log_departures = stage == &logged;
      if (index == 0) depart(stage->state, month, leaving(0, kAlpha), 0.0);
      travel(stage->state, month);
    }
  }
  CHECK(logged.state.departures.size() == 1);
  CHECK(unlogged.state.departures.empty());
  CHECK(logged.state.pending.size() == 1);
  CHECK(unlogged.state.pending.size() == 1);
  CHECK(logged.state.communities == unlogged.state.communities);
  CHECK(logged.state.people == unlogged.state.people);
  CHECK(logged.state.measures == unlogged.state.measures);
}

TEST_CASE("Who moves on from another destination is not in the log") {
  Scenario s = scenario();
  s.parameters.set<"journey.travel">(0.0);
  Stage stage(s);
  depart(stage.state, stage.month(0), leaving(0, kAlpha), 0.0);
  travel(stage.state, stage.month(0));
  stage.state.pending = {};
  Move onward = leaving(0, kBeta);
  onward.onward = true;
  depart(stage.state, stage.month(1), onward, 0.0);
  travel(stage.state, stage.month(1));
  REQUIRE(stage.state.departures.size() == 1);
  CHECK(stage.state.departures[0].place == kAlpha);
  CHECK(stage.state.pending.size() == 1);
}
