#pragma once

#include <functional>
#include <optional>

#include "engine/step.h"

namespace onward {

/// Runs all months of a replicate that has been prepared, and observes it. `stop` is asked
/// before each month; if it says true, the run ends there and the result is false. `after_month` is
/// called when a month is over.
bool run_to_end(Simulation& simulation, ThreadTeam& team, const std::function<bool()>& stop = {},
                const std::function<void()>& after_month = {});

/// Runs one replicate from start to end. A pure function of (world, seed, replicate): the threads
/// of `team` change nothing. The result is empty if `stop` said true.
std::optional<Measures> simulate(const World& world, std::uint64_t seed, std::uint32_t replicate,
                                 ThreadTeam& team, const std::function<bool()>& stop = {},
                                 const std::function<void()>& after_month = {});

}  // namespace onward
