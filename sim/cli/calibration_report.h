#pragma once

#include <string>

#include "run/calibration.h"

namespace onward {

/// What a calibration found, as a text: how near it came, and each parameter before and after.
std::string calibration_text(const CalibrationState& state, const CalibrationStudy& study,
                             const CalibrationAnswer& answer);

}  // namespace onward
