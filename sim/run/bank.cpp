#include "run/bank.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/check.h"
#include "io/adjustable.h"
#include "model/observation.h"
#include "model/world.h"
#include "run/prior_scale.h"

namespace onward {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Counts in the record scatter about as much as their root: on this scale they scatter alike.
double root_of(double count) { return std::sqrt(count); }

/// The parameters of the observation model at a point.
Parameters parameters_at(const CalibrationStudy& study, const std::vector<double>& standard) {
  Scenario scenario = study.scenario;
  set_values(scenario, study.parameters, from_standard(study.parameters, standard));
  return scenario.parameters;
}

/// What a statistician would have seen in the cells of the fit, of every run of the bank.
MatrixXd seen_counts(const CalibrationState& state, const CalibrationStudy& study,
                     const FitTarget& target) {
  const World world(study.scenario);
  const std::size_t runs = static_cast<std::size_t>(study.plan.replicates);
  MatrixXd seen(static_cast<Index>(state.bank_size * runs),
                static_cast<Index>(target.cells().size()));
  for (std::size_t p = 0; p < state.bank_size; ++p) {
    const FitPoint& point = state.points[state.bank_begin + p];
    const Parameters parameters = parameters_at(study, point.standard);
    for (std::size_t r = 0; r < runs; ++r) {
      const auto replicate = static_cast<std::uint32_t>((state.bank_begin + p) * runs + r);
      const RunKey key = run_key(static_cast<std::uint64_t>(study.plan.seed), replicate);
      for (std::size_t c = 0; c < target.cells().size(); ++c) {
        const ObservedCount& cell = target.cells()[c];
        const std::int32_t claims =
            point.claims[r * target.claims_per_run() + target.positions()[c]];
        seen(static_cast<Index>(p * runs + r), static_cast<Index>(c)) = root_of(observe_count(
            claims, parameters, key, world.place_keys[cell.place.index()], cell.year));
      }
    }
  }
  return seen;
}

/// The runs nearest to a summary, by distance on scales of one standard deviation.
struct Neighbours {
  std::vector<Index> runs;
  std::vector<double> closeness;  ///< Epanechnikov kernel, 1 at the record and 0 at the farthest
};

Neighbours find_neighbours(const Bank& bank, const BankQuery& query) {
  const MatrixXd offset = bank.summaries().rowwise() - query.summary.transpose();
  const VectorXd mean = bank.summaries().colwise().mean();
  const VectorXd variance =
      (bank.summaries().rowwise() - mean.transpose()).colwise().squaredNorm() /
      static_cast<double>(bank.runs());
  const VectorXd distance =
      (offset.array().square().rowwise() / (variance.array() + 1e-12).transpose()).rowwise().sum();
  std::vector<Index> order;
  for (Index run = 0; run < bank.runs(); ++run) {
    if (bank.point_of(run) != query.left_out) order.push_back(run);
  }
  std::sort(order.begin(), order.end(), [&](Index a, Index b) {
    return distance[a] != distance[b] ? distance[a] < distance[b] : a < b;
  });
  const auto kept = static_cast<std::size_t>(query.keep * static_cast<double>(order.size()));
  EXPECT(kept > 1);
  const double farthest = std::max(distance[order[kept - 1]], 1e-300);
  Neighbours neighbours;
  for (std::size_t i = 0; i + 1 < kept; ++i) {
    neighbours.runs.push_back(order[i]);
    neighbours.closeness.push_back(1.0 - distance[order[i]] / farthest);
  }
  return neighbours;
}

}  // namespace

Bank::Bank(const CalibrationState& state, const CalibrationStudy& study)
    : runs_of_point_(study.plan.replicates) {
  const FitTarget target(study);
  const auto width = static_cast<Index>(study.parameters.size());
  standard_.resize(static_cast<Index>(state.bank_size), width);
  for (std::size_t p = 0; p < state.bank_size; ++p) {
    const std::vector<double>& point = state.points[state.bank_begin + p].standard;
    standard_.row(static_cast<Index>(p)) =
        Eigen::Map<const Eigen::RowVectorXd>(point.data(), width);
  }
  MatrixXd seen = seen_counts(state, study, target);
  VectorXd record(seen.cols());
  for (Index c = 0; c < seen.cols(); ++c)
    record[c] = root_of(target.cells()[static_cast<std::size_t>(c)].count);

  const VectorXd mean = seen.colwise().mean();
  seen.rowwise() -= mean.transpose();
  MatrixXd wanted(seen.rows(), width);
  for (Index run = 0; run < seen.rows(); ++run) wanted.row(run) = standard_.row(point_of(run));
  const VectorXd middle = wanted.colwise().mean();
  wanted.rowwise() -= middle.transpose();
  const MatrixXd coefficients = ridge_regression(seen, wanted);
  summaries_ = seen * coefficients;
  record_ = coefficients.transpose() * (record - mean);
}

WeightedSample ask_bank(const Bank& bank, const BankQuery& query) {
  const Neighbours neighbours = find_neighbours(bank, query);
  const auto count = static_cast<Index>(neighbours.runs.size());
  const Index width = bank.standard().cols();
  WeightedSample sample{.standard = MatrixXd(count, width),
                        .weight = Eigen::Map<const VectorXd>(neighbours.closeness.data(), count)};
  sample.weight /= sample.weight.sum();
  MatrixXd offset(count, bank.summaries().cols());
  for (Index i = 0; i < count; ++i) {
    const Index run = neighbours.runs[static_cast<std::size_t>(i)];
    sample.standard.row(i) = bank.standard().row(bank.point_of(run));
    offset.row(i) = bank.summaries().row(run) - query.summary.transpose();
  }
  const VectorXd root = sample.weight.cwiseSqrt();
  const VectorXd middle = sample.standard.transpose() * sample.weight;
  const VectorXd centre = offset.transpose() * sample.weight;
  const MatrixXd slopes =
      ridge_regression(root.asDiagonal() * (offset.rowwise() - centre.transpose()).eval(),
                       root.asDiagonal() * (sample.standard.rowwise() - middle.transpose()).eval());
  sample.standard -= offset * slopes;
  return sample;
}

std::vector<std::vector<double>> draw_values(const WeightedSample& sample,
                                             const std::vector<FittedParameter>& parameters,
                                             std::size_t count) {
  std::vector<std::vector<double>> draws;
  double sum = 0.0;
  Index at = -1;
  for (std::size_t i = 0; i < count; ++i) {
    // Systematic resampling from the middle of each of `count` equal parts.
    const double wanted = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
    while (at + 1 < sample.weight.size() && (at < 0 || sum < wanted)) sum += sample.weight[++at];
    std::vector<double> draw(parameters.size());
    for (std::size_t p = 0; p < draw.size(); ++p) {
      const Prior& prior = parameters[p].prior;
      draw[p] = std::clamp(from_standard(prior, sample.standard(at, static_cast<Index>(p))),
                           prior.low, prior.high);
    }
    draws.push_back(std::move(draw));
  }
  return draws;
}

std::vector<double> share_outside(const Bank& bank, const WeightedSample& sample) {
  const Eigen::RowVectorXd low = bank.standard().colwise().minCoeff();
  const Eigen::RowVectorXd high = bank.standard().colwise().maxCoeff();
  std::vector<double> shares;
  for (Index p = 0; p < low.size(); ++p) {
    const auto values = sample.standard.col(p).array();
    const auto is_outside = (values < low[p] || values > high[p]).cast<double>();
    shares.push_back((sample.weight.array() * is_outside).sum());
  }
  return shares;
}

}  // namespace onward
