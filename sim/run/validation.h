#pragma once

#include "run/judged_worlds.h"
#include "run/scores.h"

namespace onward {

/// The score of one forecast of one quantity over one period.
struct ScoreRow {
  std::string forecast;
  std::string origin;
  Quantity target = Quantity::kCounts;
  YearSpan period;
  bool held_out = false;  ///< the forecast knows no year of the period
  Score score;
};

/// A pattern whose years lie after all that a posterior has seen.
struct HeldOutPattern {
  PatternResult result;
  std::string scenario;  ///< name of the one that ran with the posterior
  YearSpan fitted_to;
};

/// A posterior that was used.
struct UsedPosterior {
  std::string study;
  std::string scenario;  ///< name of the one that ran with it
  YearSpan fitted_to;
  std::string left_out;  ///< cells of those years that it has not seen, in words
  std::size_t draws = 0;
};

/// How a world and forecasts that need no model do against the world's observed record.
struct Validation {
  ReplicatePlan plan;
  int origin = 0;                         ///< last year that a fixed forecast knows
  std::vector<YearSpan> periods;          ///< that were scored
  std::vector<YearSpan> left_out;         ///< asked for, but some year cannot be scored
  std::vector<std::string> destinations;  ///< the scored set
  std::vector<ScoreRow> scores;           ///< by period, quantity, forecast
  std::vector<PatternResult> patterns;    ///< by the candidate that is fitted to the most years
  std::vector<HeldOutPattern> held_out_patterns;  ///< by posterior and pattern
  std::vector<UsedPosterior> posteriors;
};

/// Years that can be scored: whole years of the run, with an observed record and one before it.
/// Empty (last < first) if there is none.
YearSpan scorable_years(const World& world, const ObservedTable& observed);

/// The origin of the world's plan, or the year before the last quarter of `scorable`.
int forecast_origin(const ValidationPlan& plan, YearSpan scorable);

/// The periods of the world's plan, or all years, those up to the origin and those after it.
std::vector<YearSpan> periods_of(const ValidationPlan& plan, YearSpan scorable);

/// Runs the replicates of each candidate, of the same worlds without brokers if they have some, and
/// of those that paired patterns ask for, on the same draws. A candidate without brokers, where
/// `judged` has some, is the forecast `no-brokers`, fitted as it says; the candidate that is fitted
/// to the same years is then not run without brokers again. Scores and judges them by the record
/// and the patterns of `judged`, whose months and places the candidates must share. The threads
/// change nothing. Returns nothing if `stop` said true before the end. Errors: a world without
/// scorable years.
std::optional<Validation> validate(const World& judged, const std::vector<JudgedWorlds>& candidates,
                                   const ReplicatePlan& plan, const ProgressCallback& progress = {},
                                   const std::function<bool()>& stop = {});

/// The same of a world with its own parameters, fitted to the years that its plan states.
std::optional<Validation> validate(const World& world, const ReplicatePlan& plan,
                                   const ProgressCallback& progress = {},
                                   const std::function<bool()>& stop = {});

}  // namespace onward
