#include "run/identifiability.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/elementary.h"
#include "run/prior_scale.h"
#include "run/summary.h"

namespace onward {

namespace {

/// A piece of the real line.
struct Range {
  double low = 0.0;
  double high = 0.0;
};

/// The bounds of a prior on its own scale; infinite where the scale ends.
Range bounds_on_scale(const Prior& prior) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const bool ends_at_zero =
      prior.kind == PriorKind::kLogNormal || prior.kind == PriorKind::kLogitNormal;
  Range range;
  range.low = ends_at_zero && prior.low <= 0.0 ? -kInfinity : on_prior_scale(prior.kind, prior.low);
  range.high = prior.kind == PriorKind::kLogitNormal && prior.high >= 1.0
                   ? kInfinity
                   : on_prior_scale(prior.kind, prior.high);
  return range;
}

/// Standard deviation of a normal distribution cut off at `bounds`, by the midpoint rule. The
/// density is taken relative to its largest value inside, so that bounds far out in a tail do not
/// make it vanish.
double truncated_normal_sd(double middle, double spread, Range bounds) {
  constexpr int kSteps = 4096;
  const double peak = std::clamp(middle, bounds.low, bounds.high);
  const double at_peak = (peak - middle) / spread;
  // Beyond it less than exp(-40) of the density is left; in a tail it falls off faster.
  const double reach = spread * std::min(9.0, 40.0 / std::fabs(at_peak));
  const double low = std::max(bounds.low, peak - reach);
  const double high = std::min(bounds.high, peak + reach);
  const double step = (high - low) / kSteps;
  double sum = 0.0;
  double first = 0.0;
  double second = 0.0;
  for (int i = 0; i < kSteps; ++i) {
    const double x = low + (i + 0.5) * step - peak;
    const double z = at_peak + x / spread;
    const double weight = exact_exp(0.5 * (at_peak * at_peak - z * z));
    sum += weight;
    first += weight * x;
    second += weight * x * x;
  }
  const double mean = first / sum;
  return std::sqrt(std::max(0.0, second / sum - mean * mean));
}

/// The values of one parameter in all draws, on its prior's scale.
std::vector<double> values_on_scale(const Posterior& posterior, std::size_t parameter) {
  const PriorKind kind = posterior.parameters[parameter].prior.kind;
  std::vector<double> values;
  for (const std::vector<double>& draw : posterior.draws)
    values.push_back(on_prior_scale(kind, draw[parameter]));
  return values;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// NaN for fewer than two values.
double covariance(const std::vector<double>& a, const std::vector<double>& b) {
  const double mean_a = mean_of(a);
  const double mean_b = mean_of(b);
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean_a) * (b[i] - mean_b);
  return a.size() < 2 ? std::numeric_limits<double>::quiet_NaN()
                      : sum / static_cast<double>(a.size() - 1);
}

Verdict verdict_of(double contraction, double recovered, std::size_t draws) {
  if (draws < kFewestDraws) return Verdict::kTooFewDraws;
  if (recovered < kWeaklyFrom) return Verdict::kNotIdentified;  // false if it is not known
  if (contraction >= kIdentifiedFrom) return Verdict::kIdentified;
  return contraction >= kWeaklyFrom ? Verdict::kWeakly : Verdict::kNotIdentified;
}

/// The strong correlations, largest first.
std::vector<ParameterCorrelation> strong_correlations(const Posterior& posterior) {
  std::vector<std::vector<double>> values;
  for (std::size_t p = 0; p < posterior.parameters.size(); ++p)
    values.push_back(values_on_scale(posterior, p));
  std::vector<double> sds;
  for (const std::vector<double>& of_one : values)
    sds.push_back(std::sqrt(covariance(of_one, of_one)));
  std::vector<ParameterCorrelation> strong;
  for (std::size_t a = 0; a < values.size(); ++a) {
    for (std::size_t b = a + 1; b < values.size(); ++b) {
      const double correlation = covariance(values[a], values[b]) / (sds[a] * sds[b]);
      if (std::fabs(correlation) > kStrongCorrelation)
        strong.push_back({posterior.parameters[a].name, posterior.parameters[b].name, correlation});
    }
  }
  std::stable_sort(strong.begin(), strong.end(), [](const auto& a, const auto& b) {
    return std::fabs(a.correlation) > std::fabs(b.correlation);
  });
  return strong;
}

}  // namespace

double prior_sd(const Prior& prior) {
  if (prior.kind == PriorKind::kUniform) return (prior.high - prior.low) / std::sqrt(12.0);
  return truncated_normal_sd(on_prior_scale(prior.kind, prior.middle), prior.spread,
                             bounds_on_scale(prior));
}

Contraction contraction_of(const Posterior& posterior, std::size_t parameter) {
  const FittedParameter& about = posterior.parameters[parameter];
  const std::vector<double> values = values_on_scale(posterior, parameter);
  std::vector<double> plain;
  for (const std::vector<double>& draw : posterior.draws) plain.push_back(draw[parameter]);
  Contraction result{.name = about.name, .prior_sd = prior_sd(about.prior)};
  const double variance = covariance(values, values);
  result.posterior_sd = std::sqrt(variance);
  result.contraction = 1.0 - variance / (result.prior_sd * result.prior_sd);
  result.posterior_low = quantile(plain, 0.05);
  result.posterior_high = quantile(plain, 0.95);
  result.recovered = posterior.recovered.empty() ? std::numeric_limits<double>::quiet_NaN()
                                                 : posterior.recovered[parameter];
  result.verdict = verdict_of(result.contraction, result.recovered, values.size());
  return result;
}

Identifiability identify(const Posterior& posterior) {
  Identifiability result;
  for (std::size_t p = 0; p < posterior.parameters.size(); ++p)
    result.parameters.push_back(contraction_of(posterior, p));
  if (posterior.draws.size() >= kFewestDraws) result.correlations = strong_correlations(posterior);
  return result;
}

}  // namespace onward
