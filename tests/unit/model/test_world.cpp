#include "model/world.h"

#include <cmath>

#include "catch.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("Destinations are the places that take claims, in order") {
  Scenario s = scenario();
  s.places[0].asylum = false;
  s.places[2].asylum = true;
  s.groups[0].home = kAlpha;
  const World world(s);
  CHECK(world.destinations == std::vector<PlaceId>{kBeta, kHome});
  CHECK(world.destination_of == std::vector<std::size_t>{World::kNowhere, 0, 1});
  CHECK_FALSE(world.is_destination(kAlpha));
  CHECK(world.is_destination(kHome));
}

TEST_CASE("Places and groups are keyed by their names and not by their positions") {
  const World world(scenario());
  Scenario turned = scenario();
  std::swap(turned.places[0], turned.places[1]);
  const World other(turned);
  CHECK(world.place_keys[0] == other.place_keys[1]);
  CHECK(world.place_keys[0] == name_key("alpha"));
  CHECK(world.group_prefix[0] == static_cast<std::uint64_t>(group_key("people")) << 48);
}

TEST_CASE("Places of one subnest share its key, and only they do") {
  Scenario s = scenario();
  s.places[0].nest = s.places[2].nest = "islands";
  s.places[1].nest = "inland";
  const World world(s);
  CHECK(world.nest_of[0] == world.nest_of[2]);
  CHECK(world.nest_of[0] != world.nest_of[1]);
  CHECK(world.nest_keys[world.nest_of[0]] == name_key("islands"));
  CHECK(world.nest_keys[world.nest_of[1]] == name_key("inland"));
}

TEST_CASE("A place in no subnest is alone in one of its own") {
  const World world(scenario());
  CHECK(world.nest_of == std::vector<std::size_t>{0, 1, 2});
  CHECK(world.nest_keys[0] != world.nest_keys[1]);
}

TEST_CASE("Evidence and buzz keep what their memory says over a month") {
  Scenario s = scenario();
  s.parameters.set<"belief.memory">(20.0);
  s.parameters.set<"attention.buzz_memory">(5.0);
  const World world(s);
  CHECK(world.evidence_kept == Approx(std::exp(-1.0 / 20.0)));
  CHECK(world.buzz_kept == Approx(std::exp(-1.0 / 5.0)));
}

TEST_CASE("A month knows its date and its levers") {
  Scenario s = scenario();
  s.policy = {change(s.start + 14, kBeta, lever_index<"closure">(), 0.7, Publicity::kSilent)};
  const World world(s);
  const Month month{.world = world, .index = 14, .key = {}};
  CHECK(month.date() == YearMonth{2002, 3});
  CHECK(month.levers(kBeta, kGroup).get<"closure">() == 0.7);
  CHECK(month.levers(kAlpha, kGroup).get<"closure">() == 0.0);
  CHECK(&month.parameters() == &world.scenario.parameters);
}
