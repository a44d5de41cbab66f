#pragma once

#include <string>

#include "run/validation.h"

namespace onward {

/// For readers: a table of scores for each period, and the patterns with verdicts.
std::string validation_text(const World& world, const Validation& validation);

/// For programs; the keys are part of the stable contract (docs/validation.md).
std::string validation_json(const World& world, const Validation& validation);

/// `2013-2015`.
std::string to_text(YearSpan years);

}  // namespace onward
