#pragma once

#include <map>

#include "run/patterns.h"
#include "run/replicates.h"

namespace onward {

/// Worlds to be judged, and what of the observed record their parameters have seen.
struct JudgedWorlds {
  Worlds worlds;
  std::optional<YearSpan> fitted_to;  ///< empty if not stated
};

/// The worlds to run besides the one judged, by what is left out of it.
using Removal = std::pair<PlaceId, YearMonth>;

/// The draws of all worlds that are needed of one candidate.
struct CandidateDraws {
  std::optional<PredictiveDraws> model;
  /// The same draws without brokers; empty if it has none, or if a rival is fitted to the same.
  std::optional<PredictiveDraws> no_brokers;
  bool needs_no_brokers = false;
  std::map<Removal, std::optional<PredictiveDraws>> without;
};

/// Whether a candidate is fitted without the brokers that the judged world has: it is no forecast
/// of the model, but shows what the brokers are worth.
bool is_rival(const World& judged, const JudgedWorlds& candidate);

/// Whether a posterior of the model has seen no year that a pattern is about.
bool is_held_out(const World& judged, const JudgedWorlds& candidate, const Pattern& pattern);

/// Position of the candidate that is fitted to the most years; the first of several.
std::size_t judged_position(const World& judged, const std::vector<JudgedWorlds>& candidates);

/// Runs all worlds that are needed to judge the candidates, by candidate. Empty if `stop` said true
/// before the end.
std::vector<CandidateDraws> run_candidates(const World& judged,
                                           const std::vector<JudgedWorlds>& candidates,
                                           const ReplicatePlan& plan,
                                           const ProgressCallback& progress,
                                           const std::function<bool()>& stop);

}  // namespace onward
