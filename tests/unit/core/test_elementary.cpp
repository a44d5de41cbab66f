#include "core/elementary.h"

#include <cmath>
#include <limits>

#include "catch.h"
#include "core/random.h"
#include "support/samples.h"

using namespace onward;

namespace {

/// A long double is the reference. Where it holds no more than a double (other machines, valgrind),
/// the reference may be wrong in its own last bit, and the limit allows for it.
double reference_error() {
  volatile long double one = 1.0L;
  const long double next = one + static_cast<long double>(0x1p-60);
  return next == one ? 0x1p-53 * 2.0 : 0.0;
}

double relative_error(double value, long double truth) {
  return static_cast<double>(std::abs((static_cast<long double>(value) - truth) / truth));
}

double uniform(std::size_t i, std::uint8_t purpose) {
  return draw_uniform(run_key(5, 0), Entity{i}, purpose);
}

}  // namespace

TEST_CASE("The logarithm is within 4e-16 of the true one") {
  double worst = 0.0;
  const auto try_at = [&](double x) {
    worst = std::max(worst, relative_error(exact_log(x), std::log(static_cast<long double>(x))));
  };
  for (std::size_t i = 0; i < sample_size(200'000); ++i) {
    try_at(uniform(i, 0));
    try_at(0.5 + uniform(i, 1));  // around 1, where the result is small
    try_at(std::ldexp(1.0 + uniform(i, 2), static_cast<int>(i % 2044) - 1022));
  }
  for (const double x : {std::numeric_limits<double>::min(), std::numeric_limits<double>::max(),
                         0x1p-53, 2.0, 0.5, std::nextafter(1.0, 0.0), std::nextafter(1.0, 2.0)}) {
    try_at(x);
  }
  CHECK(worst < 4e-16 + reference_error());
  CHECK(exact_log(1.0) == 0.0);
}

TEST_CASE("The exponential is within 4e-16 of the true one") {
  double worst = 0.0;
  const auto try_at = [&](double x) {
    worst = std::max(worst, relative_error(exact_exp(x), std::exp(static_cast<long double>(x))));
  };
  for (std::size_t i = 0; i < sample_size(200'000); ++i) {
    try_at(1400.0 * uniform(i, 3) - 700.0);
    try_at(4.0 * uniform(i, 4) - 2.0);
    try_at(1e-3 * (uniform(i, 5) - 0.5));
  }
  for (int half = -1400; half <= 1400; ++half) try_at(0.5 * half);
  CHECK(worst < 4e-16 + reference_error());
  CHECK(exact_exp(0.0) == 1.0);
}

TEST_CASE("The exponential is clamped so that its result is normal and finite") {
  CHECK(exact_exp(1e300) == exact_exp(700.0));
  CHECK(exact_exp(-1e300) == exact_exp(-700.0));
  CHECK(std::isnormal(exact_exp(-700.0)));
  CHECK(std::isfinite(exact_exp(std::numeric_limits<double>::infinity())));
}

TEST_CASE("The sine is within 1e-15 of the true one") {
  constexpr long double kLongPi = 3.14159265358979323846264338327950288L;
  double worst = 0.0;
  const auto try_at = [&](double t) {
    const long double folded =
        t > 0.5 ? 1.0L - static_cast<long double>(t) : static_cast<long double>(t);
    worst = std::max(worst, relative_error(exact_sin_pi(t), std::sin(kLongPi * folded)));
  };
  for (std::size_t i = 0; i < sample_size(200'000); ++i) {
    try_at(uniform(i, 6));
    try_at(1e-6 * uniform(i, 7));
    try_at(1.0 - 1e-6 * uniform(i, 8));
  }
  CHECK(worst < 1e-15 + reference_error());
  CHECK(exact_sin_pi(0.0) == 0.0);
  CHECK(exact_sin_pi(1.0) == 0.0);
  CHECK(exact_sin_pi(0.5) == Approx(1.0).epsilon(1e-15));
}

TEST_CASE("The logistic function is that of the logit") {
  CHECK(logistic(0.0) == 0.5);
  for (const double p : {0.001, 0.2, 0.5, 0.86, 0.999})
    CHECK(logistic(std::log(p / (1.0 - p))) == Approx(p));
  CHECK(logistic(1e9) == 1.0);
  CHECK(logistic(-1e9) >= 0.0);
  CHECK(logistic(-1e9) < 1e-300);
}
