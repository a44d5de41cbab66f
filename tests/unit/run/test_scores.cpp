#include "run/scores.h"

#include <cmath>
#include <limits>

#include "catch.h"
#include "support/aborts.h"
#include "support/observed_world.h"

using namespace onward;
using namespace onward::small;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// A forecast of the years of `observed` that says nothing yet.
Forecast empty_forecast(const ObservedTable& observed) {
  const YearSpan years = observed.years();
  return {.name = "test",
          .origin = "",
          .mean = YearGrid<double>(years, 2),
          .draws = YearGrid<std::vector<double>>(years, 2),
          .log_probability = YearGrid<double>(years, 2, kNone)};
}

}  // namespace

TEST_CASE("the fair CRPS of an ensemble, by hand", "[scores]") {
  // Distances to 3 are 2, 0 and 3, their mean 5/3; pairs of draws are 2, 5 and 3 apart, and half
  // the mean distance of two different draws is (2 + 5 + 3) / 3 / 2 = 5/3.
  CHECK(fair_crps({1.0, 3.0, 6.0}, 3.0) == Approx(0.0).margin(1e-12));
  // Distances to 10 are 9, 7 and 4.
  CHECK(fair_crps({6.0, 1.0, 3.0}, 10.0) == Approx(20.0 / 3.0 - 5.0 / 3.0));
  CHECK(fair_crps({4.0, 4.0}, 7.0) == 3.0);
  CHECK(fair_crps({4.0}, 7.0) == 3.0);
  CHECK(ending_of([] { fair_crps({}, 1.0); }).aborted);
}

TEST_CASE("a central interval covers its ends", "[scores]") {
  const std::vector<double> draws{0.0, 1.0, 2.0, 3.0, 4.0};  // 25 % is 1, 75 % is 3
  CHECK(is_covered(draws, 1.0, 0.5));
  CHECK(is_covered(draws, 3.0, 0.5));
  CHECK_FALSE(is_covered(draws, 0.9, 0.5));
  CHECK_FALSE(is_covered(draws, 3.1, 0.5));
  CHECK(is_covered(draws, 3.1, 0.9));
  CHECK(is_covered({0.0, 0.0}, 0.0, 0.9));
  CHECK_FALSE(is_covered({0.0, 0.0}, 5.0, 0.9));
}

TEST_CASE("ARD is the mean over years of differences over the year's claims", "[scores]") {
  const World world(observed_scenario({{10, 30}, {20, 0}}));
  const ObservedTable observed(world);
  const YearlyCounts forecast = [](int year, std::size_t d) {
    return d == kFirst ? 20.0 : (year == 2001 ? 20.0 : 60.0);
  };
  // 2001: |20 - 10| + |20 - 30| of 40; 2002: |20 - 20| + 60 of 20.
  CHECK(*averaged_relative_difference(forecast, observed, {2001, 2002}, Quantity::kCounts) ==
        Approx(0.5 * (0.5 + 3.0)));
  // Shares 0.5 and 0.5 against 0.25 and 0.75; 0.25 and 0.75 against 1 and 0.
  CHECK(*averaged_relative_difference(forecast, observed, {2001, 2002}, Quantity::kShares) ==
        Approx(0.5 * (0.5 + 1.5)));
  CHECK(*averaged_relative_difference(forecast, observed, {2002, 2002}, Quantity::kCounts) ==
        Approx(3.0));
}

TEST_CASE("missing cells are left out, zero is zero, and years without claims do not count",
          "[scores]") {
  const World world(observed_scenario({{10, -1}, {0, 0}, {4, 0}}));
  const ObservedTable observed(world);
  const YearlyCounts seven = [](int, std::size_t) { return 7.0; };
  // 2001 has alpha alone: 3 of 10. 2002 has no claims. 2003: 3 + 7 of 4.
  CHECK(*averaged_relative_difference(seven, observed, {2001, 2003}, Quantity::kCounts) ==
        Approx(0.5 * (0.3 + 2.5)));
  CHECK(*averaged_relative_difference(seven, observed, {2001, 2001}, Quantity::kShares) ==
        Approx(0.0).margin(1e-12));
  CHECK_FALSE(averaged_relative_difference(seven, observed, {2002, 2002}, Quantity::kCounts));
  CHECK_FALSE(averaged_relative_difference(seven, observed, {2005, 2009}, Quantity::kCounts));
  const YearlyCounts nobody = [](int, std::size_t) { return 0.0; };
  CHECK_FALSE(averaged_relative_difference(nobody, observed, {2003, 2003}, Quantity::kShares));
  CHECK(*averaged_relative_difference(nobody, observed, {2003, 2003}, Quantity::kCounts) == 1.0);
}

TEST_CASE("scores are means over the cells of the period that are not missing", "[scores]") {
  const World world(observed_scenario({{3, -1}, {10, 0}}));
  const ObservedTable observed(world);
  Forecast forecast = empty_forecast(observed);
  forecast.mean.at(2001, kFirst) = 10.0 / 3.0;
  forecast.draws.at(2001, kFirst) = {1.0, 3.0, 6.0};
  forecast.draws.at(2001, kSecond) = {99.0, 99.0, 99.0};  // its cell is missing
  forecast.draws.at(2002, kFirst) = {1.0, 3.0, 6.0};
  forecast.draws.at(2002, kSecond) = {0.0, 0.0, 0.0};
  forecast.log_probability.at(2001, kFirst) = -1.0;
  forecast.log_probability.at(2002, kFirst) = -4.0;
  forecast.log_probability.at(2002, kSecond) = -0.1;
  const Score all = score(forecast, observed, {2001, 2002}, Quantity::kCounts);
  CHECK(*all.log_score == Approx(-5.1 / 3.0));
  CHECK(*all.crps == Approx((0.0 + 5.0 + 0.0) / 3.0));
  CHECK(*all.coverage50 == Approx(2.0 / 3.0));
  CHECK(*all.coverage90 == Approx(2.0 / 3.0));
  const Score early = score(forecast, observed, {2001, 2001}, Quantity::kCounts);
  CHECK(*early.log_score == -1.0);
  CHECK(*early.ard == Approx(1.0 / 9.0));
}

TEST_CASE("shares are normalised within each draw, and draws without claims have none",
          "[scores]") {
  const World world(observed_scenario({{10, 30}}));
  const ObservedTable observed(world);
  Forecast forecast = empty_forecast(observed);
  forecast.mean.at(2001, kFirst) = 5.0;
  forecast.mean.at(2001, kSecond) = 5.0;
  forecast.draws.at(2001, kFirst) = {1.0, 0.0, 30.0};
  forecast.draws.at(2001, kSecond) = {1.0, 0.0, 10.0};
  forecast.log_probability.at(2001, kFirst) = -1.0;
  const Score shares = score(forecast, observed, {2001, 2001}, Quantity::kShares);
  // Alpha's draws are 0.5 and 0.75 for 0.25, so (0.25 + 0.5) / 2 - 0.25 / 2; beta's mirror them.
  CHECK(*shares.crps == Approx(0.25));
  CHECK(*shares.coverage90 == 0.0);
  CHECK(*shares.ard == Approx(0.5));
  CHECK_FALSE(shares.log_score);
}

TEST_CASE("a single number has a CRPS and no spread", "[scores]") {
  const World world(observed_scenario({{10, 30}}));
  const ObservedTable observed(world);
  Forecast forecast = empty_forecast(observed);
  forecast.mean.at(2001, kFirst) = 14.0;
  forecast.mean.at(2001, kSecond) = 28.0;
  const Score counts = score(forecast, observed, {2001, 2001}, Quantity::kCounts);
  CHECK(*counts.crps == 3.0);
  CHECK_FALSE(counts.log_score);
  CHECK_FALSE(counts.coverage50);
  CHECK_FALSE(counts.coverage90);
}
