#pragma once

#include "core/parallel.h"
#include "model/state.h"

namespace onward {

/// The state before the first month: the initial stock of people, communities and brokers.
State initial_state(const World& world, RunKey key, ThreadTeam& team = one_thread());

}  // namespace onward
