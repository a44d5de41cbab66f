#pragma once

#include "run/replicates.h"
#include "run/tally.h"

namespace onward {

/// Most replicates of a comparison that also run with a placebo.
inline constexpr std::uint32_t kMaxPlacebos = 50;

/// Which replicates to compare, and whether to run the worlds of a decomposition too.
struct ComparisonPlan {
  ReplicatePlan replicates;
  bool decompose = false;  ///< needs worlds that pass check_decomposable
};

/// Observers of the runs of each world.
struct PairObservers {
  std::span<Observer* const> base;
  std::span<Observer* const> variant;
};

/// What was counted, one row for each replicate; the first `placebos` of them had one.
struct Comparison {
  Parting parting;
  ReplicatePlan plan;
  std::uint32_t placebos = 0;
  CountTable counts;
  MonthTable months;
  DelayCounts delays;  ///< over all replicates
};

/// Runs two comparable worlds on the same draws of luck, replicate by replicate, and joins them
/// person by person. Observers are told of each world's measures, one call at a time; the threads
/// change nothing. Worlds that do not differ get no placebo and are not decomposed. Returns nothing
/// if `stop` said true before the end.
std::optional<Comparison> compare(const Worlds& base, const Worlds& variant,
                                  const ComparisonPlan& what, const PairObservers& observers = {},
                                  const ProgressCallback& progress = {},
                                  const std::function<bool()>& stop = {});

}  // namespace onward
