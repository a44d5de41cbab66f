#pragma once

#include "run/tally.h"

namespace onward {

/// The worlds of a decomposition, by number: the variant as it is, with all channels held, with
/// each PathChannel held alone, and with all but one held.
inline constexpr std::size_t kHeldWorlds = 2 + 2 * kPathChannelNames.size();
inline constexpr std::size_t kNoneHeld = 0;
inline constexpr std::size_t kAllHeld = 1;

/// The world in which one channel is held and the others work.
constexpr std::size_t held_alone(std::size_t channel) { return 2 + channel; }
/// The world in which one channel works and the others are held.
constexpr std::size_t works_alone(std::size_t channel) {
  return held_alone(channel) + kPathChannelNames.size();
}

/// The channels that are held at the base's path in a world.
PathChannels channels_held(std::size_t world);

/// Runs the worlds of a decomposition one after the other and counts each, into the columns
/// CountLayout::held. The run needs its fork. False if `stop` said true.
bool tally_held(const WorldPair& worlds, const PairedRun& run, const ReplicateCounts& counts,
                ThreadTeam& team, const std::function<bool()>& stop = {});

}  // namespace onward
