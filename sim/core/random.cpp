#include "core/random.h"

namespace onward {

RunKey run_key(std::uint64_t seed, std::uint32_t replicate) {
  constexpr std::uint32_t kMark = 0x6f6e7764;  // keeps these counters apart from those of draws
  const Block block = philox({replicate, 0, 0, kMark}, {static_cast<std::uint32_t>(seed),
                                                        static_cast<std::uint32_t>(seed >> 32)});
  return {block[0], block[1]};
}

double DrawSequence::next() {
  if (second_is_left_) {
    second_is_left_ = false;
    return second_uniform(block_);
  }
  block_ = draw(run_, entity_, purpose_, index_, word_++);
  second_is_left_ = true;
  return first_uniform(block_);
}

}  // namespace onward
