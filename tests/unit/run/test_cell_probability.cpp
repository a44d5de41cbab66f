#include "run/cell_probability.h"

#include <cmath>

#include "catch.h"

using namespace onward;

namespace {

ObservedCount cell(double lower, double upper) {
  return {.year = 2001, .place = PlaceId{0}, .count = upper, .lower = lower, .upper = upper};
}

/// What the draw that knows little adds: geometric with this mean.
double geometric(double mean, double lower, double upper) {
  double sum = 0.0;
  for (double k = lower; k <= upper; ++k)
    sum += 1.0 / (1.0 + mean) * std::pow(mean / (1.0 + mean), k);
  return sum;
}

}  // namespace

TEST_CASE("without noise the probability is the share of draws, and one more draw", "[scores]") {
  const std::vector<double> claims{0, 0, 3, 7};  // mean 2.5
  const std::vector<ObservationNoise> noise(4);
  CHECK(draws_probability(claims, noise, cell(0, 0)) == Approx((2.0 + geometric(3.5, 0, 0)) / 5.0));
  CHECK(draws_probability(claims, noise, cell(1, 5)) == Approx((1.0 + geometric(3.5, 1, 5)) / 5.0));
  CHECK(draws_probability(claims, noise, cell(7, 7)) == Approx((1.0 + geometric(3.5, 7, 7)) / 5.0));
  CHECK(draws_probability(claims, noise, cell(100, 100)) > 0.0);
}

TEST_CASE("noise of variance 1 is exponential: closed form", "[scores]") {
  const std::vector<double> claims{10, 0};
  const std::vector<ObservationNoise> noise(2, {.factor = 2.0, .variance = 1.0});
  // A count is seen as k if it is from k - 0.5 to k + 0.5; its mean is 20.
  const double thirty = std::exp(-29.5 / 20.0) - std::exp(-30.5 / 20.0);
  CHECK(draws_probability(claims, noise, cell(30, 30)) ==
        Approx((thirty + geometric(11.0, 30, 30)) / 3.0));
  const double zero = 1.0 - std::exp(-0.5 / 20.0) + 1.0;  // the other draw is surely nothing
  CHECK(draws_probability(claims, noise, cell(0, 0)) ==
        Approx((zero + geometric(11.0, 0, 0)) / 3.0));
  const double few = std::exp(-0.5 / 20.0) - std::exp(-5.5 / 20.0);
  CHECK(draws_probability(claims, noise, cell(1, 5)) ==
        Approx((few + geometric(11.0, 1, 5)) / 3.0));
}

TEST_CASE("draws are weighed by the observation model of their own world", "[scores]") {
  const std::vector<double> claims{10, 10};
  const std::vector<ObservationNoise> noise{{.factor = 1.0}, {.factor = 3.0}};
  CHECK(draws_probability(claims, noise, cell(30, 30)) ==
        Approx((1.0 + geometric(21.0, 30, 30)) / 3.0));
}

TEST_CASE("the probabilities of all cells sum to one", "[scores]") {
  const std::vector<double> claims{0, 3, 12};
  const std::vector<ObservationNoise> noise(3, {.factor = 1.0, .variance = 0.3});
  double draws = 0.0;
  double naive = 0.0;
  for (int count = 0; count <= 2000; ++count) {
    draws += draws_probability(claims, noise, cell(count, count));
    naive += negative_binomial_probability(7.0, 0.5, cell(count, count));
  }
  CHECK(draws == Approx(1.0));
  CHECK(naive == Approx(1.0));
}

TEST_CASE("the negative binomial of size 1 is geometric", "[scores]") {
  CHECK(negative_binomial_probability(4.0, 1.0, cell(0, 0)) == Approx(geometric(4.0, 0, 0)));
  CHECK(negative_binomial_probability(4.0, 1.0, cell(9, 9)) == Approx(geometric(4.0, 9, 9)));
  CHECK(negative_binomial_probability(4.0, 1.0, cell(1, 5)) == Approx(geometric(4.0, 1, 5)));
  // Size 2, mean 2: P(1) = 2 * (1/2)^2 * (1/2).
  CHECK(negative_binomial_probability(2.0, 2.0, cell(1, 1)) == Approx(0.25));
}
