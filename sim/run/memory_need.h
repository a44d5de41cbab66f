#pragma once

#include <cstdint>
#include <string>

#include "run/replicates.h"

namespace onward {

/// Memory that a replicate needs at most, as estimated from the scenario, bytes.
struct MemoryNeed {
  std::uint64_t people = 0;       ///< the rows of those who ever arrive and get one
  std::uint64_t attention = 0;    ///< lists of those who can consider moving, and their candidates
  std::uint64_t journeys = 0;     ///< moves, cases and the log of departures
  std::uint64_t communities = 0;  ///< tables by community and destination
  std::uint64_t measures = 0;     ///< the measured series

  std::uint64_t total() const { return people + attention + journeys + communities + measures; }
};

/// The estimate is made for hazards of attention and flows like those of the reference case, and
/// is above the need where few move. A trace keeps rows of stayers, too: `with_stayers`.
MemoryNeed memory_of_replicate(const World& world, bool with_stayers = false);

/// Memory of the plan's replicates that run at the same time, and of what they share, bytes.
std::uint64_t memory_of_run(const World& world, const ReplicatePlan& plan,
                            bool with_stayers = false);

/// Says what a run of `need` bytes would take of `available` ones. Errors: std::runtime_error if
/// that is more than there is.
std::string check_memory(std::uint64_t need, std::uint64_t available);

}  // namespace onward
