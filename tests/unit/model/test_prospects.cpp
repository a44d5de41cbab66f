#include "model/prospects.h"

#include "catch.h"
#include "model/ruling.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

/// Two changes of policy within the run, at different destinations.
Scenario with_changes() {
  Scenario s = scenario();
  levers(s, kAlpha).set<"benefit">(300.0);
  s.policy = {
      change(s.start + 5, kAlpha, lever_index<"benefit">(), 100.0, Publicity::kLoud),
      change(s.start + 9, kBeta, lever_index<"recognition">(), 0.25, Publicity::kSilent),
      change(s.start + 9, kBeta, lever_index<"evidence_months">(), 7.0, Publicity::kSilent)};
  return s;
}

}  // namespace

TEST_CASE("Prospects follow the levers of every month", "[prospects]") {
  const World world(with_changes());
  const double weight = world.parameters().get<"choice.benefit">();
  REQUIRE(weight != 0.0);
  for (int month = 0; month < world.scenario.months(); ++month) {
    const std::size_t regime = world.policy.regime(month);
    const Outlook outlook = world.prospects.outlook(regime, kGroup);
    const auto protection = world.prospects.protection(regime);
    REQUIRE(protection.size() == world.destinations.size());
    for (std::size_t d = 0; d < world.destinations.size(); ++d) {
      const LeverValues& levers = world.policy.levers(month, world.destinations[d], kGroup);
      CHECK(outlook.benefit[d] == weight * levers.get<"benefit">());
      CHECK(protection[d] ==
            static_cast<float>(protection_rate(levers, world.group(kGroup), world.parameters())));
    }
  }
}

TEST_CASE("Evidence takes the time of the regime", "[prospects]") {
  const World world(with_changes());
  const auto evidence = [&](int month, std::size_t destination) {
    return world.prospects.evidence(world.policy.regime(month))[destination];
  };
  CHECK(evidence(8, 1) == evidence(0, 1));
  CHECK(evidence(9, 1) > evidence(8, 1));
  CHECK(evidence(9, 0) == evidence(0, 0));
}
