#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <vector>

#include "run/calibration_state.h"

/// A bank of simulations: what a statistician would have seen of the run of each point, from which
/// posteriors are worked out for any record, without running anything again. The method is
/// semi-automatic ABC (Fearnhead and Prangle, J. R. Stat. Soc. B 74, 2012) with regression
/// adjustment (Beaumont, Zhang and Balding, Genetics 162, 2002). docs/calibration.md says how.
namespace onward {

/// The bank, seen through the cells of one fit.
class Bank {
 public:
  /// `study` says which cells are seen; its parameters must be those of the bank.
  Bank(const CalibrationState& state, const CalibrationStudy& study);

  Eigen::Index points() const { return standard_.rows(); }
  const Eigen::MatrixXd& standard() const { return standard_; }

  /// Summary of the observed record, and of the run of each point: estimates of the parameters,
  /// linear in the roots of the counts.
  const Eigen::VectorXd& record() const { return record_; }
  const Eigen::MatrixXd& summaries() const { return summaries_; }

 private:
  Eigen::MatrixXd standard_;   ///< point, parameter
  Eigen::MatrixXd summaries_;  ///< point, parameter
  Eigen::VectorXd record_;     ///< parameter
};

/// A weighted sample from a posterior on the standard scale.
struct WeightedSample {
  Eigen::MatrixXd standard;  ///< draw, parameter
  Eigen::VectorXd weight;    ///< by draw, with sum 1

  /// Number of equally weighted draws that it is worth (Kish).
  double effective_size() const { return 1.0 / weight.squaredNorm(); }
};

/// How a posterior is taken from a bank.
struct BankQuery {
  Eigen::VectorXd summary;     ///< of the record that is asked about
  Eigen::Index left_out = -1;  ///< a point that must not answer; none if negative
  double keep = 0.3;           ///< share of the points that answer: the nearest
};

/// The points whose runs are nearest to the record, each moved by what a linear regression says it
/// lies off. Where this leaves a prior's bounds, it ends at the bound when turned into values.
WeightedSample ask_bank(const Bank& bank, const BankQuery& query);

/// `count` draws of equal weight, as values within the priors' bounds.
std::vector<std::vector<double>> draw_values(const WeightedSample& sample,
                                             const std::vector<FittedParameter>& parameters,
                                             std::size_t count);

/// Share of a sample, by parameter, that lies outside the ranges from which the bank was drawn:
/// where it is large, the bank is too narrow for the record.
std::vector<double> share_outside(const Bank& bank, const WeightedSample& sample);

/// Least-squares coefficients of each column of `y` on `x` with a ridge penalty chosen by
/// generalised cross-validation (Golub, Heath and Wahba, Technometrics 21, 1979). Both must be
/// centred.
Eigen::MatrixXd ridge_regression(const Eigen::MatrixXd& x, const Eigen::MatrixXd& y);

}  // namespace onward
