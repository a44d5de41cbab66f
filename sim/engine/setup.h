#pragma once

#include "core/parallel.h"
#include "model/state.h"

namespace onward {

/// The state before the first month: the initial stock of people, communities and brokers. Stayers
/// have rows if it says so: then what comes of a person can be looked up for everybody.
State initial_state(const World& world, RunKey key, ThreadTeam& team = one_thread(),
                    bool with_stayers = false);

}  // namespace onward
