#pragma once

#include "run/calibration_state.h"

/// Approximate Bayesian computation by sequential Monte Carlo with moves of Metropolis and
/// Hastings: Drovandi and Pettitt, "Estimation of parameters for macroparasite population
/// evolution using approximate Bayesian computation", Biometrics 67 (2011); Del Moral, Doucet and
/// Jasra, Statistics and Computing 22 (2012). Steps are those of ter Braak, "A Markov chain Monte
/// Carlo version of the genetic algorithm differential evolution", Statistics and Computing 16
/// (2006). docs/calibration.md says how.
namespace onward {

/// Whether the search has ended: the population will not get nearer with the work that the plan
/// allows, or need not.
bool is_converged(const CalibrationState& state, const CalibrationStudy& study);

/// Does one round: some generations of a climb while the plan asks for more, then the first
/// population, then a smaller tolerance and moves under it. What a round does depends on the state
/// and the study alone.
/// Returns false, and leaves the state as it was, if it was stopped.
bool do_round(CalibrationState& state, const CalibrationRun& run);

/// The population as a posterior, in no order.
Posterior posterior_of(const CalibrationState& state, const CalibrationStudy& study);

/// Puts draws in an order that says nothing about them, the same for the same draws.
void shuffle(std::vector<std::vector<double>>& draws);

}  // namespace onward
