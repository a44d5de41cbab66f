#include <cmath>

#include "core/check.h"
#include "run/bank.h"

namespace onward {

Eigen::MatrixXd ridge_regression(const Eigen::MatrixXd& x, const Eigen::MatrixXd& y) {
  EXPECT(x.rows() == y.rows() && x.rows() > 1);
  const auto count = static_cast<double>(x.rows());
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(x.transpose() * x);
  const Eigen::VectorXd values = eigen.eigenvalues().cwiseMax(0.0);
  const Eigen::MatrixXd rotated = eigen.eigenvectors().transpose() * (x.transpose() * y);
  const double total = y.squaredNorm();
  double best_score = INFINITY;
  double best = 0.0;
  for (double power = -6.0; power <= 2.0; power += 0.5) {
    const double penalty = std::max(values.maxCoeff(), 1e-300) * std::pow(10.0, power);
    const Eigen::ArrayXd divisor = values.array() + penalty;
    const double freedom = (values.array() / divisor).sum();
    // The residual sum of squares, from what each direction explains.
    const Eigen::ArrayXd explained = rotated.rowwise().squaredNorm().array() *
                                     (values.array() + 2.0 * penalty) / divisor.square();
    const double rest = 1.0 - freedom / count;
    const double score = (total - explained.sum()) / (rest * rest);
    if (rest > 0.0 && score < best_score) {
      best_score = score;
      best = penalty;
    }
  }
  const Eigen::VectorXd inverse = (values.array() + best).inverse();
  return eigen.eigenvectors() * (inverse.asDiagonal() * rotated);
}

}  // namespace onward
