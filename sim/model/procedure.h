#pragma once

#include "core/parallel.h"
#include "model/state.h"

namespace onward {

/// Decides the cases that are ready, oldest first, within each destination's capacity; decides
/// appeals; lets refused people go on, go home or stay on; removes or loses those without status.
void adjudicate(State& state, const Month& month, ThreadTeam& team = one_thread());

}  // namespace onward
