#include "run/summary.h"

#include "catch.h"
#include "support/aborts.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

/// Fourteen months from November 2001, so two years, with the claims and the record given.
Measures measures_of(std::int32_t in_2001, std::int32_t in_2002, std::int32_t seen_2002) {
  Scenario s = scenario();
  s.start = YearMonth{2001, 11};
  s.end = YearMonth{2002, 12};
  Measures measures(measure_shape(s));
  measures.count<"applications">(1, 0, 0, 0) = in_2001;
  measures.count<"applications">(2, 0, 0, 0) = in_2002 - 1;
  measures.count<"applications">(13, 0, 0, 1) = 1;
  measures.count<"applications">(5, 1, 0, 1) = 7;
  measures.count<"observed_claims">(1, 0) = seen_2002;
  measures.count<"observed_claims">(1, 1) = 10;
  measures.persons = 100;
  measures.person_months = 1000;
  measures.decisions = 30;
  return measures;
}

}  // namespace

TEST_CASE("Quantiles interpolate between order statistics") {
  const std::vector<double> values{4.0, 1.0, 3.0, 2.0, 5.0};
  CHECK(quantile(values, 0.0) == 1.0);
  CHECK(quantile(values, 0.5) == 3.0);
  CHECK(quantile(values, 1.0) == 5.0);
  CHECK(quantile(values, 0.25) == 2.0);
  CHECK(quantile(values, 0.05) == Approx(1.2));
  CHECK(quantile({7.0}, 0.3) == 7.0);
  CHECK(ending_of([] { quantile({}, 0.5); }).aborted);
}

TEST_CASE("Claims are summed by year over groups and channels, and averaged over replicates") {
  const Measures first = measures_of(2, 20, 25);
  const Measures second = measures_of(4, 40, 35);
  YearlyClaims claims(first.shape(), 10, 2);
  CHECK(claims.years() == 2);
  CHECK(claims.destinations() == 2);
  claims.replicate_finished(11, second);
  claims.replicate_finished(10, first);
  CHECK(claims.claims(0, 0).mean == 3.0);
  CHECK(claims.claims(1, 0).mean == 30.0);
  CHECK(claims.claims(1, 1).mean == 7.0);
  CHECK(claims.claims(0, 1).mean == 0.0);
  CHECK(claims.total(1).mean == 37.0);
  CHECK(claims.simulated(1, 0) == std::vector<double>{20.0, 40.0});
}

TEST_CASE("The interval is of what would be observed, of the total by replicate") {
  const Measures first = measures_of(2, 20, 25);
  YearlyClaims claims(first.shape(), 0, 2);
  claims.replicate_finished(0, first);
  claims.replicate_finished(1, measures_of(4, 40, 35));
  CHECK(claims.claims(1, 0).lo == Approx(25.5));
  CHECK(claims.claims(1, 0).hi == Approx(34.5));
  CHECK(claims.total(1).lo == Approx(35.5));
  CHECK(claims.total(1).hi == Approx(44.5));
  CHECK(claims.claims(0, 0).hi == 0.0);
}

TEST_CASE("The work of all replicates is summed") {
  const Measures one = measures_of(1, 2, 3);
  YearlyClaims claims(one.shape(), 0, 2);
  for (const std::uint32_t replicate : {0u, 1u}) claims.replicate_finished(replicate, one);
  CHECK(claims.persons() == 100);
  CHECK(claims.person_months() == 2000);
  CHECK(claims.decisions() == 60);
}

TEST_CASE("The mean number of people does not depend on how many replicates there are") {
  const Measures one = measures_of(1, 2, 3);
  YearlyClaims claims(one.shape(), 0, 3);
  for (const std::uint32_t replicate : {0u, 1u, 2u}) claims.replicate_finished(replicate, one);
  CHECK(claims.persons() == 100);
}
