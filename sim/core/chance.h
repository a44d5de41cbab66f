#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace onward {

/// A chance, made ready to be held against many words.
class Chance {
 public:
  explicit Chance(double chance)
      : words_(
            static_cast<std::uint64_t>(std::clamp(std::ceil(chance * 0x1p32 - 0.5), 0.0, 0x1p32))) {
  }

  /// How many words hit: those below this number.
  std::uint64_t words() const { return words_; }

  /// Whether unit_interval(word) is less than the chance.
  bool hits(std::uint32_t word) const { return word < words_; }

 private:
  std::uint64_t words_;
};

}  // namespace onward
