#include "run/comparison_summary.h"

#include <cmath>

#include "catch.h"
#include "support/paired_worlds.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::pairs;

namespace {

/// East closing, eight replicates; summed up once for all cases.
const ComparisonSummary& closing() {
  static const ComparisonSummary summary = [] {
    const World base(open_world()), variant(closing_world());
    return summarise(base, compare_worlds(base, variant, 8));
  }();
  return summary;
}

double sum_of_shares(const Displacement& displacement) {
  double sum = 0.0;
  for (const auto& share : displacement.shares) sum += share->mean;
  return sum;
}

Parting at(int month) { return {.month = month, .is_target = {}}; }

}  // namespace

TEST_CASE("The shares of the blocked sum to one, for everyone and every kind of people") {
  for (const Displacement& displacement : closing().displacement) {
    CAPTURE(displacement.name);
    REQUIRE(displacement.blocked.mean > 0.0);
    CHECK(sum_of_shares(displacement) == Approx(1.0).epsilon(1e-12));
    CHECK(displacement.blocked.mean <= displacement.departures.mean);
  }
  CHECK(closing().displacement.size() == 7);
  CHECK(closing().displacement.back().name == "travellers");
  CHECK(closing().displacement.back().is_group);
}

TEST_CASE("Shares by destination sum to the spatial share; parts are no larger than the whole") {
  const auto& all = closing().displacement.front();
  double sum = 0.0;
  for (const auto& share : closing().elsewhere) sum += share->mean;
  CHECK(sum == Approx(all.shares[static_cast<std::size_t>(Response::kSpatial)]->mean));
  CHECK(closing().elsewhere[kEast]->mean == 0.0);
  CHECK(closing().censored->mean <=
        all.shares[static_cast<std::size_t>(Response::kDeterred)]->mean);
  CHECK(closing().elsewhere_other_category->mean <= sum);
}

TEST_CASE("Names, years and intervals of a comparison") {
  const ComparisonSummary& summary = closing();
  CHECK(summary.targets == std::vector<std::string>{"east"});
  CHECK(summary.years == std::vector<int>{2003, 2004, 2005, 2006, 2007, 2008});
  CHECK(summary.parting == YearMonth{2005, 3});
  CHECK(summary.base_year == 2004);
  CHECK(summary.variance_years == std::vector<int>{2006, 2007});
  // Before the parting nothing differs; afterwards east loses.
  CHECK(summary.claims[kEast][1].mean.mean == 0.0);
  CHECK(summary.claims[kEast][1].q95 == 0.0);
  const Difference& loss = summary.claims[kEast][3];
  CHECK(loss.mean.lo <= loss.mean.mean);
  CHECK(loss.mean.mean <= loss.mean.hi);
  CHECK(loss.mean.hi < 0.0);
  CHECK(loss.q05 <= loss.mean.lo);
  CHECK_FALSE(summary.paired_ratio[1]);
  CHECK(summary.paired_ratio[3]);
  CHECK_FALSE(summary.year_on_year_ratio[1]);
  CHECK(summary.delayed_months > 0.0);
  CHECK(summary.churn.overall->mean > 0.0);
  CHECK(summary.churn.overall->mean < 1.0);
  CHECK(*summary.variance_reduction[kEast] > 0.0);
}

TEST_CASE("Effects on backlogs, outcomes and brokers are differences of the two worlds") {
  const ComparisonSummary& summary = closing();
  const Effect& rate = summary.protection_rate[kEast][4];
  REQUIRE(rate.difference);
  CHECK(rate.difference->mean == Approx(rate.variant->mean - rate.base->mean));
  CHECK(rate.difference->hi < 0.0);
  CHECK(summary.protection_rate[kEast][1].difference->mean == 0.0);
  CHECK(summary.pending[kEast][4].difference->hi < 0.0);
  CHECK(summary.brokers.size() == summary.years.size());
  CHECK(summary.brokers[0].difference->mean == 0.0);
  CHECK(summary.onward_moves.base->mean > 0.0);
}

TEST_CASE("Where nothing is blocked the shares are empty, not zero") {
  const World world(open_world());
  const ComparisonSummary summary = summarise(world, compare_worlds(world, world, 2));
  const Displacement& all = summary.displacement.front();
  CHECK(all.blocked.mean == 0.0);
  CHECK(all.blocked.hi == 0.0);
  for (const auto& share : all.shares) CHECK_FALSE(share);
  for (const auto& share : summary.elsewhere) CHECK_FALSE(share);
  for (const auto& reduction : summary.variance_reduction) CHECK_FALSE(reduction);
  for (const auto& ratio : summary.paired_ratio) CHECK_FALSE(ratio);
  for (const auto& destination : summary.claims) {
    for (const Difference& year : destination) {
      CHECK(year.mean.mean == 0.0);
      CHECK(year.mean.lo == 0.0);
      CHECK(year.mean.hi == 0.0);
      CHECK(year.q05 == 0.0);
      CHECK(year.q95 == 0.0);
    }
  }
  CHECK(summary.reverse_flow.mean == 0.0);
  CHECK_FALSE(summary.churn.overall);
  CHECK_FALSE(summary.parting);
  CHECK(summary.targets.empty());
}

TEST_CASE("The base year is the last of which at least half lies before the parting") {
  const World world(open_world());          // from January 2003
  CHECK(base_year(world, at(29)) == 2004);  // June 2005
  CHECK(base_year(world, at(30)) == 2005);  // July 2005
  CHECK(base_year(world, at(7)) == 2003);
  CHECK_FALSE(base_year(world, at(5)));
  CHECK_FALSE(base_year(world, Parting{}));
}

TEST_CASE("Variances are of the first two full years from the parting on") {
  const World world(open_world());  // to December 2008
  CHECK(variance_years(world, at(24)) == std::vector<int>{2005, 2006});
  CHECK(variance_years(world, at(25)) == std::vector<int>{2006, 2007});
  CHECK(variance_years(world, at(50)) == std::vector<int>{2008, 2008});
  CHECK(variance_years(world, at(65)) == std::vector<int>{2008, 2008});
  CHECK(variance_years(world, Parting{}) == std::vector<int>{2003, 2004});
}
