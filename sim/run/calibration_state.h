#pragma once

#include <functional>

#include "run/point_runner.h"

namespace onward {

/// What a round of a calibration does.
enum class RoundKind : std::uint8_t {
  kClimb,  ///< generations of the evolution strategy, towards the most probable point
  kFirst,  ///< the first population
  kMoves,  ///< a smaller tolerance, and moves under it
};

/// What a round did.
struct RoundReport {
  RoundKind kind = RoundKind::kMoves;
  double tolerance = 0.0;   ///< greatest distance allowed; of a climb, the last generation's median
  double best = 0.0;        ///< least distance of the population, or of the last generation
  double acceptance = 0.0;  ///< share of proposed moves that were accepted; 1 if none were proposed
  double step = 0.0;        ///< size of the proposals, relative to the spread of what they start at
  int moves = 0;            ///< of each particle; generations of a climb
  int distinct = 0;         ///< different points in the population, or in a generation
  int points = 0;           ///< run so far

  bool operator==(const RoundReport&) const = default;
};

/// A point of the bank: run once.
struct BankPoint {
  std::vector<double> standard;      ///< by parameter, on the scale of run/prior_scale.h
  std::vector<std::int32_t> claims;  ///< by year of the fit and destination

  bool operator==(const BankPoint&) const = default;
};

/// Everything that a calibration needs to go on, and the whole of its result.
struct CalibrationState {
  std::vector<FitPoint> points;         ///< every point of the search, in order
  std::vector<std::size_t> population;  ///< positions of its particles among the points
  std::vector<RoundReport> rounds;
  double step = 1.0;            ///< of the next round of moves
  std::vector<BankPoint> bank;  ///< empty while there is none

  bool operator==(const CalibrationState&) const = default;
};

/// How a calibration runs.
struct CalibrationRun {
  const PointRunner& runner;
  ThreadTeam& team;
  std::function<bool()> stop;                                   ///< may be empty
  std::function<void(double finished, double total)> progress;  ///< of a round; may be empty
};

/// The draws of one particle (or point) in one move of one round.
DrawSequence calibration_draws(const CalibrationStudy& study, std::size_t round,
                               std::size_t particle, std::size_t move);

/// Runs points and adds them to the others. Returns false, with nothing added, if it was stopped.
bool run_and_keep(std::vector<FitPoint>& fresh, CalibrationState& state, const CalibrationRun& run);

/// Sorts positions of points, the nearest first.
void sort_by_distance(std::vector<std::size_t>& positions, const std::vector<FitPoint>& points);

}  // namespace onward
