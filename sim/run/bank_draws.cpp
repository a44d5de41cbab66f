#include "run/bank_draws.h"

#include <algorithm>
#include <atomic>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "core/check.h"
#include "run/prior_scale.h"

namespace onward {

namespace {

using Eigen::Index;
using Eigen::VectorXd;

/// Steps of a chain for each parameter.
constexpr std::size_t kStepsEach = 20;

VectorXd to_whitened(const BankRegion& region, const std::vector<double>& point) {
  const VectorXd offset =
      Eigen::Map<const VectorXd>(point.data(), static_cast<Index>(point.size())) -
      region.shape.mean;
  return region.shape.factor.triangularView<Eigen::Lower>().solve(offset);
}

/// A standard normal number between two bounds.
double normal_between(double low, double high, double u) {
  const boost::math::normal law;
  // In the upper half the complement keeps the digits: the same by symmetry.
  if (low > 0.0) return -normal_between(-high, -low, 1.0 - u);
  const double below = boost::math::cdf(law, low);
  const double p = below + (boost::math::cdf(law, high) - below) * u;
  return p > 0.0 && p < 1.0 ? std::clamp(boost::math::quantile(law, p), low, high) : low;
}

/// Runs each point once. Returns false if it was stopped.
bool run_bank(std::vector<BankPoint>& points, std::size_t first, const CalibrationRun& run) {
  constexpr std::size_t kPiece = 200;  // so that progress can be shown
  std::atomic<bool> stopped{false};
  for (std::size_t begin = 0; begin < points.size() && !stopped; begin += kPiece) {
    const std::size_t count = std::min(kPiece, points.size() - begin);
    run.team.for_each_chunk(count, [&](std::size_t i) {
      BankPoint& point = points[begin + i];
      if (stopped) return;
      if (auto claims = run.runner.claims_at(point.standard, first + begin + i, 1, run.stop))
        point.claims = std::move(*claims);
      else
        stopped = true;
    });
    if (run.progress)
      run.progress(static_cast<double>(begin + count), static_cast<double>(points.size()));
  }
  return !stopped;
}

}  // namespace

std::size_t first_bank_replicate(const CalibrationState& state, const CalibrationStudy& study) {
  return state.points.size() * static_cast<std::size_t>(study.plan.replicates);
}

BankRegion bank_region(const CalibrationState& state, const CalibrationStudy& study) {
  std::vector<std::vector<double>> points;
  for (const std::size_t position : state.population)
    points.push_back(state.points[position].standard);
  BankRegion region{.shape = fit_gaussian(points), .radius = 0.0};
  std::vector<double> radii;
  for (const std::vector<double>& point : points)
    radii.push_back(to_whitened(region, point).norm());
  std::sort(radii.begin(), radii.end());
  region.radius = study.plan.bank_spread *
                  radii[static_cast<std::size_t>(0.9 * static_cast<double>(radii.size() - 1))];
  return region;
}

std::vector<double> draw_inside(const BankRegion& region,
                                const std::vector<FittedParameter>& parameters,
                                std::vector<double> start, DrawSequence& draws) {
  const auto width = static_cast<Index>(start.size());
  VectorXd whitened = to_whitened(region, start);
  EXPECT(whitened.norm() <= region.radius);
  for (std::size_t step = 0; step < kStepsEach * start.size(); ++step) {
    const VectorXd direction = draw_standard_normal(width, draws).normalized();
    const VectorXd way = region.shape.factor * direction;
    const double along = whitened.dot(direction);
    const double half = std::sqrt(
        std::max(0.0, along * along - whitened.squaredNorm() + region.radius * region.radius));
    // Along the way the prior is a normal density.
    const Eigen::Map<const VectorXd> here(start.data(), width);
    const double middle = -here.dot(way) / way.squaredNorm();
    const double length = way.norm();
    const double low = (-along - half - middle) * length;
    const double high = (-along + half - middle) * length;
    const double t = middle + normal_between(low, high, draws.next()) / length;
    std::vector<double> next(start.size());
    for (std::size_t p = 0; p < next.size(); ++p)
      next[p] = start[p] + t * way[static_cast<Index>(p)];
    if (!is_inside(parameters, next)) continue;
    start = std::move(next);
    whitened += t * direction;
  }
  return start;
}

bool fill_bank(CalibrationState& state, const CalibrationRun& run) {
  EXPECT(state.bank.empty() && !state.population.empty());
  const CalibrationStudy& study = run.runner.study();
  const BankRegion region = bank_region(state, study);
  std::vector<std::size_t> inside;
  for (const std::size_t position : state.population) {
    if (to_whitened(region, state.points[position].standard).norm() <= region.radius)
      inside.push_back(position);
  }
  EXPECT(!inside.empty());
  std::vector<BankPoint> fresh(static_cast<std::size_t>(study.plan.bank));
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    DrawSequence draws = calibration_draws(study, state.rounds.size(), i, 0);
    const std::vector<double>& start = state.points[inside[i % inside.size()]].standard;
    fresh[i].standard = draw_inside(region, study.parameters, start, draws);
  }
  if (!run_bank(fresh, first_bank_replicate(state, study), run)) return false;
  state.bank = std::move(fresh);
  return true;
}

}  // namespace onward
