#include "run/bank.h"

#include "catch.h"
#include "run/calibration.h"
#include "run/gaussian.h"
#include "run/self_check.h"
#include "support/small_study.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("a ridge regression finds exact coefficients and shrinks on noise", "[calibration]") {
  DrawSequence draws({3, 4}, Entity{5}, 85);
  Eigen::MatrixXd x(200, 3);
  for (Eigen::Index i = 0; i < x.cols(); ++i) x.col(i) = draw_standard_normal(200, draws);
  x.rowwise() -= x.colwise().mean().eval();
  Eigen::MatrixXd truth(3, 1);
  truth << 2.0, -1.0, 0.5;
  CHECK((ridge_regression(x, x * truth) - truth).norm() < 1e-3);
  Eigen::MatrixXd noise = draw_standard_normal(200, draws);
  noise.rowwise() -= noise.colwise().mean().eval();
  // What does not depend on x gets next to nothing: less than plain least squares.
  const Eigen::MatrixXd plain = (x.transpose() * x).ldlt().solve(x.transpose() * noise);
  CHECK(ridge_regression(x, noise).norm() < plain.norm());
}

TEST_CASE("a normal distribution is fitted to points", "[calibration]") {
  std::vector<std::vector<double>> points;
  DrawSequence draws({3, 4}, Entity{6}, 85);
  for (int i = 0; i < 4000; ++i) {
    const Eigen::VectorXd z = draw_standard_normal(2, draws);
    points.push_back({1.0 + 2.0 * z[0], -3.0 + z[0] + 0.5 * z[1]});
  }
  const Gaussian fitted = fit_gaussian(points);
  CHECK(fitted.mean[0] == Approx(1.0).margin(0.13));
  CHECK(fitted.factor(0, 0) == Approx(2.0).margin(0.1));
  CHECK(fitted.factor(1, 0) == Approx(1.0).margin(0.06));
  CHECK(fitted.factor(1, 1) == Approx(0.5).margin(0.03));
}

TEST_CASE("a bank covers the parameters that made its own records", "[calibration]") {
  CalibrationStudy s = study();
  s.plan.most_points = 100;
  s.plan.bank = 600;
  const PointRunner runner(s);
  ThreadTeam team(2);
  CalibrationState state;
  REQUIRE(calibrate(state, {.runner = runner, .team = team, .stop = {}, .progress = {}}, {}));
  const Bank bank(state, s);
  const std::vector<Recovery> all = check_recovery(bank, 200, 0.3);
  REQUIRE(all.size() == 2);
  for (const Recovery& recovery : all) {
    // Four binomial standard deviations about the level.
    CHECK(recovery.coverage90 > 0.9 - 0.085);
    CHECK(recovery.coverage50 == Approx(0.5).margin(0.142));
    CHECK(recovery.contraction > 0.2);
    int records = 0;
    for (const int bin : recovery.ranks) records += bin;
    CHECK(records == 200);
  }
}

TEST_CASE("draws of a bank's answer keep the bounds and the weights", "[calibration]") {
  const std::vector<FittedParameter> one{
      {"share", {}, {PriorKind::kNormal, -1.0, 1.0, 0.0, 1.0}, ""}};
  WeightedSample sample{.standard = Eigen::MatrixXd(3, 1), .weight = Eigen::VectorXd(3)};
  sample.standard << -5.0, 0.25, 0.5;
  sample.weight << 0.25, 0.5, 0.25;
  const auto draws = draw_values(sample, one, 4);
  CHECK(draws == std::vector<std::vector<double>>{{-1.0}, {0.25}, {0.25}, {0.5}});
  CHECK(sample.effective_size() == Approx(1.0 / 0.375));
}
