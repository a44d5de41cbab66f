#pragma once

#include "model/state.h"

namespace onward {

/// Writes the end-of-month stocks, beliefs and prices into the measures. Flows are counted where
/// they happen.
void record(State& state, const Month& month);

}  // namespace onward
