#include "model/observation.h"

#include <cmath>
#include <map>
#include <set>

#include "catch.h"
#include "support/small_world.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

namespace {

const RunKey kRun = run_key(9, 0);

Parameters exact() {
  Parameters p;
  p.set<"observation.overdispersion">(0.0);
  p.set<"observation.rounded_below">(0.0);
  return p;
}

}  // namespace

TEST_CASE("Without noise, factor and rounding the record is the count") {
  for (const std::int64_t claims : {0, 1, 4, 5, 719})
    CHECK(observe_count(claims, exact(), kRun, 1, 2010) == claims);
}

TEST_CASE("Small counts are shown as the least that is shown, and none as none") {
  Parameters p = exact();
  p.set<"observation.rounded_below">(5.0);
  const std::int32_t shown[] = {0, 5, 5, 5, 5, 5, 6};
  for (std::int64_t claims = 0; claims <= 6; ++claims)
    CHECK(observe_count(claims, p, kRun, 1, 2010) == shown[claims]);
}

TEST_CASE("The source factor multiplies the count, in whole persons") {
  Parameters p = exact();
  p.set<"observation.source_factor">(1.44);
  CHECK(observe_count(100, p, kRun, 1, 2010) == 144);
  CHECK(observe_count(1, p, kRun, 1, 2010) == 1);
  CHECK(observe_count(2, p, kRun, 1, 2010) == 3);
}

TEST_CASE("Noise has mean 1 and the variance of the parameter, and never makes a claim of none") {
  const std::size_t n = sample_size(50'000);
  for (const double variance : {0.1, 1.0}) {
    Parameters p = exact();
    p.set<"observation.overdispersion">(variance);
    std::vector<double> seen;
    for (std::uint32_t i = 0; i < n; ++i) {
      seen.push_back(observe_count(100'000, p, kRun, i, 2010) / 100'000.0);
      if (observe_count(0, p, kRun, i, 2010) != 0) FAIL("a claim out of nothing");
    }
    const double fourth = 3.0 * variance * variance + 6.0 * variance * variance * variance;
    CAPTURE(variance);
    CHECK(std::abs(moments(seen).mean - 1.0) < mean_tolerance(variance, n));
    CHECK(std::abs(moments(seen).variance - variance) < variance_tolerance(variance, fourth, n));
  }
}

TEST_CASE("Noise belongs to the destination's name and the year") {
  Parameters p = exact();
  p.set<"observation.overdispersion">(0.5);
  std::set<std::int32_t> seen;
  for (int year = 2004; year < 2014; ++year) {
    for (const std::uint32_t name : {1u, 2u}) {
      seen.insert(observe_count(1'000'000, p, kRun, name, year));
      CHECK(observe_count(1'000'000, p, kRun, name, year) ==
            observe_count(1'000'000, p, kRun, name, year));
      // More claims under the same noise are never fewer in the record.
      CHECK(observe_count(1'000'001, p, kRun, name, year) >=
            observe_count(1'000'000, p, kRun, name, year));
    }
  }
  CHECK(seen.size() == 20);
}

TEST_CASE("The record sums the months of a year, all groups and both channels") {
  Scenario s = scenario();
  s.start = YearMonth{2001, 11};
  s.end = YearMonth{2002, 12};
  s.groups.push_back(s.groups[0]);
  s.groups[1].name = "others";
  for (Place& place : s.places) place.levers.push_back(place.levers[0]);
  s.parameters = exact();
  const World world(s);
  Measures measures(measure_shape(s));
  measures.count<"applications">(0, 0, 0, 0) = 1;
  measures.count<"applications">(1, 0, 1, 1) = 2;
  measures.count<"applications">(2, 0, 0, 1) = 4;
  measures.count<"applications">(13, 0, 1, 0) = 8;
  measures.count<"applications">(5, 1, 0, 0) = 16;
  measures.count<"declared_claims">(0, 0, 0) = 100;
  observe(measures, world, kRun);
  CHECK(measures.count<"observed_claims">(0, 0) == 3);
  CHECK(measures.count<"observed_claims">(1, 0) == 12);
  CHECK(measures.count<"observed_claims">(0, 1) == 0);
  CHECK(measures.count<"observed_claims">(1, 1) == 16);
}
