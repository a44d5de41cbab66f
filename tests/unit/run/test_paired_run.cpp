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
