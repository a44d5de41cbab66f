#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/prior.h"

/// What a posterior says about its parameters that the prior did not: how much narrower it is, and
/// which parameters it only knows together.
namespace onward {

/// Conventions, which no theory gives. A parameter is called identified if the record takes half of
/// the prior's variance away, and not identified if it takes less than a fifth. Where it is known
/// how much of the variance within the region of the search goes, at least a fifth of that must go
/// as well: otherwise a search that ended somewhere by chance would pass for knowledge.
inline constexpr double kIdentifiedFrom = 0.5;
inline constexpr double kWeaklyFrom = 0.2;
/// Correlations that are reported are larger in size. A convention.
inline constexpr double kStrongCorrelation = 0.5;
/// Fewer draws say nothing about a variance: of 30, its relative standard error is a quarter.
inline constexpr std::size_t kFewestDraws = 30;

/// How well the record pins a parameter down.
enum class Verdict : std::uint8_t { kIdentified, kWeakly, kNotIdentified, kTooFewDraws };

/// One parameter before and after. Both standard deviations are of the value on its prior's own
/// scale: its log if the prior is log-normal, its logit if that is normal, else itself.
struct Contraction {
  std::string name;
  double prior_sd = 0.0;
  double posterior_sd = 0.0;    ///< NaN for fewer than two draws
  double contraction = 0.0;     ///< 1 - posterior variance / prior variance; NaN likewise
  double recovered = 0.0;       ///< as in Posterior; NaN if it is not known
  double posterior_low = 0.0;   ///< 5 % quantile of the value itself
  double posterior_high = 0.0;  ///< 95 % quantile
  Verdict verdict = Verdict::kTooFewDraws;
};

/// Two parameters that the record knows together better than each by itself.
struct ParameterCorrelation {
  std::string first;
  std::string second;
  double correlation = 0.0;  ///< of the values on their priors' own scales
};

struct Identifiability {
  std::vector<Contraction> parameters;             ///< in the posterior's order
  std::vector<ParameterCorrelation> correlations;  ///< the strong ones, largest first
};

/// Standard deviation of a prior on its own scale, cut off as it is.
double prior_sd(const Prior& prior);

/// The contraction of the parameter at a position.
Contraction contraction_of(const Posterior& posterior, std::size_t parameter);

/// All contractions and, from kFewestDraws on, the strong correlations.
Identifiability identify(const Posterior& posterior);

}  // namespace onward
