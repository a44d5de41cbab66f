#pragma once

#include <Eigen/Dense>
#include <vector>

#include "core/random.h"

namespace onward {

/// A search for the least value of a noisy function: the covariance matrix adaptation evolution
/// strategy, CMA-ES, with the constants of Hansen, "The CMA evolution strategy: a tutorial",
/// arXiv:1604.00772 (2016), positive weights alone.
class EvolutionStrategy {
 public:
  /// Starts at `mean` with steps of `step` in all directions; `offspring` of at least 4 are
  /// looked at in each generation.
  EvolutionStrategy(const Eigen::VectorXd& mean, double step, int offspring);

  /// One of the next generation.
  Eigen::VectorXd propose(DrawSequence& draws) const;

  /// Learns from a generation, of which the columns are sorted, the best first.
  void learn(const Eigen::MatrixXd& sorted);

  const Eigen::VectorXd& mean() const { return mean_; }
  double step() const { return step_; }
  /// Covariance of the proposals.
  Eigen::MatrixXd covariance() const { return step_ * step_ * shape_; }

 private:
  void decompose();

  Eigen::VectorXd mean_;
  double step_;
  Eigen::VectorXd weights_;   ///< of the best half, with sum 1
  double effective_ = 1.0;    ///< effective size of the best half
  Eigen::MatrixXd shape_;     ///< covariance of the proposals for steps of 1
  Eigen::MatrixXd axes_;      ///< its eigenvectors
  Eigen::VectorXd lengths_;   ///< roots of its eigenvalues
  Eigen::VectorXd path_;      ///< of the mean, faded
  Eigen::VectorXd straight_;  ///< the same with all directions alike
  int generation_ = 0;
};

}  // namespace onward
