#pragma once

#include <functional>

#include "run/point_runner.h"

/// Approximate Bayesian computation by sequential Monte Carlo with moves of Metropolis and
/// Hastings: Drovandi and Pettitt, "Estimation of parameters for macroparasite population
/// evolution using approximate Bayesian computation", Biometrics 67 (2011); Del Moral, Doucet and
/// Jasra, Statistics and Computing 22 (2012). docs/calibration.md says how.
namespace onward {

/// What a round did.
struct RoundReport {
  double tolerance = 0.0;   ///< greatest distance allowed
  double best = 0.0;        ///< least distance of the population
  double acceptance = 0.0;  ///< share of proposed moves that were accepted
  double step = 0.0;        ///< size of the proposals, relative to the population's spread
  int moves = 0;            ///< of each particle that was replaced
  int distinct = 0;         ///< different points in the population
  int points = 0;           ///< run so far

  bool operator==(const RoundReport&) const = default;
};

/// Everything that a calibration needs to go on, and the whole of its result.
struct CalibrationState {
  std::vector<FitPoint> points;         ///< every point that was run, in order
  std::vector<std::size_t> population;  ///< positions of its particles among the points
  std::vector<RoundReport> rounds;      ///< the first is the draw from the prior
  double step = 1.0;                    ///< of the next round
  std::size_t bank_begin = 0;           ///< position of the bank's first point
  std::size_t bank_size = 0;            ///< 0 while there is none

  bool operator==(const CalibrationState&) const = default;
};

/// How a calibration runs.
struct CalibrationRun {
  const PointRunner& runner;
  ThreadTeam& team;
  std::function<bool()> stop;                                   ///< may be empty
  std::function<void(double finished, double total)> progress;  ///< of a round; may be empty
};

/// Whether the population will not get nearer with the work that the plan allows.
bool is_converged(const CalibrationState& state, const CalibrationPlan& plan);

/// Does one round: the draw from the prior if there was none, otherwise a smaller tolerance and
/// moves under it. What a round does depends on the state and the study alone. Returns false, and
/// leaves the state as it was, if it was stopped.
bool do_round(CalibrationState& state, const CalibrationRun& run);

/// Runs the bank: points from the priors, each parameter cut off where the population's central
/// 90 % ends once it is made wider by the plan's factor. Within these ranges the bank is a sample
/// of the prior itself, so that nothing needs a weight. Returns false, and leaves the state as it
/// was, if it was stopped.
bool fill_bank(CalibrationState& state, const CalibrationRun& run);

/// The population as a posterior, in no order.
Posterior posterior_of(const CalibrationState& state, const CalibrationStudy& study);

/// Puts draws in an order that says nothing about them, the same for the same draws.
void shuffle(std::vector<std::vector<double>>& draws);

}  // namespace onward
