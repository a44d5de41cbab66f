#include "io/adjustable.h"

#include "catch.h"
#include "io/scenario_file.h"

namespace onward {

namespace {

Scenario reference_scenario() {
  return load_scenario(ONWARD_SOURCE_DIR "/scenarios/canada-2013.yaml").scenario;
}

}  // namespace

TEST_CASE("numbers of every part of a scenario are found by name and can be set") {
  Scenario scenario = reference_scenario();
  const auto base = find_adjustable(scenario, "attention.base");
  REQUIRE(base);
  CHECK(base->low == 0.0);
  CHECK(base->high == 1.0);
  *base->value = 0.5;
  CHECK(scenario.parameters.get<"attention.base">() == 0.5);

  const auto attraction = find_adjustable(scenario, "destinations.GBR.attraction");
  REQUIRE(attraction);
  *attraction->value = 7.0;
  const auto restless = find_adjustable(scenario, "groups.direct.restless");
  REQUIRE(restless);
  *restless->value = 3.0;
  const auto reach = find_adjustable(scenario, "brokers.reach");
  REQUIRE(reach);
  *reach->value = 0.125;
  for (const Place& place : scenario.places)
    CHECK((place.attraction == 7.0) == (place.name == "GBR"));
  for (const Group& group : scenario.groups)
    CHECK((group.restless == 3.0) == (group.name == "direct"));
  CHECK(scenario.brokers.reach == 0.125);
}

TEST_CASE("what is no number of the scenario is not found") {
  Scenario scenario = reference_scenario();
  for (const char* name :
       {"", "attention", "attention.", "attention.bas", "destinations", "destinations.GBR",
        "destinations.ZZZ.attraction", "destinations.GBR.nest", "destinations.GBR.asylum",
        "groups.direct.can_return", "brokers.slots", "brokers."}) {
    CAPTURE(name);
    CHECK_FALSE(find_adjustable(scenario, name));
  }
}

TEST_CASE("every listed name is found") {
  Scenario scenario = reference_scenario();
  const auto names = adjustable_names(scenario);
  CHECK(names.size() > kParameterRows.size() + scenario.places.size());
  for (const std::string& name : names) {
    CAPTURE(name);
    const auto adjustable = find_adjustable(scenario, name);
    REQUIRE(adjustable);
    CHECK(*adjustable->value >= adjustable->low);
    CHECK(*adjustable->value <= adjustable->high);
  }
}

}  // namespace onward
