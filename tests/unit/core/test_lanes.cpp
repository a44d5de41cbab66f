#include "core/lanes.h"

#include "catch.h"
#include "core/distributions.h"
#include "core/ids.h"

using namespace onward;

namespace {

LaneKeys some_keys() {
  LaneKeys keys;
  for (std::size_t i = 0; i < kLanes; ++i) {
    keys.entity[i] = {0xfedcba9876543210ULL * (i + 1)};
    keys.word[i] = name_key("place") + static_cast<std::uint32_t>(i * i);
  }
  return keys;
}

}  // namespace

TEST_CASE("each lane has the block of its own key", "[lanes]") {
  const RunKey run = run_key(3, 7);
  const LaneKeys keys = some_keys();
  for (const std::uint32_t index : {0u, 5u, kMaxDrawIndex}) {
    const LaneBlocks blocks = draw_lanes(run, keys, 200, index);
    for (std::size_t i = 0; i < kLanes; ++i)
      REQUIRE(blocks.block(i) == draw(run, keys.entity[i], 200, index, keys.word[i]));
  }
}

TEST_CASE("samplers of lanes give the bits of the samplers of one number", "[lanes]") {
  const LaneKeys keys = some_keys();
  for (std::uint32_t replicate = 0; replicate < 2000; ++replicate) {
    const LaneBlocks blocks = draw_lanes(run_key(1, replicate), keys, 9);
    const LaneDoubles exponentials = exponential_lanes(blocks);
    const LaneDoubles gumbels = gumbel_lanes(blocks);
    for (std::size_t i = 0; i < kLanes; ++i) {
      const double u = first_uniform(blocks.block(i));
      REQUIRE(exponentials[i] == exponential(u));
      REQUIRE(gumbels[i] == gumbel(u));
    }
  }
}
