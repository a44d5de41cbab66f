#include "run/signature.h"

#include <array>

#include "core/elementary.h"
#include "run/replicates.h"
#include "run/signature_world.h"

namespace onward {

namespace {

/// 64-bit FNV-1a over the bytes of numbers, least significant first.
class Fold {
 public:
  void add(std::uint64_t value) {
    for (int byte = 0; byte < 8; ++byte) {
      hash_ ^= value >> (8 * byte) & 0xff;
      hash_ *= 1099511628211ULL;
    }
  }
  void add(const Measures& measures) {
    for (std::size_t row = 0; row < kMeasureRows.size(); ++row) {
      for (const std::int32_t count : measures.counts(row)) add(static_cast<std::uint64_t>(count));
      for (const float value : measures.values(row)) add(copy_bits<std::uint32_t>(value));
    }
    add(measures.person_months);
    add(measures.decisions);
    add(measures.persons);
  }
  std::string text() const {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string digits;
    for (int shift = 60; shift >= 0; shift -= 4) digits += kDigits[hash_ >> shift & 0xf];
    return digits;
  }

 private:
  std::uint64_t hash_ = 14695981039346656037ULL;
};

}  // namespace

std::string signature(int threads) {
  Fold fold;
  ThreadTeam team(threads);
  const World world(signature_scenario());
  for (const std::uint32_t replicate : std::array<std::uint32_t, 3>{0, 1, 17}) {
    fold.add(*simulate(world, 20131215, replicate, team));
  }
  return fold.text();
}

}  // namespace onward
