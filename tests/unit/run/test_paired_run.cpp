#include "run/paired_run.h"

#include "catch.h"
#include "engine/simulate.h"
#include "support/paired_worlds.h"

using namespace onward;
using namespace onward::pairs;

TEST_CASE("A pair that shares its past is two runs from the start, bit for bit") {
  const World base(open_world()), variant(closing_world());
  const Parting parting = find_parting(base, variant);
  REQUIRE(parting.month == kClosingMonth);
  ThreadTeam team(1);
  const auto run = run_pair({base, variant, parting}, run_key(5, 2), {.placebo = true}, team);
  REQUIRE(run);
  CHECK(run->base.measures == *simulate(base, 5, 2, team));
  CHECK(run->variant.measures == *simulate(variant, 5, 2, team));
  CHECK_FALSE(run->base.measures == run->variant.measures);
  REQUIRE(run->placebo);
  CHECK(run->placebo->people.size() == run->base.people.size());
  CHECK_FALSE(run->placebo->departures == run->base.departures);
  CHECK(run->at_parting.abroad.size() > 0);
  CHECK(run->at_parting.is_indebted.size() < run->base.people.size());
}

TEST_CASE("Whichever lever changes where, a pair is two runs from the start") {
  const World base(open_world());
  const Scenario closing = closing_world();
  ThreadTeam team(1);
  const Measures alone = *simulate(base, 5, 2, team);
  int differing = 0;
  for (std::size_t lever = 0; lever < kLeverRows.size(); ++lever) {
    for (const PlaceId place : {closing.policy[0].where[0], base.group(GroupId{0}).home}) {
      CAPTURE(kLeverRows[lever].name, base.place(place).name);
      const double now = base.policy.levers(kClosingMonth, place, GroupId{0}).values[lever];
      Scenario changed = closing;
      changed.policy[0].where = {place};
      const double then = now > 0.5 ? 0.05 : 0.9;
      changed.policy[0].set = {{.lever = lever, .by_group = {then, then}}};
      const World variant(changed);
      const auto run =
          run_pair({base, variant, find_parting(base, variant)}, run_key(5, 2), {}, team);
      REQUIRE(run->base.measures == alone);
      REQUIRE(run->variant.measures == *simulate(variant, 5, 2, team));
      differing += run->variant.measures == alone ? 0 : 1;
    }
  }
  CHECK(differing > static_cast<int>(kLeverRows.size()));
}

TEST_CASE("Worlds that differ from the start are run from the start") {
  const World base(open_world());
  Scenario other = open_world();
  other.parameters.set<"attention.base">(0.01);
  const World variant(other);
  const Parting parting = find_parting(base, variant);
  ThreadTeam team(1);
  const auto run = run_pair({base, variant, parting}, run_key(5, 2), {}, team);
  CHECK(run->variant.measures == *simulate(variant, 5, 2, team));
  CHECK_FALSE(run->placebo);
  CHECK(run->at_parting.abroad.empty());
}

TEST_CASE("A pair that is told to stop gives nothing") {
  const World base(open_world()), variant(closing_world());
  const Parting parting = find_parting(base, variant);
  ThreadTeam team(1);
  for (const int limit : {10, 40, 80, 130}) {
    int asked = 0;
    CHECK_FALSE(run_pair({base, variant, parting}, run_key(5, 0), {.placebo = true}, team,
                         [&] { return ++asked > limit; }));
    CHECK(asked == limit + 1);
  }
}
