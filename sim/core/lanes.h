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
  alignas(64) std::array<std::array<std::uint32_t, kLanes>, 4> words;

  /// Makes a lane that which is to be drawn: `draw_in_place` then turns it into its block.
  void ask(std::size_t lane, Entity entity, std::uint8_t purpose, std::uint32_t index,
           std::uint32_t word) {
    words[0][lane] = static_cast<std::uint32_t>(entity.value);
    words[1][lane] = static_cast<std::uint32_t>(entity.value >> 32);
    words[2][lane] = static_cast<std::uint32_t>(purpose) << 24 | index;
    words[3][lane] = word;
  }
  Block block(std::size_t lane) const {
    return {words[0][lane], words[1][lane], words[2][lane], words[3][lane]};
  }
};

/// What the draws of the lanes are keyed by, as for `draw`.
struct LaneKeys {
  std::array<Entity, kLanes> entity{};
  std::array<std::uint32_t, kLanes> word{};
};

/// Half as many numbers, for samplers that need few.
inline constexpr std::size_t kFewLanes = 8;
using FewDoubles = std::array<double, kFewLanes>;

/// Draws what every lane was made to ask for. Lanes that ask for nothing must hold any words.
void draw_in_place(RunKey run, LaneBlocks& blocks);
/// The same of the first kFewLanes lanes only.
void draw_few_in_place(RunKey run, LaneBlocks& blocks);

/// The blocks of (run, entity, purpose, index, word) of every lane.
LaneBlocks draw_lanes(RunKey run, const LaneKeys& keys, std::uint8_t purpose,
                      std::uint32_t index = 0);

/// Standard exponentials of the first uniform numbers of the blocks.
LaneDoubles exponential_lanes(const LaneBlocks& blocks);

/// Standard Gumbel numbers of the first uniform numbers of the blocks.
LaneDoubles gumbel_lanes(const LaneBlocks& blocks);

/// The same of the first kFewLanes lanes only.
FewDoubles few_gumbel_lanes(const LaneBlocks& blocks);

/// Log-normals of medians and log standard deviations, each from the two uniform numbers of a
/// block; of the first kFewLanes lanes only.
FewDoubles log_normal_lanes(const FewDoubles& median, const FewDoubles& spread,
                            const LaneBlocks& blocks);

}  // namespace onward
