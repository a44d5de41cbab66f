#include "catch.h"
#include "engine/setup.h"
#include "engine/simulate.h"
#include "io/scenario_file.h"
#include "run/memory_need.h"

using namespace onward;

// The world of everyone displaced: what it holds, and that threads over its people change nothing.

namespace {

Scenario globe() {
  return load_scenario(std::string(ONWARD_SOURCE_DIR) + "/scenarios/worlds/globe.yaml").scenario;
}

/// The same world with `factor` times as many people, in communities of `size`.
Scenario scaled(double factor, int size) {
  Scenario scenario = globe();
  for (Group& group : scenario.groups) {
    for (auto& [year, people] : group.arrivals) people *= factor;
  }
  scenario.communities.size = size;
  return scenario;
}

}  // namespace

TEST_CASE("The globe holds everyone whom UNHCR counted, and grows past 120 million") {
  const World world(globe());
  double start = 0.0;
  for (const Group& group : world.scenario.groups) start += group.arrivals.at(2023);
  CHECK(start == 107'483'962);
  CHECK(world.people > 120e6);
  CHECK(world.scenario.months() == 240);
  CHECK(world.scenario.communities.size == 10'000);
  CHECK(world.destinations.size() == 40);
  double hosted = 0.0;
  for (const PlaceId place : world.destinations) hosted += world.place(place).population_abroad;
  CHECK(hosted == 39'301'387);
}

TEST_CASE("The globe's people consider moving at the hazards of the reference case") {
  const Parameters reference =
      load_scenario(std::string(ONWARD_SOURCE_DIR) + "/scenarios/worlds/north-korea.yaml")
          .scenario.parameters;
  CHECK(globe().parameters == reference);
}

TEST_CASE("A person of the globe takes at most 64 bytes, all in") {
  CHECK(sizeof(Person) <= 64);
  const World world(globe());
  const MemoryNeed need = memory_of_replicate(world);
  CHECK(static_cast<double>(need.people + need.attention + need.journeys) <= 64.0 * world.people);
  const std::uint64_t whole = memory_of_run(world, {.count = 1, .threads = 2});
  CHECK(whole < std::uint64_t{12} << 30);
}

TEST_CASE("One, two and four threads over people give the same bits") {
  const World world(scaled(0.003, 300));
  REQUIRE(world.people > 300'000);
  ThreadTeam one(1), two(2), four(4);
  const auto alone = simulate(world, 1, 0, one);
  CHECK(alone->decisions > 10'000);
  CHECK(*simulate(world, 1, 0, two) == *alone);
  CHECK(*simulate(world, 1, 0, four) == *alone);
}

TEST_CASE("Large cohorts are set up to the same bits by any number of threads") {
  Scenario scenario = scaled(0.001, 200);
  scenario.communities.regions = {{"here", 0.3}, {"there", 0.7}};
  // A hundred thousand newcomers in one month go through many chunks.
  scenario.groups[0].arrivals[2020] = 12 * 100'000;
  const World world(scenario);
  ThreadTeam three(3);
  const State alone = initial_state(world, run_key(1, 0));
  CHECK(initial_state(world, run_key(1, 0), three) == alone);
}
