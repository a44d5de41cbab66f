#include "run/evolution_strategy.h"

#include <algorithm>
#include <numeric>

#include "catch.h"

using namespace onward;
using Eigen::Index;
using Eigen::VectorXd;

namespace {

/// Lets a strategy look for the least value of `height` for some generations.
template <class Height>
EvolutionStrategy climbed(Height height, const VectorXd& start, int generations) {
  constexpr int kOffspring = 16;
  EvolutionStrategy strategy(start, 0.5, kOffspring);
  for (int g = 0; g < generations; ++g) {
    std::vector<std::pair<double, VectorXd>> all;
    for (int i = 0; i < kOffspring; ++i) {
      DrawSequence draws({7, 8}, Entity{static_cast<std::uint64_t>(i)}, 85,
                         static_cast<std::uint32_t>(g));
      const VectorXd point = strategy.propose(draws);
      all.emplace_back(height(point), point);
    }
    std::sort(all.begin(), all.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    Eigen::MatrixXd sorted(start.size(), kOffspring);
    for (Index i = 0; i < sorted.cols(); ++i)
      sorted.col(i) = all[static_cast<std::size_t>(i)].second;
    strategy.learn(sorted);
  }
  return strategy;
}

/// A valley a hundred times as long as it is wide, at an angle, with its least value at (1, 2, 3).
double valley(const VectorXd& x) {
  const double a = x[0] - 1.0 + x[1] - 2.0;
  const double b = x[0] - 1.0 - (x[1] - 2.0);
  const double c = x[2] - 3.0;
  return 100.0 * a * a + 0.01 * b * b + c * c;
}

}  // namespace

TEST_CASE("an evolution strategy finds the end of a narrow valley", "[calibration]") {
  const EvolutionStrategy found = climbed(valley, VectorXd::Zero(3), 200);
  CHECK(found.mean()[0] == Approx(1.0).margin(1e-3));
  CHECK(found.mean()[1] == Approx(2.0).margin(1e-3));
  CHECK(found.mean()[2] == Approx(3.0).margin(1e-3));
}

TEST_CASE("an evolution strategy learns the shape of a valley", "[calibration]") {
  // The covariance of the proposals becomes that of a normal density with the valley as its log.
  const Eigen::MatrixXd learned = climbed(valley, VectorXd::Zero(3), 120).covariance();
  const VectorXd along = (VectorXd(3) << 1.0, -1.0, 0.0).finished() / std::sqrt(2.0);
  const VectorXd across = (VectorXd(3) << 1.0, 1.0, 0.0).finished() / std::sqrt(2.0);
  const double ratio = along.dot(learned * along) / across.dot(learned * across);
  CHECK(ratio > 1000.0);  // 10,000 in truth
}

TEST_CASE("an evolution strategy takes longer steps as long as it goes one way", "[calibration]") {
  const auto slope = [](const VectorXd& x) { return x[0]; };
  CHECK(climbed(slope, VectorXd::Zero(3), 30).step() > 2.0);
  const auto flat = [](const VectorXd& x) { return x.squaredNorm(); };
  CHECK(climbed(flat, VectorXd::Zero(3), 60).step() < 0.05);
}
