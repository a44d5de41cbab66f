#include "run/evolution_strategy.h"

#include <algorithm>
#include <cmath>

#include "core/check.h"
#include "run/gaussian.h"

namespace onward {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

EvolutionStrategy::EvolutionStrategy(const VectorXd& mean, double step, int offspring)
    : mean_(mean),
      step_(step),
      weights_(offspring / 2),
      shape_(MatrixXd::Identity(mean.size(), mean.size())),
      path_(VectorXd::Zero(mean.size())),
      straight_(VectorXd::Zero(mean.size())) {
  EXPECT(offspring >= 4 && step > 0.0 && mean.size() > 0);
  for (Index i = 0; i < weights_.size(); ++i)
    weights_[i] = std::log(0.5 * (offspring + 1)) - std::log(static_cast<double>(i + 1));
  weights_ /= weights_.sum();
  effective_ = 1.0 / weights_.squaredNorm();
  decompose();
}

void EvolutionStrategy::decompose() {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(shape_);
  axes_ = solver.eigenvectors();
  lengths_ = solver.eigenvalues().cwiseMax(1e-12).cwiseSqrt();
}

VectorXd EvolutionStrategy::propose(DrawSequence& draws) const {
  // The symmetric root of the shape: eigenvectors with the other sign give the same.
  const VectorXd in_axes = axes_.transpose() * draw_standard_normal(mean_.size(), draws);
  return mean_ + step_ * (axes_ * lengths_.cwiseProduct(in_axes));
}

void EvolutionStrategy::learn(const MatrixXd& sorted) {
  const auto n = static_cast<double>(mean_.size());
  const double fade_straight = (effective_ + 2.0) / (n + effective_ + 5.0);
  const double damping =
      1.0 + 2.0 * std::max(0.0, std::sqrt((effective_ - 1.0) / (n + 1.0)) - 1.0) + fade_straight;
  const double fade_path = (4.0 + effective_ / n) / (n + 4.0 + 2.0 * effective_ / n);
  const double rate_path = 2.0 / ((n + 1.3) * (n + 1.3) + effective_);
  const double rate_best = std::min(1.0 - rate_path, 2.0 * (effective_ - 2.0 + 1.0 / effective_) /
                                                         ((n + 2.0) * (n + 2.0) + effective_));
  // Length of a standard normal vector in the mean.
  const double usual = std::sqrt(n) * (1.0 - 1.0 / (4.0 * n) + 1.0 / (21.0 * n * n));

  const MatrixXd steps = (sorted.leftCols(weights_.size()).colwise() - mean_) / step_;
  const VectorXd move = steps * weights_;
  mean_ += step_ * move;
  ++generation_;

  const VectorXd in_axes = (axes_.transpose() * move).cwiseQuotient(lengths_);
  straight_ = (1.0 - fade_straight) * straight_ +
              std::sqrt(fade_straight * (2.0 - fade_straight) * effective_) * (axes_ * in_axes);
  const double faded = 1.0 - std::pow(1.0 - fade_straight, 2.0 * generation_);
  const bool is_slow = straight_.norm() / std::sqrt(faded) < (1.4 + 2.0 / (n + 1.0)) * usual;
  path_ *= 1.0 - fade_path;
  if (is_slow) path_ += std::sqrt(fade_path * (2.0 - fade_path) * effective_) * move;

  const double lost = is_slow ? 0.0 : rate_path * fade_path * (2.0 - fade_path);
  shape_ = (1.0 - rate_path - rate_best + lost) * shape_ + rate_path * path_ * path_.transpose() +
           rate_best * steps * weights_.asDiagonal() * steps.transpose();
  step_ *= std::exp(fade_straight / damping * (straight_.norm() / usual - 1.0));
  decompose();
}

}  // namespace onward
