#include "engine/simulate.h"

#include "catch.h"
#include "run/signature_world.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

Measures run(const World& world, std::uint64_t seed, std::uint32_t replicate, int threads = 1) {
  ThreadTeam team(threads);
  const auto measures = simulate(world, seed, replicate, team);
  REQUIRE(measures.has_value());
  return *measures;
}

}  // namespace

TEST_CASE("Threads change nothing") {
  const World world(signature_scenario());
  const Measures one = run(world, 5, 0, 1);
  CHECK(total(one, measure_index<"applications">()) > 50);
  CHECK(run(world, 5, 0, 2) == one);
  CHECK(run(world, 5, 0, 4) == one);
}

TEST_CASE("A run is a function of world, seed and replicate") {
  const World world(signature_scenario());
  const Measures first = run(world, 5, 3);
  CHECK(run(world, 5, 3) == first);
  CHECK_FALSE(run(world, 5, 4) == first);
  CHECK_FALSE(run(world, 6, 3) == first);
}

TEST_CASE("A policy change that sets a lever to what it is changes nothing") {
  const Scenario s = signature_scenario();
  Scenario same = s;
  PolicyChange nothing =
      change(s.start + 20, PlaceId{3}, lever_index<"capacity">(), 0.0, Publicity::kSilent);
  const std::vector<LeverValues>& levers = s.places[3].levers;
  nothing.set[0].by_group = {levers[0].get<"capacity">(), levers[1].get<"capacity">()};
  same.policy.insert(same.policy.begin(), nothing);
  CHECK(run(World(same), 5, 0) == run(World(s), 5, 0));
}

TEST_CASE("Nothing differs before the first month in which two scenarios do") {
  const Scenario s = signature_scenario();
  Scenario other = s;
  const int month = 40;
  other.policy.push_back(
      change(s.start + month, PlaceId{0}, lever_index<"recognition">(), 0.0, Publicity::kLoud));
  other.policy.back().set[0].by_group = {0.0, 0.0};
  const Measures a = run(World(s), 5, 0);
  const Measures b = run(World(other), 5, 0);
  for (std::size_t row = 0; row < kMeasureRows.size(); ++row) {
    if (kMeasureRows[row].dimensions[0] != Dimension::kMonth) continue;
    const auto months = static_cast<std::size_t>(s.months());
    const std::size_t counts = a.counts(row).size() / months * month;
    const std::size_t values = a.values(row).size() / months * month;
    CAPTURE(kMeasureRows[row].name);
    CHECK(std::equal(a.counts(row).begin(),
                     a.counts(row).begin() + static_cast<std::ptrdiff_t>(counts),
                     b.counts(row).begin()));
    CHECK(std::equal(a.values(row).begin(),
                     a.values(row).begin() + static_cast<std::ptrdiff_t>(values),
                     b.values(row).begin()));
  }
  CHECK_FALSE(a == b);
}

TEST_CASE("A run that is told to stop gives nothing") {
  const World world(scenario());
  ThreadTeam team(1);
  int asked = 0;
  CHECK_FALSE(simulate(world, 1, 0, team, [&] { return ++asked == 4; }).has_value());
  CHECK(asked == 4);
  asked = 0;
  CHECK(simulate(world, 1, 0, team, [&] { return ++asked > 1000; }).has_value());
  CHECK(asked == world.scenario.months());
}

TEST_CASE("The record of the claims is filled at the end") {
  Scenario s = signature_scenario();
  s.parameters.set<"observation.overdispersion">(0.0);
  s.parameters.set<"observation.rounded_below">(0.0);
  const Measures measures = run(World(s), 5, 0);
  CHECK(total(measures, measure_index<"observed_claims">()) ==
        total(measures, measure_index<"applications">()));
}
