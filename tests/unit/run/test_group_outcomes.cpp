#include "run/group_outcomes.h"

#include "catch.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

Scenario two_groups() {
  Scenario s = scenario();
  s.groups.push_back(s.groups[0]);
  s.groups[1].name = "others";
  for (Place& place : s.places) place.levers.push_back(place.levers[0]);
  return s;
}

/// `first` claims of the first group and three of the second, with one case of each ending.
Measures measures_of(std::int32_t first) {
  Measures measures(measure_shape(two_groups()));
  measures.count<"applications">(1, 0, 0, 0) = first - 1;
  measures.count<"applications">(30, 1, 0, 1) = 1;
  measures.count<"applications">(7, 1, 1, 0) = 3;
  for (std::size_t outcome = 0; outcome < kOutcomeNames.size(); ++outcome)
    measures.count<"decisions">(9, 0, 1, outcome) = static_cast<std::int32_t>(outcome) + 1;
  measures.count<"appeals_won">(12, 1, 0) = 7;
  return measures;
}

}  // namespace

TEST_CASE("Claims, protections and refusals are counted by group") {
  GroupOutcomes outcomes(measure_shape(two_groups()), 5, 2);
  outcomes.replicate_finished(6, measures_of(1));
  outcomes.replicate_finished(5, measures_of(9));
  CHECK(outcomes.number(ClaimStage::kClaims, 0).mean == Approx(5.0));
  CHECK(outcomes.number(ClaimStage::kClaims, 1).mean == Approx(3.0));
  CHECK(outcomes.share(ClaimStage::kClaims, 0).mean == Approx((0.25 + 0.75) / 2));
  CHECK(outcomes.share(ClaimStage::kClaims, 0).lo < outcomes.share(ClaimStage::kClaims, 0).hi);
  CHECK(outcomes.number(ClaimStage::kProtected, 0).mean == Approx(7.0));
  CHECK(outcomes.number(ClaimStage::kProtected, 1).mean == Approx(3.0));
  CHECK(outcomes.number(ClaimStage::kRefused, 0).mean == 0.0);
  CHECK(outcomes.share(ClaimStage::kRefused, 1).mean == 1.0);
}

TEST_CASE("Where nobody claims, the shares are zero and not undefined") {
  GroupOutcomes outcomes(measure_shape(two_groups()), 0, 1);
  outcomes.replicate_finished(0, Measures(measure_shape(two_groups())));
  CHECK(outcomes.share(ClaimStage::kClaims, 0).mean == 0.0);
}
