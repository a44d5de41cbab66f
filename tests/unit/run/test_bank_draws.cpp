#include "run/bank_draws.h"

#include <cmath>

#include "catch.h"

using namespace onward;

namespace {

std::vector<FittedParameter> two(double low) {
  const Prior prior{PriorKind::kNormal, low, 100.0, 0.0, 1.0};
  return {{"x", {}, prior, ""}, {"y", {}, prior, ""}};
}

BankRegion region_at(double x, double y) {
  BankRegion region;
  region.shape.mean = (Eigen::VectorXd(2) << x, y).finished();
  region.shape.factor = (Eigen::MatrixXd(2, 2) << 1.0, 0.0, 0.8, 0.6).finished();
  region.radius = 2.0;
  return region;
}

/// Points of many chains, each from the region's middle.
std::vector<std::vector<double>> drawn_from(const BankRegion& region, double low) {
  std::vector<std::vector<double>> points;
  for (std::uint64_t i = 0; i < 4000; ++i) {
    DrawSequence draws({1, 2}, Entity{i}, 85);
    points.push_back(
        draw_inside(region, two(low), {region.shape.mean[0], region.shape.mean[1]}, draws));
  }
  return points;
}

/// The share of points of which `is_in` is true, by drawing from the prior and keeping what lies
/// in the region: slow, and plainly right.
template <class IsIn>
double share_by_rejection(const BankRegion& region, double low, IsIn is_in) {
  int kept = 0;
  int counted = 0;
  for (int i = -400; i <= 400; ++i) {
    for (int j = -400; j <= 400; ++j) {
      const double x = 0.0125 * i;
      const double y = 0.0125 * j;
      const double a = x - region.shape.mean[0];
      const double b = (y - region.shape.mean[1] - 0.8 * a) / 0.6;
      if (a * a + b * b > region.radius * region.radius || x < low || y < low) continue;
      const double u = std::exp(-0.5 * (x * x + y * y));
      // Weights of a grid, as whole numbers.
      const int weight = static_cast<int>(std::lround(1e4 * u));
      kept += weight;
      if (is_in(x, y)) counted += weight;
    }
  }
  return static_cast<double>(counted) / kept;
}

}  // namespace

TEST_CASE("points of a bank are a sample of the prior within the region", "[calibration]") {
  const double low = -1.0;
  const BankRegion region = region_at(0.8, -0.4);
  const auto points = drawn_from(region, low);
  const auto check = [&](auto is_in) {
    double share = 0.0;
    for (const auto& point : points) share += is_in(point[0], point[1]) ? 1.0 / 4000.0 : 0.0;
    const double truth = share_by_rejection(region, low, is_in);
    CHECK(share == Approx(truth).margin(4.0 * std::sqrt(truth * (1.0 - truth) / 4000.0) + 0.002));
  };
  check([](double x, double) { return x < 0.0; });
  check([](double x, double) { return x < 1.0; });
  check([](double, double y) { return y < -0.5; });
  check([](double x, double y) { return x + y > 0.5; });
  for (const auto& point : points) CHECK((point[0] >= low && point[1] >= low));
}

TEST_CASE("points of a bank are drawn in the tail of a prior as well", "[calibration]") {
  BankRegion region = region_at(9.0, 9.0);
  region.shape.factor = Eigen::MatrixXd::Identity(2, 2);
  for (const auto& point : drawn_from(region, -1.0)) {
    const double radius = std::hypot(point[0] - 9.0, point[1] - 9.0);
    CHECK(radius <= 2.0 + 1e-9);
  }
}
