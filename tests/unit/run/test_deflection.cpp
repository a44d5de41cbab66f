#include "run/deflection.h"

#include <cmath>

#include "catch.h"

using namespace onward;

namespace {

constexpr CountLayout kLayout{.years = 2, .destinations = 3, .people = 1};
const std::vector<bool> kFirstIsTarget{true, false, false};

/// Claims of both worlds in both years at a target and two other destinations.
std::vector<double> means_of(const double (&base)[2][3], const double (&variant)[2][3]) {
  std::vector<double> means(kLayout.columns(), 0.0);
  for (std::size_t y = 0; y < 2; ++y) {
    for (std::size_t d = 0; d < 3; ++d) {
      means[kLayout.claims(Side::kBase, y, d)] = base[y][d];
      means[kLayout.claims(Side::kVariant, y, d)] = variant[y][d];
    }
  }
  return means;
}

}  // namespace

TEST_CASE("The paired ratio nets gains elsewhere against the base of the same year") {
  const Deflection deflection{kLayout, kFirstIsTarget};
  const auto means = means_of({{9, 9, 9}, {100, 10, 20}}, {{9, 9, 9}, {60, 25, 15}});
  CHECK(deflection.paired(means, 1) == Approx((15.0 - 5.0) / 40.0));
  CHECK(std::isnan(deflection.paired(means, 0)));
}

TEST_CASE("The year-on-year ratio takes gross gains within the variant alone") {
  const Deflection deflection{kLayout, kFirstIsTarget};
  const auto means = means_of({{1, 2, 3}, {4, 5, 6}}, {{80, 10, 20}, {30, 25, 5}});
  CHECK(deflection.year_on_year(means, 1, 0) == Approx(15.0 / 50.0));
  const auto other_base = means_of({{7, 7, 7}, {7, 7, 7}}, {{80, 10, 20}, {30, 25, 5}});
  CHECK(deflection.year_on_year(other_base, 1, 0) == deflection.year_on_year(means, 1, 0));
}

TEST_CASE("A ratio is not defined without a loss or without another destination") {
  const auto gain = means_of({{0, 0, 0}, {10, 10, 10}}, {{0, 0, 0}, {12, 9, 9}});
  CHECK(std::isnan(Deflection{kLayout, kFirstIsTarget}.paired(gain, 1)));
  const std::vector<bool> all(3, true);
  const auto loss = means_of({{0, 0, 0}, {10, 10, 10}}, {{0, 0, 0}, {2, 2, 2}});
  CHECK(std::isnan(Deflection{kLayout, all}.paired(loss, 1)));
  CHECK(std::isnan(Deflection{kLayout, all}.year_on_year(loss, 1, 0)));
}
