#include "core/lanes.h"

#include "core/distributions.h"
#include "core/vectorise.h"

#ifdef ONWARD_CHOOSES_PROCESSOR
#include <immintrin.h>
#endif

namespace onward {

namespace {

constexpr int kRounds = 10;  // of Philox4x32, with the constants of its authors
constexpr std::uint32_t kLeftFactor = 0xD2511F53;
constexpr std::uint32_t kRightFactor = 0xCD9E8D57;
constexpr std::uint32_t kLeftStep = 0x9E3779B9;
constexpr std::uint32_t kRightStep = 0xBB67AE85;

void philox_plain(LaneBlocks& blocks, RunKey key) {
  auto& [a, b, c, d] = blocks.words;
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < kLanes; ++i) {
      const std::uint64_t left = std::uint64_t{a[i]} * kLeftFactor;
      const std::uint64_t right = std::uint64_t{c[i]} * kRightFactor;
      a[i] = static_cast<std::uint32_t>(right >> 32) ^ b[i] ^ key.low;
      c[i] = static_cast<std::uint32_t>(left >> 32) ^ d[i] ^ key.high;
      b[i] = static_cast<std::uint32_t>(right);
      d[i] = static_cast<std::uint32_t>(left);
    }
    key.low += kLeftStep;
    key.high += kRightStep;
  }
}

#ifdef ONWARD_CHOOSES_PROCESSOR
/// Four lanes in registers, each word in the low half of 64 bits; what the high halves hold does
/// not matter, because the multiplication does not look at them. The compiler finds no such code.
__attribute__((target("avx2"))) void philox_avx2(LaneBlocks& blocks, RunKey key) {
  const __m256i left_factor = _mm256_set1_epi64x(kLeftFactor);
  const __m256i right_factor = _mm256_set1_epi64x(kRightFactor);
  const __m256i low_halves = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
  for (std::size_t first = 0; first < kLanes; first += 4) {
    __m256i word[4];
    for (std::size_t w = 0; w < 4; ++w) {
      const auto* from = reinterpret_cast<const __m128i*>(&blocks.words[w][first]);
      word[w] = _mm256_cvtepu32_epi64(_mm_loadu_si128(from));
    }
    auto& [a, b, c, d] = word;
    RunKey now = key;
    for (int round = 0; round < kRounds; ++round) {
      const __m256i left = _mm256_mul_epu32(a, left_factor);
      const __m256i right = _mm256_mul_epu32(c, right_factor);
      a = _mm256_xor_si256(_mm256_srli_epi64(right, 32),
                           _mm256_xor_si256(b, _mm256_set1_epi64x(now.low)));
      c = _mm256_xor_si256(_mm256_srli_epi64(left, 32),
                           _mm256_xor_si256(d, _mm256_set1_epi64x(now.high)));
      b = right;
      d = left;
      now.low += kLeftStep;
      now.high += kRightStep;
    }
    for (std::size_t w = 0; w < 4; ++w) {
      const __m256i packed = _mm256_permutevar8x32_epi32(word[w], low_halves);
      auto* to = reinterpret_cast<__m128i*>(&blocks.words[w][first]);
      _mm_storeu_si128(to, _mm256_castsi256_si128(packed));
    }
  }
}

void philox_lanes(LaneBlocks& blocks, RunKey key) {
  static const bool has_avx2 = __builtin_cpu_supports("avx2");
  if (has_avx2) return philox_avx2(blocks, key);
  philox_plain(blocks, key);
}
#else
void philox_lanes(LaneBlocks& blocks, RunKey key) { philox_plain(blocks, key); }
#endif

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
