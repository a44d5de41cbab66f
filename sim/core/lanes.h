#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/random.h"

/// Many draws at once, for loops that draw for many people or many places. Each lane has the very
/// bits that `draw` and the samplers of core/distributions.h give for its key alone.
namespace onward {

inline constexpr std::size_t kLanes = 16;

/// One number for each lane.
using LaneDoubles = std::array<double, kLanes>;

/// A block for each lane, stored word by word: the first words of all lanes, then the second.
struct LaneBlocks {
  alignas(32) std::array<std::array<std::uint32_t, kLanes>, 4> words;

  Block block(std::size_t lane) const {
    return {words[0][lane], words[1][lane], words[2][lane], words[3][lane]};
  }
};

/// What the draws of the lanes are keyed by, as for `draw`.
struct LaneKeys {
  std::array<Entity, kLanes> entity{};
  std::array<std::uint32_t, kLanes> word{};
};

/// The blocks of (run, entity, purpose, index, word) of every lane.
LaneBlocks draw_lanes(RunKey run, const LaneKeys& keys, std::uint8_t purpose,
                      std::uint32_t index = 0);

/// Standard exponentials of the first uniform numbers of the blocks.
LaneDoubles exponential_lanes(const LaneBlocks& blocks);

/// Standard Gumbel numbers of the first uniform numbers of the blocks.
LaneDoubles gumbel_lanes(const LaneBlocks& blocks);

}  // namespace onward
