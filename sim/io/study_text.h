#pragma once

#include <string>

#include "io/study_file.h"

/// A study in words.
namespace onward {

/// Which cells of the record a fit sees, as "2004-2015 without GBR 2006-2009".
std::string describe_fit(const FitPlan& fit, const Scenario& scenario);

/// What the fit does not see of its years; empty if it sees them whole.
std::string describe_left_out(const FitPlan& fit, const Scenario& scenario);

/// The parameters with their targets and priors, and the runs of a point: what makes two banks of a
/// scenario the same kind of bank.
std::string describe_parameters(const CalibrationStudy& study);

/// What decides which points a calibration runs besides the scenario and the parameters: the cells
/// seen and the plan, but for how long it may go on.
std::string describe_search(const CalibrationStudy& study);

}  // namespace onward
