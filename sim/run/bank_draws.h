#pragma once

#include "run/calibration_state.h"
#include "run/gaussian.h"

namespace onward {

/// The part of the space of parameters from which a bank is drawn: an ellipsoid.
struct BankRegion {
  Gaussian shape;       ///< centre and axes
  double radius = 1.0;  ///< in standard deviations of the shape
};

/// The ellipsoid of the population's mean and covariance, out to where nine tenths of the
/// particles lie, made wider by the plan's factor.
BankRegion bank_region(const CalibrationState& state, const CalibrationStudy& study);

/// A point from the priors, cut off at the region: the end of a hit-and-run chain (Smith,
/// Operations Research 32, 1984) that starts at `start`, which must lie inside both.
std::vector<double> draw_inside(const BankRegion& region,
                                const std::vector<FittedParameter>& parameters,
                                std::vector<double> start, DrawSequence& draws);

/// The replicate with which the first point of the bank is run: none of the search has it.
std::size_t first_bank_replicate(const CalibrationState& state, const CalibrationStudy& study);

/// Runs the bank, each point once. Within the region it is a sample of the prior itself, so that
/// nothing needs a weight. Returns false, and leaves the state as it was, if it was stopped.
bool fill_bank(CalibrationState& state, const CalibrationRun& run);

}  // namespace onward
