#include "run/signature.h"

#include "catch.h"
#include "engine/simulate.h"
#include "run/signature_world.h"
#include "support/small_world.h"

using namespace onward;

TEST_CASE("The signature is the same for one thread and for four") {
  const std::string one = signature(1);
  CHECK(signature(4) == one);
  CHECK(one.size() == 16);
  CHECK(one.find_first_not_of("0123456789abcdef") == std::string::npos);
}

TEST_CASE("Every series has something to count in the signature's world") {
  const World world(signature_scenario());
  ThreadTeam team(1);
  const auto measures = simulate(world, 20131215, 0, team);
  REQUIRE(measures.has_value());
  for (std::size_t row = 0; row < kMeasureRows.size(); ++row) {
    bool any = small::total(*measures, row) != 0;
    for (const float value : measures->values(row)) any = any || value != 0.0f;
    CAPTURE(kMeasureRows[row].name);
    // Returns to the origin are as rare as they should be; all else must happen.
    if (kMeasureRows[row].name != "origin_returns") CHECK(any);
  }
}
