#pragma once

#include "run/patterns.h"
#include "run/replicates.h"
#include "run/scores.h"

namespace onward {

/// The score of one forecast of one quantity over one period.
struct ScoreRow {
  std::string forecast;
  std::string origin;
  Quantity target = Quantity::kCounts;
  YearSpan period;
  Score score;
};

/// How a world and forecasts that need no model do against the world's observed record.
struct Validation {
  ReplicatePlan plan;
  int origin = 0;                         ///< last year that a fixed forecast knows
  std::vector<YearSpan> periods;          ///< that were scored
  std::vector<YearSpan> left_out;         ///< asked for, but some year cannot be scored
  std::vector<std::string> destinations;  ///< the scored set
  std::vector<ScoreRow> scores;           ///< by period, quantity, forecast
  std::vector<PatternResult> patterns;
};

/// Years that can be scored: whole years of the run, with an observed record and one before it.
/// Empty (last < first) if there is none.
YearSpan scorable_years(const World& world, const ObservedTable& observed);

/// The origin of the world's plan, or the year before the last quarter of `scorable`.
int forecast_origin(const ValidationPlan& plan, YearSpan scorable);

/// The periods of the world's plan, or all years, those up to the origin and those after it.
std::vector<YearSpan> periods_of(const ValidationPlan& plan, YearSpan scorable);

/// Runs the replicates of the world, of the same world without brokers if it has some, and of each
/// world that a paired pattern asks for, on the same draws; scores and judges them. The threads
/// change nothing. Returns nothing if `stop` said true before the end. Errors: a world without
/// scorable years.
std::optional<Validation> validate(const World& world, const ReplicatePlan& plan,
                                   const ProgressCallback& progress = {},
                                   const std::function<bool()>& stop = {});

}  // namespace onward
