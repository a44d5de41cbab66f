#include "run/gaussian.h"

#include "core/check.h"
#include "core/distributions.h"

namespace onward {

Gaussian fit_gaussian(const std::vector<std::vector<double>>& points) {
  EXPECT(points.size() > 1);
  const auto count = static_cast<Eigen::Index>(points.size());
  const auto dimensions = static_cast<Eigen::Index>(points.front().size());
  Eigen::MatrixXd rows(count, dimensions);
  for (Eigen::Index i = 0; i < count; ++i) {
    rows.row(i) = Eigen::Map<const Eigen::RowVectorXd>(points[static_cast<std::size_t>(i)].data(),
                                                       dimensions);
  }
  Gaussian gaussian;
  gaussian.mean = rows.colwise().mean();
  rows.rowwise() -= gaussian.mean.transpose();
  const auto freedom = static_cast<double>(count - 1);
  Eigen::MatrixXd covariance = rows.transpose() * rows / freedom;
  const double shrink = static_cast<double>(dimensions) / static_cast<double>(count + dimensions);
  const Eigen::VectorXd diagonal = covariance.diagonal();
  covariance *= 1.0 - shrink;
  covariance.diagonal() += shrink * diagonal;
  covariance.diagonal().array() += 1e-10;
  gaussian.factor = covariance.llt().matrixL();
  return gaussian;
}

Eigen::VectorXd draw_standard_normal(Eigen::Index length, DrawSequence& draws) {
  Eigen::VectorXd drawn(length);
  for (Eigen::Index i = 0; i < length; ++i) {
    const double u = draws.next();
    drawn[i] = normal(u, draws.next());
  }
  return drawn;
}

}  // namespace onward
