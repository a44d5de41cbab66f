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

void philox_plain(LaneBlocks& blocks, RunKey key, std::size_t count) {
  auto& [a, b, c, d] = blocks.words;
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < count; ++i) {
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
// Lanes in registers, each word in the low half of 64 bits; what the high halves hold does not
// matter, because the multiplication does not look at them. The compiler finds no such code.

/// Words of eight lanes at a time. The masks take every lane: without them, g++ 12 warns of its own
/// headers.
constexpr __mmask8 kAll = 0xff;
struct alignas(64) EightLanes {
  __m512i word[4];
};

/// One round of as many groups of eight lanes as are worked on at once, so that none waits for its
/// own multiplications.
template <std::size_t kGroups>
__attribute__((target("avx512f"), always_inline)) inline void philox_round(
    EightLanes (&groups)[kGroups], __m512i low, __m512i high) {
  constexpr int kXorOfThree = 0x96;
  const __m512i left_factor = _mm512_set1_epi64(kLeftFactor);
  const __m512i right_factor = _mm512_set1_epi64(kRightFactor);
  for (EightLanes& group : groups) {
    auto& [a, b, c, d] = group.word;
    const __m512i left = _mm512_maskz_mul_epu32(kAll, a, left_factor);
    const __m512i right = _mm512_maskz_mul_epu32(kAll, c, right_factor);
    const __m512i above_left = _mm512_maskz_srli_epi64(kAll, left, 32);
    const __m512i above_right = _mm512_maskz_srli_epi64(kAll, right, 32);
    a = _mm512_maskz_ternarylogic_epi64(kAll, above_right, b, low, kXorOfThree);
    c = _mm512_maskz_ternarylogic_epi64(kAll, above_left, d, high, kXorOfThree);
    b = right;
    d = left;
  }
}

template <std::size_t kGroups>
__attribute__((target("avx512f"))) void philox_groups(LaneBlocks& blocks, RunKey key) {
  EightLanes groups[kGroups];
  for (std::size_t g = 0; g < kGroups; ++g) {
    for (std::size_t w = 0; w < 4; ++w) {
      const auto* from = reinterpret_cast<const __m256i*>(&blocks.words[w][8 * g]);
      groups[g].word[w] = _mm512_maskz_cvtepu32_epi64(kAll, _mm256_load_si256(from));
    }
  }
  __m512i low = _mm512_set1_epi64(key.low);
  __m512i high = _mm512_set1_epi64(key.high);
  for (int round = 0; round < kRounds; ++round) {
    philox_round(groups, low, high);
    low = _mm512_maskz_add_epi64(kAll, low, _mm512_set1_epi64(kLeftStep));
    high = _mm512_maskz_add_epi64(kAll, high, _mm512_set1_epi64(kRightStep));
  }
  for (std::size_t g = 0; g < kGroups; ++g) {
    for (std::size_t w = 0; w < 4; ++w) {
      auto* to = reinterpret_cast<__m256i*>(&blocks.words[w][8 * g]);
      _mm256_store_si256(to, _mm512_maskz_cvtepi64_epi32(kAll, groups[g].word[w]));
    }
  }
}

void philox_avx512(LaneBlocks& blocks, RunKey key, std::size_t count) {
  count == kFewLanes ? philox_groups<1>(blocks, key) : philox_groups<kLanes / 8>(blocks, key);
}

__attribute__((target("avx2"))) void philox_avx2(LaneBlocks& blocks, RunKey key,
                                                 std::size_t count) {
  const __m256i left_factor = _mm256_set1_epi64x(kLeftFactor);
  const __m256i right_factor = _mm256_set1_epi64x(kRightFactor);
  const __m256i low_halves = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
  for (std::size_t first = 0; first < count; first += 4) {
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

using Philox = void (*)(LaneBlocks&, RunKey, std::size_t);

Philox fitting_philox() {
  if (__builtin_cpu_supports("avx512f")) return philox_avx512;
  return __builtin_cpu_supports("avx2") ? philox_avx2 : philox_plain;
}

void philox_lanes(LaneBlocks& blocks, RunKey key, std::size_t count) {
  static const Philox fitting = fitting_philox();
  fitting(blocks, key, count);
}
#else
void philox_lanes(LaneBlocks& blocks, RunKey key, std::size_t count) {
  philox_plain(blocks, key, count);
}
#endif

ONWARD_VECTORISED void exponentials(const LaneBlocks& blocks, LaneDoubles& out) {
  for (std::size_t i = 0; i < kLanes; ++i)
    out[i] = exponential(unit_interval(blocks.words[0][i], blocks.words[1][i]));
}

ONWARD_VECTORISED void gumbels(const LaneBlocks& blocks, LaneDoubles& out) {
  for (std::size_t i = 0; i < kLanes; ++i)
    out[i] = gumbel(unit_interval(blocks.words[0][i], blocks.words[1][i]));
}

ONWARD_VECTORISED void few_gumbels(const LaneBlocks& blocks, FewDoubles& out) {
  for (std::size_t i = 0; i < kFewLanes; ++i)
    out[i] = gumbel(unit_interval(blocks.words[0][i], blocks.words[1][i]));
}

ONWARD_VECTORISED void log_normals(const FewDoubles& median, const FewDoubles& spread,
                                   const LaneBlocks& blocks, FewDoubles& out) {
  const auto& words = blocks.words;
  for (std::size_t i = 0; i < kFewLanes; ++i) {
    const double draw =
        normal(unit_interval(words[0][i], words[1][i]), unit_interval(words[2][i], words[3][i]));
    out[i] = log_normal(median[i], spread[i], draw);
  }
}

}  // namespace

LaneBlocks draw_lanes(RunKey run, const LaneKeys& keys, std::uint8_t purpose, std::uint32_t index) {
  EXPECT(index <= kMaxDrawIndex);
  LaneBlocks blocks;
  for (std::size_t i = 0; i < kLanes; ++i)
    blocks.ask(i, keys.entity[i], purpose, index, keys.word[i]);
  philox_lanes(blocks, run, kLanes);
  return blocks;
}

void draw_in_place(RunKey run, LaneBlocks& blocks) { philox_lanes(blocks, run, kLanes); }

void draw_few_in_place(RunKey run, LaneBlocks& blocks) { philox_lanes(blocks, run, kFewLanes); }

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

FewDoubles few_gumbel_lanes(const LaneBlocks& blocks) {
  FewDoubles out;
  few_gumbels(blocks, out);
  return out;
}

FewDoubles log_normal_lanes(const FewDoubles& median, const FewDoubles& spread,
                            const LaneBlocks& blocks) {
  FewDoubles out;
  log_normals(median, spread, blocks, out);
  return out;
}

}  // namespace onward
