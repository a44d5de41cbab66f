#pragma once

#include "core/parallel.h"
#include "model/communities.h"

namespace onward {

/// Lets old evidence and buzz fade, brings in announcements and brokers' advertising, and renews
/// the signals of the channels that are not held.
void spread_information(State& state, const Month& month, ThreadTeam& team = one_thread());

}  // namespace onward
