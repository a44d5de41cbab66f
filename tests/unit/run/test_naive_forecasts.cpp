#include "run/naive_forecasts.h"

#include "catch.h"
#include "io/scenario_file.h"
#include "run/scores.h"
#include "support/observed_world.h"

using namespace onward;
using namespace onward::small;

namespace {

const World& four_years() {
  static const World world(observed_scenario({{10, 30}, {20, 20}, {40, 0}, {6, 6}}));
  return world;
}

constexpr YearSpan kLater{2002, 2004};

}  // namespace

TEST_CASE("persistence is the last known count", "[naive]") {
  const ObservedTable observed(four_years());
  const Forecast rolling = persistence({.observed = observed, .fixed_at = {}}, kLater);
  CHECK(rolling.mean.at(2002, kSecond) == 30.0);
  CHECK(rolling.mean.at(2004, kFirst) == 40.0);
  CHECK(rolling.origin == "rolling");
  const Forecast fixed = persistence({.observed = observed, .fixed_at = 2002}, {2003, 2004});
  CHECK(fixed.mean.at(2003, kFirst) == 20.0);
  CHECK(fixed.mean.at(2004, kFirst) == 20.0);
  CHECK(fixed.origin == "fixed at 2002");
}

TEST_CASE("a fixed forecast of a year before its origin does not see that year", "[naive]") {
  const ObservedTable observed(four_years());
  const Forecast fixed = persistence({.observed = observed, .fixed_at = 2003}, kLater);
  CHECK(fixed.mean.at(2002, kFirst) == 10.0);
}

TEST_CASE("forecasts of shares have the mean total of the years known", "[naive]") {
  const ObservedTable observed(four_years());
  const Knowledge known{.observed = observed, .fixed_at = {}};
  // Totals to 2003 are 40, 40 and 40.
  const Forecast last = share_persistence(known, kLater);
  CHECK(last.mean.at(2004, kFirst) == Approx(40.0));
  CHECK(last.mean.at(2004, kSecond) == 0.0);
  const Forecast lasting = long_run_shares(known, kLater);
  CHECK(lasting.mean.at(2004, kFirst) == Approx(40.0 * 70.0 / 120.0));
  CHECK(lasting.mean.at(2004, kSecond) == Approx(40.0 * 50.0 / 120.0));
  const Forecast equal = equal_shares(known, kLater);
  CHECK(equal.mean.at(2004, kFirst) == Approx(20.0));
  CHECK(equal.mean.at(2004, kSecond) == Approx(20.0));
}

TEST_CASE("a missing year is passed over", "[naive]") {
  const World world(observed_scenario({{10, 30}, {-1, 20}, {1, 1}}));
  const ObservedTable observed(world);
  const Knowledge known{.observed = observed, .fixed_at = {}};
  CHECK(persistence(known, {2003, 2003}).mean.at(2003, kFirst) == 10.0);
  CHECK(long_run_mean(observed, kFirst, 2002) == 10.5);
  CHECK(long_run_mean(observed, kSecond, 2002) == Approx(50.5 / 2.0));
}

TEST_CASE("naive forecasts of the reference case have the published ARD", "[naive]") {
  // Published with the data of the reference case, two decimals: last year's shares 0.63 over
  // 2007-15 and 0.85 over 2013-15, last year's counts 1.45 and 2.39, the shares of 2012 carried
  // forward 1.57 over 2013-15 (1.575), equal shares 1.29 over 2007-15.
  const World world(
      load_scenario(std::string(ONWARD_SOURCE_DIR) + "/scenarios/canada-2013.yaml").scenario);
  const ObservedTable observed(world);
  CHECK(observed.scored().size() == 12);
  const Knowledge rolling{.observed = observed, .fixed_at = {}};
  const Knowledge fixed{.observed = observed, .fixed_at = 2012};
  constexpr YearSpan kAll{2007, 2015};
  constexpr YearSpan kHeldOut{2013, 2015};
  const auto ard = [&](const Forecast& forecast, YearSpan period, Quantity of) {
    return *score(forecast, observed, period, of).ard;
  };
  const auto near = [](double value) { return Approx(value).margin(0.0051); };
  for (const Forecast& last : {persistence(rolling, kAll), share_persistence(rolling, kAll)}) {
    CHECK(ard(last, kAll, Quantity::kShares) == near(0.63));
    CHECK(ard(last, kHeldOut, Quantity::kShares) == near(0.85));
  }
  CHECK(ard(persistence(rolling, kAll), kAll, Quantity::kCounts) == near(1.45));
  CHECK(ard(persistence(rolling, kAll), kHeldOut, Quantity::kCounts) == near(2.39));
  CHECK(ard(share_persistence(fixed, kHeldOut), kHeldOut, Quantity::kShares) == near(1.57));
  CHECK(ard(equal_shares(rolling, kAll), kAll, Quantity::kShares) == near(1.29));
}
