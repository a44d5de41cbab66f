#pragma once

#include "run/calibration_state.h"
#include "run/gaussian.h"

/// The way from the priors to the neighbourhood of the most probable point, by CMA-ES
/// (run/evolution_strategy.h) on minus the log of the posterior density: the distance of
/// FitTarget less the log density of the priors.
namespace onward {

/// Rounds of climbing that a plan asks for, of all climbs together.
std::size_t climb_rounds(const CalibrationPlan& plan);

/// Points that so many first rounds of a calibration run while they climb.
std::size_t climbed_points(const CalibrationPlan& plan, std::size_t rounds);

/// Does the next round of climbing: a few generations. Returns false if it was stopped, with
/// points of the round perhaps added.
bool do_climb(CalibrationState& state, const CalibrationRun& run);

/// What a climb knows about the posterior.
struct Summit {
  Gaussian around;        ///< the most probable point, and a normal approximation of the posterior
  double distance = 0.0;  ///< at the most probable point, luck averaged out
  double height = 0.0;    ///< log density of the posterior there, up to a constant
};

/// The summits of the climbs, which have ended, in their order; none if there were no climbs. The
/// shape of a normal approximation is that of the last proposals; its size follows from how the
/// distances of the later half of the generations grow with the way from the summit (least
/// squares), and from the priors.
std::vector<Summit> find_summits(const CalibrationState& state, const CalibrationStudy& study);

/// The summits that are about as high as the highest, which comes first: no further below than
/// half of the number of parameters, by which a draw from a posterior lies below its summit on
/// average.
std::vector<Summit> highest_of(std::vector<Summit> summits);

}  // namespace onward
