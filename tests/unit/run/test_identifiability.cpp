#include "run/identifiability.h"

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "catch.h"
#include "core/elementary.h"
#include "run/prior_scale.h"
#include "support/sample_posterior.h"

using namespace onward;
using namespace onward::small;

namespace {

constexpr double kFar = 1e6;

Prior normal(double low, double high, double middle = 0.0, double spread = 1.0) {
  return {PriorKind::kNormal, low, high, middle, spread};
}

/// Draws evenly spread over (0, 1), by position.
double even(std::size_t i, std::size_t count) {
  return (static_cast<double>(i) + 0.5) / static_cast<double>(count);
}

/// A posterior of two parameters with uniform priors on (0, 1), whose draws `value_of` gives.
template <class ValueOf>
Posterior uniform_posterior(std::size_t count, ValueOf value_of) {
  Posterior result = posterior();
  for (FittedParameter& parameter : result.parameters)
    parameter.prior = {.kind = PriorKind::kUniform, .low = 0.0, .high = 1.0};
  result.draws.clear();
  for (std::size_t i = 0; i < count; ++i) result.draws.push_back(value_of(i));
  return result;
}

}  // namespace

TEST_CASE("the spread of a prior is that of the distribution as it is cut off",
          "[identifiability]") {
  CHECK(prior_sd({.kind = PriorKind::kUniform, .low = 1.0, .high = 4.0}) ==
        Approx(std::sqrt(0.75)).epsilon(1e-12));
  CHECK(prior_sd(normal(-kFar, kFar, 3.0, 2.0)) == Approx(2.0).epsilon(1e-9));
  // The half-normal distribution has the variance 1 - 2 / pi.
  const double half = std::sqrt(1.0 - 2.0 / std::numbers::pi);
  CHECK(prior_sd(normal(0.0, kFar)) == Approx(half).epsilon(1e-5));
  CHECK(prior_sd(normal(-kFar, 0.0)) == Approx(half).epsilon(1e-5));
  // Between bounds that are close together it is nearly uniform, also far out.
  CHECK(prior_sd(normal(-0.01, 0.01)) == Approx(0.02 / std::sqrt(12.0)).epsilon(1e-4));
  CHECK(prior_sd(normal(40.0, 40.0001)) == Approx(0.0001 / std::sqrt(12.0)).epsilon(1e-4));
  // Far out in the tail it is nearly exponential, with the rate of the bound.
  CHECK(prior_sd(normal(100.0, kFar)) == Approx(0.01).epsilon(1e-3));
}

TEST_CASE("a prior of a log or a logit is spread on that scale, whatever its unit",
          "[identifiability]") {
  CHECK(prior_sd({PriorKind::kLogNormal, 0.0, kFar, 0.02, 0.5}) == Approx(0.5).epsilon(1e-9));
  CHECK(prior_sd({PriorKind::kLogitNormal, 0.0, 1.0, 0.3, 0.7}) == Approx(0.7).epsilon(1e-9));
  const double half = 0.5 * std::sqrt(1.0 - 2.0 / std::numbers::pi);
  CHECK(prior_sd({PriorKind::kLogNormal, 0.02, kFar, 0.02, 0.5}) == Approx(half).epsilon(1e-5));
  CHECK(on_prior_scale(PriorKind::kLogitNormal, 0.5) == 0.0);
  CHECK(on_prior_scale(PriorKind::kNormal, 0.25) == 0.25);
}

TEST_CASE("a posterior that is its prior says nothing, a narrow one identifies",
          "[identifiability]") {
  constexpr std::size_t kCount = 1000;
  const Posterior same = uniform_posterior(kCount, [](std::size_t i) {
    return std::vector<double>{even(i, kCount), even(i * 7 % kCount, kCount)};
  });
  CHECK(std::fabs(contraction_of(same, 0).contraction) < 0.01);
  CHECK(contraction_of(same, 0).verdict == Verdict::kNotIdentified);
  CHECK(identify(same).correlations.empty());

  // Of a third of the width, variance is a ninth; of 0.85 of it, 0.72.
  const Posterior narrow = uniform_posterior(kCount, [](std::size_t i) {
    return std::vector<double>{0.3 + even(i, kCount) / 3.0, 0.85 * even(i * 7 % kCount, kCount)};
  });
  const Contraction first = contraction_of(narrow, 0);
  CHECK(first.contraction == Approx(8.0 / 9.0).margin(0.001));
  CHECK(first.verdict == Verdict::kIdentified);
  CHECK(first.posterior_low == Approx(0.3 + 0.05 / 3.0).margin(0.001));
  CHECK(first.posterior_high == Approx(0.3 + 0.95 / 3.0).margin(0.001));
  CHECK(contraction_of(narrow, 1).verdict == Verdict::kWeakly);
}

TEST_CASE("what is narrow by the search alone is not identified", "[identifiability]") {
  constexpr std::size_t kCount = 401;
  Posterior narrow = uniform_posterior(kCount, [](std::size_t i) {
    return std::vector<double>{0.3 + even(i, kCount) / 3.0,
                               0.3 + even(i * 7 % kCount, kCount) / 3.0};
  });
  CHECK(std::isnan(contraction_of(narrow, 0).recovered));
  narrow.recovered = {0.2, 0.19};
  CHECK(contraction_of(narrow, 0).verdict == Verdict::kIdentified);
  CHECK(contraction_of(narrow, 1).verdict == Verdict::kNotIdentified);
  CHECK(contraction_of(narrow, 1).recovered == 0.19);
}

TEST_CASE("draws of a log-normal prior are compared by their logs", "[identifiability]") {
  Posterior sample = posterior();
  sample.draws.clear();
  std::mt19937 random(7);
  const auto nearly_normal = [&random] {  // mean 0 and variance 1
    double sum = -6.0;
    for (int i = 0; i < 12; ++i) sum += static_cast<double>(random()) / 4294967296.0;
    return sum;
  };
  for (std::size_t i = 0; i < 4000; ++i)
    sample.draws.push_back({0.02 * exact_exp(0.5 * nearly_normal()), 0.1});
  const Contraction result = contraction_of(sample, 0);
  CHECK(result.verdict == Verdict::kNotIdentified);
  CHECK(std::fabs(result.contraction) < 0.12);  // five standard errors of the variance
}

TEST_CASE("parameters that are known only together are named, largest first", "[identifiability]") {
  constexpr std::size_t kCount = 101;
  const Posterior opposed = uniform_posterior(kCount, [](std::size_t i) {
    return std::vector<double>{even(i, kCount), 1.0 - even(i, kCount)};
  });
  const Identifiability result = identify(opposed);
  REQUIRE(result.correlations.size() == 1);
  CHECK(result.correlations[0].first == "attention.base");
  CHECK(result.correlations[0].second == "attraction");
  CHECK(result.correlations[0].correlation == Approx(-1.0).epsilon(1e-9));
}

TEST_CASE("few draws give no verdict, and one draw no spread", "[identifiability]") {
  const Identifiability few = identify(posterior());
  for (const Contraction& parameter : few.parameters)
    CHECK(parameter.verdict == Verdict::kTooFewDraws);
  CHECK(few.correlations.empty());
  Posterior one = posterior();
  one.draws.resize(1);
  CHECK(std::isnan(contraction_of(one, 0).contraction));
  CHECK(contraction_of(one, 0).verdict == Verdict::kTooFewDraws);
}
