#include "run/bank.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/check.h"
#include "io/adjustable.h"
#include "model/observation.h"
#include "model/world.h"
#include "run/bank_draws.h"
#include "run/prior_scale.h"

namespace onward {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Counts in the record scatter about as much as their root: on this scale they scatter alike.
double root_of(double count) { return std::sqrt(count); }

/// Numbers by which a run is known: its cells and its yearly totals.
Index seen_numbers(const FitTarget& target) {
  return static_cast<Index>(target.cells().size() + target.totals().size());
}

/// Roots of the counts of the cells seen, and of the yearly totals.
Eigen::RowVectorXd roots_of(const std::vector<double>& counts, const FitTarget& target) {
  Eigen::RowVectorXd roots(seen_numbers(target));
  std::vector<double> by_position(target.claims_per_run());
  for (std::size_t c = 0; c < counts.size(); ++c) {
    roots[static_cast<Index>(c)] = root_of(counts[c]);
    by_position[target.positions()[c]] = counts[c];
  }
  auto next = static_cast<Index>(counts.size());
  for (const SeenTotal& total : target.totals()) {
    double sum = 0.0;
    for (const std::size_t position : total.positions) sum += by_position[position];
    roots[next++] = root_of(sum);
  }
  return roots;
}

/// The parameters of the observation model at a point.
Parameters parameters_at(const CalibrationStudy& study, const std::vector<double>& standard) {
  Scenario scenario = study.scenario;
  set_values(scenario, study.parameters, from_standard(study.parameters, standard));
  return scenario.parameters;
}

/// What a statistician would have seen in the cells of the fit, of the run of each point.
MatrixXd seen_counts(const CalibrationState& state, const CalibrationStudy& study,
                     const FitTarget& target) {
  const World world(study.scenario);
  const std::size_t first = first_bank_replicate(state, study);
  MatrixXd seen(static_cast<Index>(state.bank.size()), seen_numbers(target));
  std::vector<double> counts(target.cells().size());
  for (std::size_t p = 0; p < state.bank.size(); ++p) {
    const BankPoint& point = state.bank[p];
    const Parameters parameters = parameters_at(study, point.standard);
    const RunKey key =
        run_key(static_cast<std::uint64_t>(study.plan.seed), static_cast<std::uint32_t>(first + p));
    for (std::size_t c = 0; c < target.cells().size(); ++c) {
      const ObservedCount& cell = target.cells()[c];
      const std::int32_t claims = point.claims[target.positions()[c]];
      counts[c] =
          observe_count(claims, parameters, key, world.place_keys[cell.place.index()], cell.year);
    }
    seen.row(static_cast<Index>(p)) = roots_of(counts, target);
  }
  return seen;
}

/// The points nearest to a summary, by distance on scales of one standard deviation.
struct Neighbours {
  std::vector<Index> points;
  std::vector<double> closeness;  ///< Epanechnikov kernel, 1 at the record and 0 at the farthest
};

Neighbours find_neighbours(const Bank& bank, const BankQuery& query) {
  const MatrixXd offset = bank.summaries().rowwise() - query.summary.transpose();
  const VectorXd mean = bank.summaries().colwise().mean();
  const VectorXd variance =
      (bank.summaries().rowwise() - mean.transpose()).colwise().squaredNorm() /
      static_cast<double>(bank.points());
  const VectorXd distance =
      (offset.array().square().rowwise() / (variance.array() + 1e-12).transpose()).rowwise().sum();
  std::vector<Index> order;
  for (Index point = 0; point < bank.points(); ++point) {
    if (point != query.left_out) order.push_back(point);
  }
  std::sort(order.begin(), order.end(), [&](Index a, Index b) {
    return distance[a] != distance[b] ? distance[a] < distance[b] : a < b;
  });
  const auto kept = static_cast<std::size_t>(query.keep * static_cast<double>(order.size()));
  EXPECT(kept > 1);
  const double farthest = std::max(distance[order[kept - 1]], 1e-300);
  Neighbours neighbours;
  for (std::size_t i = 0; i + 1 < kept; ++i) {
    neighbours.points.push_back(order[i]);
    neighbours.closeness.push_back(1.0 - distance[order[i]] / farthest);
  }
  return neighbours;
}

}  // namespace

Bank::Bank(const CalibrationState& state, const CalibrationStudy& study) {
  const FitTarget target(study);
  const auto width = static_cast<Index>(study.parameters.size());
  standard_.resize(static_cast<Index>(state.bank.size()), width);
  for (std::size_t p = 0; p < state.bank.size(); ++p) {
    const std::vector<double>& point = state.bank[p].standard;
    standard_.row(static_cast<Index>(p)) =
        Eigen::Map<const Eigen::RowVectorXd>(point.data(), width);
  }
  MatrixXd seen = seen_counts(state, study, target);
  std::vector<double> counts;
  for (const ObservedCount& cell : target.cells()) counts.push_back(cell.count);
  const VectorXd record = roots_of(counts, target);

  const VectorXd mean = seen.colwise().mean();
  seen.rowwise() -= mean.transpose();
  const VectorXd middle = standard_.colwise().mean();
  const MatrixXd wanted = standard_.rowwise() - middle.transpose();
  const MatrixXd coefficients = ridge_regression(seen, wanted);
  summaries_ = seen * coefficients;
  record_ = coefficients.transpose() * (record - mean);
}

WeightedSample ask_bank(const Bank& bank, const BankQuery& query) {
  const Neighbours neighbours = find_neighbours(bank, query);
  const auto count = static_cast<Index>(neighbours.points.size());
  const Index width = bank.standard().cols();
  WeightedSample sample{.standard = MatrixXd(count, width),
                        .weight = Eigen::Map<const VectorXd>(neighbours.closeness.data(), count)};
  sample.weight /= sample.weight.sum();
  MatrixXd offset(count, bank.summaries().cols());
  for (Index i = 0; i < count; ++i) {
    const Index point = neighbours.points[static_cast<std::size_t>(i)];
    sample.standard.row(i) = bank.standard().row(point);
    offset.row(i) = bank.summaries().row(point) - query.summary.transpose();
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
