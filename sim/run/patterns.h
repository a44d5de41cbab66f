#pragma once

#include "run/predictive_draws.h"

namespace onward {

/// Whether a world shows a pattern; docs/validation.md defines the numbers of each kind. Empty
/// where a number is not defined or not asked for.
struct PatternResult {
  std::string name;
  PatternKind kind = PatternKind::kCount;
  std::optional<double> value;  ///< of the predictive mean
  std::optional<double> lo;     ///< 5 % quantile over replicates, or end of an interval of the mean
  std::optional<double> hi;
  std::optional<double> low_bound;
  std::optional<double> high_bound;
  std::optional<bool> holds;                  ///< empty if the world has no such years
  std::optional<double> share_of_replicates;  ///< in which it holds by itself
};

/// What patterns are judged by. `without` is asked for by paired patterns only: the draws of the
/// same world without changes of policy.
struct PatternEvidence {
  const World& world;
  const ObservedTable& observed;
  const PredictiveDraws& draws;
  const PredictiveDraws* without = nullptr;
};

PatternResult judge(const Pattern& pattern, const PatternEvidence& evidence);

/// The scenario without the changes of policy at `target` from `since` on, nor what they announce.
Scenario without_changes(Scenario scenario, PlaceId target, YearMonth since);

}  // namespace onward
