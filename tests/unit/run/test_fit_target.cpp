#include "run/fit_target.h"

#include <cmath>

#include "catch.h"
#include "support/small_study.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("the distance is minus the log probability of the cells that are seen and their totals",
          "[calibration]") {
  const CalibrationStudy s = study();
  const FitTarget target(s);
  REQUIRE(target.cells().size() == 6);
  REQUIRE(target.claims_per_run() == 6);
  const std::vector<std::int32_t> claims{20, 3, 24, 0, 16, 1, 18, 2, 20, 0, 10, 1};
  const ObservationNoise noise{.factor = 1.0, .variance = 0.1};
  double expected = 0.0;
  for (std::size_t i = 0; i < 6; ++i) {
    const double of_cell[] = {double(claims[i]), double(claims[6 + i])};
    const ObservationNoise noises[] = {noise, noise};
    expected -= std::log(draws_probability(of_cell, noises, target.cells()[i]));
  }
  // Each year's claims together, with the noise of a sum.
  REQUIRE(target.totals().size() == 3);
  CHECK(target.totals()[0].count.count == 25.0);
  CHECK(target.totals()[0].count.lower == 21.0);
  for (std::size_t y = 0; y < 3; ++y) {
    std::vector<double> sums;
    std::vector<ObservationNoise> noises;
    for (std::size_t r = 0; r < 2; ++r) {
      const double a = claims[r * 6 + y * 2];
      const double b = claims[r * 6 + y * 2 + 1];
      sums.push_back(a + b);
      noises.push_back({1.0, 0.1 * (a * a + b * b) / ((a + b) * (a + b))});
    }
    expected -= std::log(draws_probability(sums, noises, target.totals()[y].count));
  }
  CHECK(target.distance(claims, noise) == Approx(expected));
}

TEST_CASE("a fit does not see what it leaves out nor what comes after it", "[calibration]") {
  CalibrationStudy s = study();
  s.fit = {.years = {2001, 2002}, .leave_out = {{.where = {kBeta}, .years = {2002, 2003}}}};
  CHECK(s.fit.sees(kAlpha, 2002));
  CHECK_FALSE(s.fit.sees(kBeta, 2002));
  CHECK_FALSE(s.fit.sees(kAlpha, 2003));
  const FitTarget before(s);
  CHECK(before.cells().size() == 3);
  CHECK(before.totals().size() == 1);  // of a year with one cell there is none
  // The record of the cells that are not seen may say anything.
  for (ObservedCount& cell : s.scenario.observed) {
    if (!s.fit.sees(cell.place, cell.year)) cell.count = cell.lower = cell.upper = 777;
  }
  const FitTarget after(s);
  const std::vector<std::int32_t> claims{20, 3, 24, 0};
  CHECK(before.distance(claims, {1.0, 0.1}) == after.distance(claims, {1.0, 0.1}));
}
