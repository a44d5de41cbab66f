#include "model/arrivals.h"

#include "catch.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("Every group's arrivals of the month are admitted and counted") {
  Scenario s = scenario(24);
  s.groups[0].arrivals[2001] = 36;
  s.groups.push_back(s.groups[0]);
  s.groups[1].name = "others";
  s.groups[1].arrivals = {{2001, 12}};
  for (Place& place : s.places) place.levers.push_back(place.levers[0]);
  Stage stage(s);
  CHECK(stage.state.people.size() == 24);
  for (int month = 0; month < 12; ++month) admit_arrivals(stage.state, stage.month(month));
  CHECK(stage.state.people.size() == 24 + 36 + 12);
  CHECK(stage.state.measures.persons == 72);
  for (std::size_t month = 0; month < 12; ++month) {
    CHECK(stage.state.measures.count<"arrivals">(month, 0) == 3);
    CHECK(stage.state.measures.count<"arrivals">(month, 1) == 1);
  }
  std::uint32_t members = 0;
  for (const std::uint32_t count : stage.state.communities.members) members += count;
  CHECK(members == 72);
}

TEST_CASE("Intakes admitted at once are those admitted one after the other, on any threads") {
  Scenario s = scenario(24);
  s.communities.regions = {{"north", 2.0}, {"south", 1.0}};
  s.groups[0].arrivals[2001] = 36'000;
  s.groups.push_back(s.groups[0]);
  s.groups[1].name = "others";
  s.groups[1].arrivals = {{2001, 240'000}};
  for (Place& place : s.places) place.levers.push_back(place.levers[0]);
  levers(s, kHome).set<"refoulement">(0.3);
  const World world(s);
  const RunKey key = run_key(1, 0);
  std::vector<Intake> intakes;
  for (const GroupId group : {GroupId{1}, GroupId{0}}) {
    for (int month = 1; month <= 3; ++month) intakes.push_back({group, YearMonth{2001, month}});
  }
  State one_by_one = initial_state(world, key);
  for (const Intake& intake : intakes)
    admit(one_by_one, world, key, std::span(&intake, 1), one_thread());
  REQUIRE(one_by_one.people.size() == 24 + 3 * (3'000 + 20'000));
  REQUIRE(std::any_of(one_by_one.first_asylum.captures.begin(),
                      one_by_one.first_asylum.captures.end(),
                      [](const auto& spells) { return !spells.empty(); }));
  for (const int threads : {1, 2, 4}) {
    ThreadTeam team(threads);
    State at_once = initial_state(world, key);
    admit(at_once, world, key, intakes, team);
    CHECK(at_once == one_by_one);
  }
}

TEST_CASE("Stayers have rows where something can happen to them, and count in any case") {
  Scenario s = scenario(24);
  s.communities.regions = {{"north", 2.0}, {"south", 1.0}};
  s.groups[0].arrivals[2001] = 36'000;
  s.parameters.set<"attention.restless_share">(0.25);
  const auto admitted = [](const Scenario& from, bool with_stayers) {
    const World world(from);
    State state = initial_state(world, run_key(1, 0), one_thread(), with_stayers);
    for (int month = 1; month <= 12; ++month) {
      const Intake intake{kGroup, YearMonth{2001, month}};
      admit(state, world, run_key(1, 0), std::span(&intake, 1), one_thread());
    }
    CHECK(state.measures.persons == 36'024);
    CHECK(expected_rows(world, with_stayers) == Approx(state.people.size()).epsilon(0.05));
    return state;
  };
  const State few = admitted(s, false);
  const State all = admitted(s, true);
  REQUIRE(all.people.size() == 36'024);
  CHECK(few.communities == all.communities);
  CHECK(few.stock == all.stock);
  std::size_t row = 0;
  for (std::size_t i = 0; i < all.people.size(); ++i) {
    if (!all.people.has(PersonId{i}, Trait::kRestless)) continue;
    REQUIRE(row < few.people.size());
    REQUIRE(few.people.rows[row] == all.people.rows[i]);
    REQUIRE(few.people.entity_of(PersonId{row}) == all.people.entity_of(PersonId{i}));
    ++row;
  }
  CHECK(row == few.people.size());

  Scenario slow = s;
  slow.parameters.set<"attention.settled_ratio">(0.01);
  CHECK(admitted(slow, false).people.size() == 36'024);
  Scenario hunted = s;
  levers(hunted, kHome).set<"refoulement">(0.3);
  CHECK(admitted(hunted, false).people.size() == 36'024);
}
