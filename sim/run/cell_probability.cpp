#include "run/cell_probability.h"

#include <algorithm>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "core/check.h"

namespace onward {

namespace {

/// The chance that claims times gamma noise of mean 1 is seen as less than `count` persons.
double seen_below(double claims, const ObservationNoise& noise, double count) {
  const double mean = claims * noise.factor;
  const double edge = count - 0.5;  // seen in whole persons
  if (edge <= 0.0) return 0.0;
  if (mean <= 0.0 || noise.variance <= 0.0) return mean < edge ? 1.0 : 0.0;
  return boost::math::gamma_p(1.0 / noise.variance, edge / (mean * noise.variance));
}

/// The chance that a geometric count of this mean is from `lower` to `upper`.
double geometric_probability(double mean, const ObservedCount& cell) {
  const double ratio = mean / (1.0 + mean);
  return std::pow(ratio, cell.lower) - std::pow(ratio, cell.upper + 1.0);
}

}  // namespace

double draws_probability(std::span<const double> claims, std::span<const ObservationNoise> noise,
                         const ObservedCount& cell) {
  EXPECT(!claims.empty() && claims.size() == noise.size());
  double sum = 0.0;
  double mean = 0.0;
  const auto draws = static_cast<double>(claims.size());
  for (std::size_t i = 0; i < claims.size(); ++i) {
    sum += seen_below(claims[i], noise[i], cell.upper + 1.0) -
           seen_below(claims[i], noise[i], cell.lower);
    mean += claims[i] * noise[i].factor / draws;
  }
  return (sum + geometric_probability(mean + 1.0, cell)) / (draws + 1.0);
}

double negative_binomial_probability(double mean, double size, const ObservedCount& cell) {
  const boost::math::negative_binomial distribution(size, size / (size + mean));
  const double upper = boost::math::cdf(distribution, cell.upper);
  const double below = cell.lower > 0.0 ? boost::math::cdf(distribution, cell.lower - 1.0) : 0.0;
  return std::max(upper - below, 0.0);
}

}  // namespace onward
