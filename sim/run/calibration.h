#pragma once

#include <functional>

#include "io/hdf5_calibration_file.h"
#include "run/abc_smc.h"

namespace onward {

/// The state and the study as a file has them; the posterior is that of the population if
/// `is_done`.
CalibrationFile to_file(const CalibrationState& state, const CalibrationStudy& study, bool is_done);

/// Takes a calibration up again. Errors: InputError with `path` if the file was made by another
/// study, or by one whose scenario, parameters or plan (but for the work allowed) have changed.
CalibrationState from_file(const CalibrationFile& file, const CalibrationStudy& study,
                           const std::string& path);

/// Hash of all that decides what a calibration runs, but for how long it may go on.
std::string study_hash(const CalibrationStudy& study);

/// What a calibration tells while it works.
struct CalibrationHooks {
  std::function<void(const RoundReport&)> round;                    ///< after each round
  std::function<void(const CalibrationState&, bool is_done)> save;  ///< when there is news to keep
};

/// Goes on from `state` to the end: rounds until the population gets no nearer, then the bank.
/// Returns false if it was stopped; what was saved last can be taken up again.
bool calibrate(CalibrationState& state, const CalibrationRun& run, const CalibrationHooks& hooks);

}  // namespace onward
