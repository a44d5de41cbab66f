#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "support/samples.h"

/// Tests of drawn samples. Seeds are fixed, so a test either always passes or always fails; each
/// limit below is one that a correct sampler would exceed for one seed in a million or fewer.

/// Two-sided normal quantile of that significance.
inline constexpr double kSigmas = 5.0;

/// Mean and variance of a sample.
struct Moments {
  double mean = 0.0;
  double variance = 0.0;
};

inline Moments moments(const std::vector<double>& sample) {
  Moments result;
  for (const double x : sample) result.mean += x;
  result.mean /= static_cast<double>(sample.size());
  for (const double x : sample) result.variance += (x - result.mean) * (x - result.mean);
  result.variance /= static_cast<double>(sample.size() - 1);
  return result;
}

/// How far the mean of `size` draws of this variance may lie from its expectation.
inline double mean_tolerance(double variance, std::size_t size) {
  return kSigmas * std::sqrt(variance / static_cast<double>(size));
}

/// How far the variance of `size` draws may lie from its expectation, `fourth` being the fourth
/// central moment.
inline double variance_tolerance(double variance, double fourth, std::size_t size) {
  return kSigmas * std::sqrt((fourth - variance * variance) / static_cast<double>(size));
}

/// Whether `hits` of `trials` agree with the chance `p`; at 0 and 1 there is no room at all.
inline bool agrees(std::size_t hits, std::size_t trials, double p) {
  const double n = static_cast<double>(trials);
  const double room = p == 0.0 || p == 1.0 ? 0.0 : kSigmas * std::sqrt(n * p * (1.0 - p)) + 0.5;
  return std::abs(static_cast<double>(hits) - n * p) <= room;
}

/// Largest distance between the sample's distribution and a continuous one, in units of its limit
/// (Kolmogorov): below 1 if they agree.
template <class Cdf>
double kolmogorov_excess(std::vector<double> sample, Cdf cdf) {
  std::sort(sample.begin(), sample.end());
  const double n = static_cast<double>(sample.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double p = cdf(sample[i]);
    distance =
        std::max({distance, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
  }
  return distance / std::sqrt(0.5 * std::log(2e6) / n);
}

/// Chi-square of counts against expectations, in units of its limit: below 1 if they agree. Cells
/// that expect fewer than ten are joined with the next.
inline double chi_square_excess(const std::vector<double>& counts,
                                const std::vector<double>& expected) {
  double sum = 0.0;
  int cells = 0;
  double count = 0.0;
  double expectation = 0.0;
  double left = 0.0;
  for (const double e : expected) left += e;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    count += counts[i];
    expectation += expected[i];
    left -= expected[i];
    if (i + 1 < counts.size() && (expectation < 10.0 || left < 10.0)) continue;
    sum += (count - expectation) * (count - expectation) / expectation;
    ++cells;
    count = expectation = 0.0;
  }
  const double freedom = std::max(1, cells - 1);
  // Wilson and Hilferty's quantile for one in a million.
  const double spread = 2.0 / (9.0 * freedom);
  const double root = 1.0 - spread + 4.753 * std::sqrt(spread);
  return sum / (freedom * root * root * root);
}

/// Whether two independent sets of counts can be of one distribution: chi-square in units of its
/// limit. `scale` is the size of the first sample over that of the second.
inline double homogeneity_excess(const std::vector<double>& first,
                                 const std::vector<double>& second, double scale) {
  double sum = 0.0;
  double cells = 0.0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i] + second[i] < 20.0) continue;
    const double difference = first[i] - scale * second[i];
    sum += difference * difference / (first[i] + scale * scale * second[i]);
    cells += 1.0;
  }
  const double spread = 2.0 / (9.0 * std::max(1.0, cells));
  const double root = 1.0 - spread + 4.753 * std::sqrt(spread);
  return sum / (std::max(1.0, cells) * root * root * root);
}
