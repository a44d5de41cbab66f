#include "core/distributions.h"

#include <array>
#include <cmath>

#include "core/vectorise.h"

namespace onward {

namespace {

/// Logarithms of the sines of pi times the first three numbers, and of the fourth number itself.
ONWARD_VECTORISED void logs_of_sines(std::array<double, 4>& numbers) {
  const double last = numbers[3];
  numbers[3] = 0.5;
  for (double& number : numbers) number = exact_sin_pi(number);
  numbers[3] = last;
  for (double& number : numbers) number = exact_log(number);
}

}  // namespace

double log_positive_stable(double alpha, double u, double v) {
  EXPECT(alpha > 0.0 && alpha <= 1.0);
  if (alpha == 1.0) return 0.0;
  const double rest = 1.0 - alpha;
  std::array<double, 4> logs{alpha * u, u, rest * u, exponential(v)};
  logs_of_sines(logs);
  return logs[0] - logs[1] / alpha + rest / alpha * (logs[2] - logs[3]);
}

std::uint64_t geometric(double p, double u) {
  EXPECT(p > 0.0 && p <= 1.0);
  if (p == 1.0) return 0;
  // log(1 - p), by its series where 1 - p would lose digits.
  const double log_failure =
      p < 1e-4 ? -p * (1.0 + p * (0.5 + p * (1.0 / 3.0 + p * 0.25))) : exact_log(1.0 - p);
  const double failures = std::floor(exact_log(u) / log_failure);
  constexpr double kMost = 9e18;
  return static_cast<std::uint64_t>(failures < kMost ? failures : kMost);
}

std::uint64_t binomial(std::uint64_t n, double p, DrawSequence& draws) {
  EXPECT(p >= 0.0 && p <= 1.0);
  if (p > 0.5) return n - binomial(n, 1.0 - p, draws);
  if (p == 0.0) return 0;
  // Jump from success to success: the gaps are geometric.
  std::uint64_t successes = 0;
  std::uint64_t trial = geometric(p, draws.next());
  while (trial < n) {
    ++successes;
    const std::uint64_t gap = geometric(p, draws.next());
    if (gap >= n - trial - 1) break;
    trial += gap + 1;
  }
  return successes;
}

std::uint64_t poisson(double mean, DrawSequence& draws) {
  EXPECT(mean >= 0.0 && std::isfinite(mean));
  // Count arrivals of a unit-rate process before `mean`.
  std::uint64_t count = 0;
  for (double time = exponential(draws.next()); time < mean; time += exponential(draws.next()))
    ++count;
  return count;
}

double gamma(double shape, DrawSequence& draws) {
  EXPECT(shape > 0.0 && std::isfinite(shape));
  if (shape < 1.0) return gamma(shape + 1.0, draws) * exact_exp(exact_log(draws.next()) / shape);
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double first = draws.next();
    const double x = normal(first, draws.next());
    const double cube = (1.0 + c * x) * (1.0 + c * x) * (1.0 + c * x);
    const double u = draws.next();
    if (cube > 0.0 && exact_log(u) < 0.5 * x * x + d - d * cube + d * exact_log(cube))
      return d * cube;
  }
}

std::size_t categorical(std::span<const double> weights, double u) {
  double total = 0.0;
  for (const double weight : weights) {
    EXPECT(weight >= 0.0 && std::isfinite(weight));
    total += weight;
  }
  EXPECT(total > 0.0);
  double left = u * total;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0.0) continue;
    last = i;
    if (left < weights[i]) return i;
    left -= weights[i];
  }
  return last;  // rounding of the running sum
}

}  // namespace onward
