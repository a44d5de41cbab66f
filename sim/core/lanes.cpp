#include "core/lanes.h"

#include "core/distributions.h"
#include "core/vectorise.h"

namespace onward {

namespace {

/// One round of Philox4x32, with the constants of its authors.
inline void philox_round(LaneBlocks& blocks, RunKey key) {
  auto& [a, b, c, d] = blocks.words;
  for (std::size_t i = 0; i < kLanes; ++i) {
    const std::uint64_t left = std::uint64_t{a[i]} * 0xD2511F53u;
    const std::uint64_t right = std::uint64_t{c[i]} * 0xCD9E8D57u;
    a[i] = static_cast<std::uint32_t>(right >> 32) ^ b[i] ^ key.low;
    c[i] = static_cast<std::uint32_t>(left >> 32) ^ d[i] ^ key.high;
    b[i] = static_cast<std::uint32_t>(right);
    d[i] = static_cast<std::uint32_t>(left);
  }
}

ONWARD_VECTORISED void philox_lanes(LaneBlocks& blocks, RunKey key) {
  for (int round = 0; round < 10; ++round) {
    philox_round(blocks, key);
    key.low += 0x9E3779B9;
    key.high += 0xBB67AE85;
  }
}

ONWARD_VECTORISED void exponentials(const LaneBlocks& blocks, LaneDoubles& out) {
  for (std::size_t i = 0; i < kLanes; ++i)
    out[i] = exponential(unit_interval(blocks.words[0][i], blocks.words[1][i]));
}

ONWARD_VECTORISED void gumbels(const LaneBlocks& blocks, LaneDoubles& out) {
  for (std::size_t i = 0; i < kLanes; ++i)
    out[i] = gumbel(unit_interval(blocks.words[0][i], blocks.words[1][i]));
}

}  // namespace

LaneBlocks draw_lanes(RunKey run, const LaneKeys& keys, std::uint8_t purpose, std::uint32_t index) {
  EXPECT(index <= kMaxDrawIndex);
  LaneBlocks blocks;
  for (std::size_t i = 0; i < kLanes; ++i) {
    blocks.words[0][i] = static_cast<std::uint32_t>(keys.entity[i].value);
    blocks.words[1][i] = static_cast<std::uint32_t>(keys.entity[i].value >> 32);
    blocks.words[2][i] = static_cast<std::uint32_t>(purpose) << 24 | index;
    blocks.words[3][i] = keys.word[i];
  }
  philox_lanes(blocks, run);
  return blocks;
}

LaneDoubles exponential_lanes(const LaneBlocks& blocks) {
  LaneDoubles out;
  exponentials(blocks, out);
  return out;
}

LaneDoubles gumbel_lanes(const LaneBlocks& blocks) {
  LaneDoubles out;
  gumbels(blocks, out);
  return out;
}

}  // namespace onward
