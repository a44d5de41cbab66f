#include "run/prior_scale.h"

#include <algorithm>
#include <cmath>

#include "catch.h"
#include "model/purpose.h"

using namespace onward;

namespace {

const std::vector<FittedParameter> kParameters{
    {"flat", {}, {PriorKind::kUniform, 1.0, 3.0, 0.0, 1.0}, ""},
    {"plain", {}, {PriorKind::kNormal, -100.0, 100.0, -3.0, 2.0}, ""},
    {"positive", {}, {PriorKind::kLogNormal, 0.0, 1e6, 5.0, 0.7}, ""},
    {"share", {}, {PriorKind::kLogitNormal, 0.0, 1.0, 0.2, 0.5}, ""},
    {"cut", {}, {PriorKind::kNormal, -1.0, 0.5, 0.0, 1.0}, ""}};

/// Values of one parameter over many points, sorted.
std::vector<double> drawn(std::size_t parameter, int count) {
  std::vector<double> values;
  for (int i = 0; i < count; ++i) {
    DrawSequence draws({1, 2}, Entity{static_cast<std::uint64_t>(i)}, purpose::kCalibration);
    values.push_back(from_standard(kParameters, draw_prior(kParameters, draws))[parameter]);
  }
  std::sort(values.begin(), values.end());
  return values;
}

}  // namespace

TEST_CASE("on the standard scale a prior is a standard normal", "[calibration]") {
  for (const FittedParameter& fitted : kParameters) {
    const Prior& prior = fitted.prior;
    if (prior.kind == PriorKind::kUniform) continue;
    CAPTURE(fitted.name);
    for (const double z : {-1.5, -0.25, 0.0, 0.75, 2.0}) {
      const double place = on_prior_scale(prior.kind, from_standard(prior, z));
      CHECK((place - on_prior_scale(prior.kind, prior.middle)) / prior.spread ==
            Approx(z).margin(1e-9));
    }
  }
  // A standard normal's 84.13 % quantile is at 1.
  CHECK(from_standard(kParameters[0].prior, 1.0) == Approx(1.0 + 2.0 * 0.841345).epsilon(1e-6));
  CHECK(from_standard(kParameters[2].prior, 0.0) == Approx(5.0));
  CHECK(from_standard(kParameters[3].prior, 0.0) == Approx(0.2));
  CHECK(from_standard(kParameters[0].prior, 0.0) == Approx(2.0));
}

TEST_CASE("points of the prior have its median and spread and keep its bounds", "[calibration]") {
  constexpr int kCount = 4000;
  const auto median = [](const std::vector<double>& sorted) { return sorted[sorted.size() / 2]; };
  // A sample median lies within 4 standard errors: 4 * 1.2533 * spread / sqrt(4000) = 0.08 spread.
  CHECK(median(drawn(0, kCount)) == Approx(2.0).margin(0.07));
  CHECK(median(drawn(1, kCount)) == Approx(-3.0).margin(0.16));
  CHECK(std::log(median(drawn(2, kCount))) == Approx(std::log(5.0)).margin(0.056));
  const std::vector<double> cut = drawn(4, kCount);
  CHECK(cut.front() >= -1.0);
  CHECK(cut.back() <= 0.5);
  CHECK(cut.front() < -0.95);
}

TEST_CASE("inside means inside every bound", "[calibration]") {
  CHECK(is_inside(kParameters, {0.0, 0.0, 0.0, 0.0, 0.0}));
  CHECK_FALSE(is_inside(kParameters, {0.0, 0.0, 0.0, 0.0, 0.6}));
  CHECK_FALSE(is_inside(kParameters, {0.0, 0.0, 0.0, 0.0, std::nan("")}));
  CHECK(log_prior({1.0, 2.0}) == Approx(-2.5));
}
