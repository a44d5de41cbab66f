#pragma once

#include <functional>
#include <optional>

#include "io/hdf5_calibration_file.h"
#include "run/bank.h"
#include "run/calibration_state.h"
#include "run/self_check.h"

namespace onward {

/// The state and the study as a file has them.
CalibrationFile to_file(const CalibrationState& state, const CalibrationStudy& study);

/// Takes a calibration up again. Errors: InputError with `path` if the file was made by another
/// study, or by one whose scenario, parameters or plan (but for how long it may go on) differ.
CalibrationState take_up(const CalibrationFile& file, const CalibrationStudy& study,
                         const std::string& path);

/// Takes the bank of a calibration for a study of other cells; the state has no rounds, as the
/// search saw those of its own study. Errors: InputError with `path` if scenario or parameters
/// differ, if there is no bank, or if it does not hold the study's years.
CalibrationState take_bank(const CalibrationFile& file, const CalibrationStudy& study,
                           const std::string& path);

/// What a calibration has found.
struct CalibrationAnswer {
  Posterior posterior;              ///< from where the plan says
  std::optional<Bank> bank;         ///< empty if there is none
  WeightedSample sample;            ///< what the bank says of the record
  std::vector<Recovery> recovered;  ///< by parameter, of the plan's checks; empty if there are none
};

CalibrationAnswer answer_of(const CalibrationState& state, const CalibrationStudy& study);

/// What a calibration tells while it works.
struct CalibrationHooks {
  std::function<void(const RoundReport&)> round;      ///< after each round
  std::function<void(const CalibrationState&)> save;  ///< when there is news to keep
};

/// Goes on from `state` to the end: rounds until the search has ended, then the bank.
/// Returns false if it was stopped; what was saved last can be taken up again.
bool calibrate(CalibrationState& state, const CalibrationRun& run, const CalibrationHooks& hooks);

}  // namespace onward
