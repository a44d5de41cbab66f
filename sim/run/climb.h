#pragma once

#include "run/calibration_state.h"
#include "run/gaussian.h"

/// The way from the priors to the neighbourhood of the most probable point, by CMA-ES
/// (run/evolution_strategy.h) on minus the log of the posterior density: the distance of
/// FitTarget less the log density of the priors.
namespace onward {

/// Rounds of climbing that a plan asks for.
std::size_t climb_rounds(const CalibrationPlan& plan);

/// Does the next round of climbing: a few generations. Returns false if it was stopped, with
/// points of the round perhaps added.
bool do_climb(CalibrationState& state, const CalibrationRun& run);

/// What a climb knows about the posterior.
struct Summit {
  Gaussian around;        ///< the most probable point, and a normal approximation of the posterior
  double distance = 0.0;  ///< at the most probable point, luck averaged out
};

/// The summit of a climb that has ended. The shape of the normal approximation is that of the
/// last proposals; its size follows from how the distances of the later generations grow with
/// the way from the summit (least squares), and from the priors.
Summit find_summit(const CalibrationState& state, const CalibrationStudy& study);

}  // namespace onward
