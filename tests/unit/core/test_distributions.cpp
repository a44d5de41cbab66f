#include "core/distributions.h"

#include <cmath>
#include <functional>
#include <vector>

#include "catch.h"
#include "support/aborts.h"
#include "support/statistics.h"

using namespace onward;

namespace {

const RunKey kRun = run_key(2, 0);

/// A sample of a function of two uniform numbers.
std::vector<double> sample_of(std::size_t size, std::uint8_t purpose,
                              const std::function<double(double, double)>& sampler) {
  std::vector<double> sample;
  for (std::size_t i = 0; i < size; ++i) {
    const Block block = draw(kRun, Entity{i}, purpose);
    sample.push_back(sampler(first_uniform(block), second_uniform(block)));
  }
  return sample;
}

/// Counts 0, 1, ... up to the last cell, which takes all larger ones.
std::vector<double> counts_of(std::size_t size, std::size_t cells, std::uint8_t purpose,
                              const std::function<std::uint64_t(DrawSequence&)>& sampler) {
  std::vector<double> counts(cells, 0.0);
  for (std::size_t i = 0; i < size; ++i) {
    DrawSequence draws(kRun, Entity{i}, purpose);
    counts[std::min<std::uint64_t>(sampler(draws), cells - 1)] += 1.0;
  }
  return counts;
}

double binomial_chance(int n, int k, double p) {
  const double ways = std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1));
  return ways * std::pow(p, k) * std::pow(1.0 - p, n - k);
}

}  // namespace

TEST_CASE("Exponential draws have the exponential distribution") {
  const std::size_t size = sample_size(300'000);
  const auto sample = sample_of(size, 1, [](double u, double) { return exponential(u); });
  CHECK(kolmogorov_excess(sample, [](double x) { return 1.0 - std::exp(-x); }) < 1.0);
  CHECK(std::abs(moments(sample).mean - 1.0) < mean_tolerance(1.0, size));
  CHECK(std::abs(moments(sample).variance - 1.0) < variance_tolerance(1.0, 9.0, size));
}

TEST_CASE("Gumbel draws have the Gumbel distribution") {
  const std::size_t size = sample_size(300'000);
  const auto sample = sample_of(size, 2, [](double u, double) { return gumbel(u); });
  const double variance = kPi * kPi / 6.0;
  CHECK(kolmogorov_excess(sample, [](double x) { return std::exp(-std::exp(-x)); }) < 1.0);
  CHECK(std::abs(moments(sample).mean - 0.57721566490153286) < mean_tolerance(variance, size));
  CHECK(std::abs(moments(sample).variance - variance) <
        variance_tolerance(variance, 5.4 * variance * variance, size));
}

TEST_CASE("Normal draws have the normal distribution") {
  const std::size_t size = sample_size(300'000);
  const auto sample = sample_of(size, 3, normal);
  CHECK(kolmogorov_excess(sample, [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }) <
        1.0);
  CHECK(std::abs(moments(sample).mean) < mean_tolerance(1.0, size));
  CHECK(std::abs(moments(sample).variance - 1.0) < variance_tolerance(1.0, 3.0, size));
}

TEST_CASE("The normal is the cosine branch of Box and Muller") {
  for (const double u : {0.01, 0.3, 0.99}) {
    for (const double v : {0.001, 0.2, 0.25, 0.5, 0.7, 0.75, 0.999}) {
      const double truth = std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::acos(-1.0) * v);
      CHECK(normal(u, v) == Approx(truth).margin(1e-14));
    }
  }
}

TEST_CASE("Positive-stable draws have the Laplace transform exp(-t^alpha)") {
  const std::size_t size = sample_size(300'000);
  for (const double alpha : {0.05, 0.3, 0.755, 1.0}) {
    const auto logs = sample_of(
        size, 4, [alpha](double u, double v) { return log_positive_stable(alpha, u, v); });
    for (const double t : {0.01, 0.3, 1.0, 3.0}) {
      double sum = 0.0;
      double squares = 0.0;
      for (const double log_s : logs) {
        const double value = std::exp(-t * std::exp(std::min(log_s, 700.0)));
        sum += value;
        squares += value * value;
      }
      const double n = static_cast<double>(size);
      const double variance = std::max(squares / n - sum / n * (sum / n), 0.0);
      CAPTURE(alpha, t);
      CHECK(std::abs(sum / n - std::exp(-std::pow(t, alpha))) <
            mean_tolerance(variance, size) + 1e-9);
    }
  }
}

TEST_CASE("The logarithm of a positive-stable variable has the known mean") {
  // E log S = gamma (1 / alpha - 1), Euler's gamma; variance pi^2 / 6 (1 / alpha^2 - 1).
  const std::size_t size = sample_size(300'000);
  for (const double alpha : {0.05, 0.3, 0.755}) {
    const auto logs = sample_of(
        size, 5, [alpha](double u, double v) { return log_positive_stable(alpha, u, v); });
    const double variance = kPi * kPi / 6.0 * (1.0 / (alpha * alpha) - 1.0);
    CAPTURE(alpha);
    CHECK(std::abs(moments(logs).mean - 0.57721566490153286 * (1.0 / alpha - 1.0)) <
          mean_tolerance(variance, size));
    CHECK(moments(logs).variance ==
          Approx(variance).epsilon(15.0 / std::sqrt(static_cast<double>(size))));
  }
}

TEST_CASE("At index 1/2 the positive-stable distribution is Levy's") {
  const std::size_t size = sample_size(300'000);
  const auto logs =
      sample_of(size, 6, [](double u, double v) { return log_positive_stable(0.5, u, v); });
  // Laplace transform exp(-sqrt t): S = 1 / (2 Z^2) with Z standard normal.
  const auto levy = [](double log_s) { return std::erfc(0.5 * std::exp(-0.5 * log_s)); };
  CHECK(kolmogorov_excess(logs, levy) < 1.0);
}

TEST_CASE("Logarithms of positive-stable variables stay finite at the ends of the unit interval") {
  for (const double alpha : {0.05, 0.5, 0.999}) {
    for (const double u : {0x1p-53, 0.5, 1.0 - 0x1p-53}) {
      for (const double v : {0x1p-53, 0.5, 1.0 - 0x1p-53}) {
        CAPTURE(alpha, u, v);
        CHECK(std::isfinite(log_positive_stable(alpha, u, v)));
      }
    }
  }
  CHECK(ending_of([] { log_positive_stable(0.0, 0.5, 0.5); }).aborted);
  CHECK(ending_of([] { log_positive_stable(1.5, 0.5, 0.5); }).aborted);
}

TEST_CASE("Geometric draws count the failures before the first success") {
  const std::size_t size = sample_size(200'000);
  for (const double p : {0.02, 0.3, 0.9}) {
    const std::size_t cells = p < 0.1 ? 200 : 15;
    const auto counts =
        counts_of(size, cells, 7, [p](DrawSequence& draws) { return geometric(p, draws.next()); });
    std::vector<double> expected;
    for (std::size_t k = 0; k + 1 < cells; ++k) {
      expected.push_back(static_cast<double>(size) * p * std::pow(1.0 - p, static_cast<double>(k)));
    }
    expected.push_back(static_cast<double>(size) *
                       std::pow(1.0 - p, static_cast<double>(cells - 1)));
    CAPTURE(p);
    CHECK(chi_square_excess(counts, expected) < 1.0);
  }
}

TEST_CASE("Geometric draws at the ends of their range") {
  for (const double u : {0x1p-53, 0.5, 1.0 - 0x1p-53}) CHECK(geometric(1.0, u) == 0);
  CHECK(geometric(1e-300, 0.5) == static_cast<std::uint64_t>(9e18));
  CHECK(geometric(0.5, 0.51) == 0);
  CHECK(geometric(0.5, 0.49) == 1);
  CHECK(geometric(0.5, 0.26) == 1);
  CHECK(geometric(0.5, 0.24) == 2);
  CHECK(ending_of([] { geometric(0.0, 0.5); }).aborted);
}

TEST_CASE("Binomial draws have the binomial distribution in small cases") {
  const std::size_t size = sample_size(200'000);
  for (const int n : {1, 2, 5, 12}) {
    for (const double p : {0.03, 0.4, 0.5, 0.85}) {
      const auto cells = static_cast<std::size_t>(n + 1);
      const auto counts = counts_of(size, cells, 8, [n, p](DrawSequence& draws) {
        return binomial(static_cast<std::uint64_t>(n), p, draws);
      });
      std::vector<double> expected;
      for (int k = 0; k <= n; ++k)
        expected.push_back(static_cast<double>(size) * binomial_chance(n, k, p));
      CAPTURE(n, p);
      CHECK(chi_square_excess(counts, expected) < 1.0);
    }
  }
}

TEST_CASE("Binomial draws at the ends of their range") {
  for (std::size_t i = 0; i < 100; ++i) {
    DrawSequence draws(kRun, Entity{i}, 9);
    CHECK(binomial(0, 0.5, draws) == 0);
    CHECK(binomial(7, 0.0, draws) == 0);
    CHECK(binomial(7, 1.0, draws) == 7);
    CHECK(binomial(1'000'000'000, 1e-300, draws) == 0);
    CHECK(binomial(3, 0.5, draws) <= 3);
  }
}

TEST_CASE("Binomial draws of many trials have the right mean and variance") {
  const std::size_t size = sample_size(50'000);
  std::vector<double> sample;
  for (std::size_t i = 0; i < size; ++i) {
    DrawSequence draws(kRun, Entity{i}, 10);
    sample.push_back(static_cast<double>(binomial(100'000, 1e-4, draws)));
  }
  const double variance = 10.0 * (1.0 - 1e-4);
  CHECK(std::abs(moments(sample).mean - 10.0) < mean_tolerance(variance, size));
  CHECK(std::abs(moments(sample).variance - variance) <
        variance_tolerance(variance, 3.1 * variance * variance, size));
}

TEST_CASE("Poisson draws have the Poisson distribution") {
  const std::size_t size = sample_size(200'000);
  for (const double mean : {0.1, 1.0, 7.5}) {
    const std::size_t cells = 30;
    const auto counts =
        counts_of(size, cells, 11, [mean](DrawSequence& draws) { return poisson(mean, draws); });
    std::vector<double> expected;
    double chance = std::exp(-mean);
    double rest = 1.0;
    for (std::size_t k = 0; k + 1 < cells; ++k) {
      expected.push_back(static_cast<double>(size) * chance);
      rest -= chance;
      chance *= mean / static_cast<double>(k + 1);
    }
    expected.push_back(static_cast<double>(size) * std::max(rest, 0.0));
    CAPTURE(mean);
    CHECK(chi_square_excess(counts, expected) < 1.0);
  }
  DrawSequence draws(kRun, Entity{1}, 11);
  CHECK(poisson(0.0, draws) == 0);
}

TEST_CASE("Gamma draws have the right mean and variance") {
  const std::size_t size = sample_size(200'000);
  for (const double shape : {0.1, 0.7, 1.0, 2.5, 40.0}) {
    std::vector<double> sample;
    for (std::size_t i = 0; i < size; ++i) {
      DrawSequence draws(kRun, Entity{i}, 12);
      sample.push_back(onward::gamma(shape, draws));
    }
    const double fourth = 3.0 * shape * shape + 6.0 * shape;
    CAPTURE(shape);
    CHECK(std::abs(moments(sample).mean - shape) < mean_tolerance(shape, size));
    CHECK(std::abs(moments(sample).variance - shape) < variance_tolerance(shape, fourth, size));
    CHECK(*std::min_element(sample.begin(), sample.end()) >= 0.0);
  }
}

TEST_CASE("Gamma draws of whole and half shapes have the known distributions") {
  const std::size_t size = sample_size(200'000);
  const auto drawn = [&](double shape, std::uint8_t purpose) {
    std::vector<double> sample;
    for (std::size_t i = 0; i < size; ++i) {
      DrawSequence draws(kRun, Entity{i}, purpose);
      sample.push_back(onward::gamma(shape, draws));
    }
    return sample;
  };
  CHECK(kolmogorov_excess(drawn(0.5, 13), [](double x) { return std::erf(std::sqrt(x)); }) < 1.0);
  CHECK(kolmogorov_excess(drawn(1.0, 14), [](double x) { return 1.0 - std::exp(-x); }) < 1.0);
  CHECK(kolmogorov_excess(drawn(3.0, 15),
                          [](double x) { return 1.0 - std::exp(-x) * (1 + x + x * x / 2); }) < 1.0);
}

TEST_CASE("A category is drawn in proportion to its weight") {
  const std::vector<double> weights{2.0, 0.0, 5.0, 1.0};
  const std::size_t size = sample_size(200'000);
  const auto counts = counts_of(size, weights.size(), 16, [&](DrawSequence& draws) {
    return categorical(weights, draws.next());
  });
  CHECK(counts[1] == 0.0);
  const double n = static_cast<double>(size);
  CHECK(chi_square_excess({counts[0], counts[2], counts[3]}, {n * 0.25, n * 0.625, n * 0.125}) <
        1.0);
}

TEST_CASE("Categories without weight are never drawn, at the ends neither") {
  const std::vector<double> weights{0.0, 0.1, 0.2, 0.7, 0.0};
  CHECK(categorical(weights, 0x1p-53) == 1);
  CHECK(categorical(weights, 1.0 - 0x1p-53) == 3);
  CHECK(categorical(weights, 0.11) == 2);
  CHECK(ending_of([] { categorical(std::vector<double>{0.0, 0.0}, 0.5); }).aborted);
  CHECK(ending_of([] { categorical(std::vector<double>{1.0, -1.0}, 0.5); }).aborted);
}
