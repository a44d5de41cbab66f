#include "run/prior_scale.h"

#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "core/check.h"
#include "core/distributions.h"

namespace onward {

namespace {

const boost::math::normal kStandardNormal;

double inverse_logit(double x) { return 1.0 / (1.0 + std::exp(-x)); }

}  // namespace

double on_prior_scale(PriorKind kind, double value) {
  switch (kind) {
    case PriorKind::kLogNormal:
      return std::log(value);
    case PriorKind::kLogitNormal:
      return std::log(value / (1.0 - value));
    default:
      return value;
  }
}

double from_standard(const Prior& prior, double standard) {
  switch (prior.kind) {
    case PriorKind::kUniform:
      return prior.low + (prior.high - prior.low) * boost::math::cdf(kStandardNormal, standard);
    case PriorKind::kNormal:
      return prior.middle + prior.spread * standard;
    case PriorKind::kLogNormal:
      return prior.middle * std::exp(prior.spread * standard);
    case PriorKind::kLogitNormal:
      return inverse_logit(on_prior_scale(prior.kind, prior.middle) + prior.spread * standard);
  }
  return 0.0;
}

std::vector<double> from_standard(const std::vector<FittedParameter>& parameters,
                                  const std::vector<double>& standard) {
  EXPECT(parameters.size() == standard.size());
  std::vector<double> values(standard.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = from_standard(parameters[i].prior, standard[i]);
  return values;
}

bool is_inside(const std::vector<FittedParameter>& parameters,
               const std::vector<double>& standard) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Prior& prior = parameters[i].prior;
    const double value = from_standard(prior, standard[i]);
    if (!(value >= prior.low && value <= prior.high)) return false;
  }
  return true;
}

std::vector<double> draw_inside_bounds(const std::vector<FittedParameter>& parameters,
                                       const std::function<Eigen::VectorXd()>& draw,
                                       const Eigen::VectorXd& inside) {
  constexpr int kMostTrials = 100;
  for (int trial = 0; trial < kMostTrials; ++trial) {
    const Eigen::VectorXd drawn = draw();
    std::vector<double> point(drawn.begin(), drawn.end());
    if (is_inside(parameters, point)) return point;
  }
  return {inside.begin(), inside.end()};
}

double log_prior(const std::vector<double>& standard) {
  double sum = 0.0;
  for (const double z : standard) sum -= 0.5 * z * z;
  return sum;
}

std::vector<double> draw_prior(const std::vector<FittedParameter>& parameters,
                               DrawSequence& draws) {
  std::vector<double> standard(parameters.size());
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Prior& prior = parameters[i].prior;
    double value = 0.0;
    do {
      const double u = draws.next();
      standard[i] = normal(u, draws.next());
      value = from_standard(prior, standard[i]);
    } while (!(value >= prior.low && value <= prior.high));
  }
  return standard;
}

}  // namespace onward
