#pragma once

#include <cmath>
#include <cstdint>
#include <span>

#include "core/elementary.h"
#include "core/random.h"

/// Exact samplers: each turns uniform numbers in (0, 1) into a draw of a named distribution.
namespace onward {

/// Standard exponential (mean 1).
inline double exponential(double u) { return -exact_log(u); }

/// Standard Gumbel (location 0, scale 1, mean 0.5772).
inline double gumbel(double u) { return -exact_log(-exact_log(u)); }

/// Standard normal from two uniforms (Box and Muller 1958, cosine branch).
inline double normal(double u, double v) {
  // cos(2 pi v) = sin(pi (1/2 + 2 v)), folded into [0, 1] where our sine is defined.
  const double t = 0.5 + 2.0 * v;
  const double folded = t > 2.0 ? t - 2.0 : (t > 1.0 ? t - 1.0 : t);
  const double sign = t > 1.0 && t <= 2.0 ? -1.0 : 1.0;
  return std::sqrt(-2.0 * exact_log(u)) * sign * exact_sin_pi(folded);
}

/// Logarithm of a positive-stable variable S of index `alpha` in (0, 1], whose Laplace transform
/// is exp(-t^alpha) (Kanter 1975). At alpha = 1, S is the constant 1. Errors: alpha outside (0, 1].
double log_positive_stable(double alpha, double u, double v);

/// Log-normal of median `median` and log standard deviation `spread`, from a standard normal draw.
inline double log_normal(double median, double spread, double normal_draw) {
  return spread == 0.0 ? median : median * exact_exp(spread * normal_draw);
}

/// Number of failures before the first success, success probability `p` in (0, 1].
std::uint64_t geometric(double p, double u);

/// Number of successes of `n` trials with probability `p` in [0, 1]; takes time n * min(p, 1 - p).
std::uint64_t binomial(std::uint64_t n, double p, DrawSequence& draws);

/// Poisson count of mean `mean` >= 0; takes time proportional to the mean.
std::uint64_t poisson(double mean, DrawSequence& draws);

/// Gamma with the given shape > 0 and scale 1 (Marsaglia and Tsang 2000, by rejection).
double gamma(double shape, DrawSequence& draws);

/// Index drawn in proportion to `weights`, all finite and non-negative with a positive sum.
std::size_t categorical(std::span<const double> weights, double u);

}  // namespace onward
