#pragma once

#include "core/parallel.h"
#include "model/state.h"

namespace onward {

/// Writes the end-of-month stocks, beliefs and prices into the measures. Flows are counted where
/// they happen.
void record(State& state, const Month& month, ThreadTeam& team = one_thread());

}  // namespace onward
