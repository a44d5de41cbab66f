#pragma once

#include <functional>
#include <optional>

#include "engine/step.h"

namespace onward {

/// Runs one replicate from start to end. A pure function of (world, seed, replicate): the threads
/// of `team` change nothing. `stop` is asked before each month; if it says true, the run ends and
/// the result is empty.
std::optional<Measures> simulate(const World& world, std::uint64_t seed, std::uint32_t replicate,
                                 ThreadTeam& team, const std::function<bool()>& stop = {});

}  // namespace onward
