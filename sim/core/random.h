#pragma once

#include <Random123/philox.h>

#include <array>
#include <cstdint>

#include "core/check.h"
#include "core/elementary.h"

/// Draws are functions, not streams: the same key gives the same number whenever, wherever and in
/// whatever order it is asked for. The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw,
/// "Parallel random numbers: as easy as 1, 2, 3", SC11), from the Random123 library.
namespace onward {

/// Four words of 32 random bits.
using Block = std::array<std::uint32_t, 4>;

/// What a whole run's draws are keyed by.
struct RunKey {
  std::uint32_t low = 0;
  std::uint32_t high = 0;

  bool operator==(const RunKey&) const = default;
};

/// A stable identity to which draws belong: a person, a broker, a community.
struct Entity {
  std::uint64_t value = 0;

  bool operator==(const Entity&) const = default;
};

/// Philox4x32-10 itself, exposed for its published test vectors.
inline Block philox(const Block& counter, const std::array<std::uint32_t, 2>& key) {
  const r123::Philox4x32::ctr_type c = {{counter[0], counter[1], counter[2], counter[3]}};
  const r123::Philox4x32::key_type k = {{key[0], key[1]}};
  const auto out = r123::Philox4x32{}(c, k);
  return {out[0], out[1], out[2], out[3]};
}

/// The key of one replicate of one seed.
RunKey run_key(std::uint64_t seed, std::uint32_t replicate);

/// The largest `index` that a draw accepts.
inline constexpr std::uint32_t kMaxDrawIndex = (1u << 24) - 1;

/// The random block of (run, entity, purpose, index, word). `purpose` is 0 to 255 and `index` at
/// most kMaxDrawIndex; `word` is free (often the key of a destination's name, or a counter).
inline Block draw(RunKey run, Entity entity, std::uint8_t purpose, std::uint32_t index = 0,
                  std::uint32_t word = 0) {
  EXPECT(index <= kMaxDrawIndex);
  const auto low = static_cast<std::uint32_t>(entity.value);
  const auto high = static_cast<std::uint32_t>(entity.value >> 32);
  return philox({low, high, static_cast<std::uint32_t>(purpose) << 24 | index, word},
                {run.low, run.high});
}

/// A number in the open interval (0, 1) with 53 random bits, of two words of a block.
inline double unit_interval(std::uint32_t high, std::uint32_t low) {
  const std::uint64_t bits = (static_cast<std::uint64_t>(high) << 32 | low) >> 11;
  // 52 bits and a half step, so that neither 0 nor 1 can appear.
  return (whole_number(bits >> 1) + 0.5) * 0x1p-52;
}

/// A number in the open interval (0, 1) with 32 random bits, for coarse comparisons.
inline double unit_interval(std::uint32_t word) { return (whole_number(word) + 0.5) * 0x1p-32; }

/// The first and second uniform number of a block.
inline double first_uniform(const Block& block) { return unit_interval(block[0], block[1]); }
inline double second_uniform(const Block& block) { return unit_interval(block[2], block[3]); }

/// One uniform number in (0, 1).
inline double draw_uniform(RunKey run, Entity entity, std::uint8_t purpose, std::uint32_t index = 0,
                           std::uint32_t word = 0) {
  return first_uniform(draw(run, entity, purpose, index, word));
}

/// A sequence of uniform numbers under one key, for samplers whose need is not known beforehand.
class DrawSequence {
 public:
  DrawSequence(RunKey run, Entity entity, std::uint8_t purpose, std::uint32_t index = 0)
      : run_(run), entity_(entity), purpose_(purpose), index_(index) {}

  /// The next number in (0, 1).
  double next();

 private:
  RunKey run_;
  Entity entity_;
  std::uint8_t purpose_;
  std::uint32_t index_;
  std::uint32_t word_ = 0;
  bool second_is_left_ = false;
  Block block_{};
};

}  // namespace onward
