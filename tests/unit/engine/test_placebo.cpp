#include "engine/placebo.h"

#include "catch.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

Simulation start(const World& world, std::uint32_t replicate = 0) {
  return begin(world, run_key(1, replicate));
}

}  // namespace

TEST_CASE("A placebo sends off one settled adult, the same one for the same key") {
  const World world(scenario());
  Simulation simulation = start(world);
  const State before = simulation.state;
  const auto person = disturb(simulation, 0);
  REQUIRE(person);
  REQUIRE(simulation.state.departures.size() == 1);
  CHECK(simulation.state.departures[0].person == *person);
  CHECK(before.people.rows[person->index()].status == Status::kSettled);
  CHECK(simulation.state.people.rows[person->index()].status == Status::kTravelling);
  for (std::size_t i = 0; i < before.people.size(); ++i) {
    if (i != person->index())
      CHECK(simulation.state.people.rows[i].status == before.people.rows[i].status);
  }
  Simulation again = start(world);
  CHECK(disturb(again, 0) == person);
  CHECK(again.state == simulation.state);
}

TEST_CASE("A placebo picks different people and destinations in different replicates") {
  const World world(scenario());
  bool seen[2] = {};
  std::vector<std::uint32_t> persons;
  for (std::uint32_t replicate = 0; replicate < 20; ++replicate) {
    Simulation simulation = start(world, replicate);
    persons.push_back(disturb(simulation, 0)->value);
    seen[simulation.state.departures[0].place.index()] = true;
  }
  CHECK(seen[0]);
  CHECK(seen[1]);
  CHECK(std::count(persons.begin(), persons.end(), persons[0]) < 20);
}

TEST_CASE("Where there is no settled adult there is no placebo") {
  Scenario s = scenario();
  s.groups[0].ages = {{.from = 0, .to = 5, .share = 1.0}};
  const World world(s);
  Simulation simulation = start(world);
  const State before = simulation.state;
  CHECK_FALSE(disturb(simulation, 0));
  CHECK(simulation.state == before);
}
