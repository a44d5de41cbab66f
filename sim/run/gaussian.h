#pragma once

#include <Eigen/Dense>
#include <vector>

#include "core/random.h"

namespace onward {

/// A normal distribution of several dimensions.
struct Gaussian {
  Eigen::VectorXd mean;
  Eigen::MatrixXd factor;  ///< lower triangle of Cholesky: factor times its transpose is covariance
};

/// The mean and covariance of points. The covariance is drawn a little towards its diagonal, as
/// much as few points in many dimensions need (the share is the dimensions over the points plus
/// the dimensions), and is never quite flat.
Gaussian fit_gaussian(const std::vector<std::vector<double>>& points);

/// Independent standard normal numbers.
Eigen::VectorXd draw_standard_normal(Eigen::Index length, DrawSequence& draws);

}  // namespace onward
