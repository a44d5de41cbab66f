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
    const FewDoubles few = few_gumbel_lanes(blocks);
    for (std::size_t i = 0; i < kLanes; ++i) {
      const double u = first_uniform(blocks.block(i));
      REQUIRE(exponentials[i] == exponential(u));
      REQUIRE(gumbels[i] == gumbel(u));
      if (i < kFewLanes) REQUIRE(few[i] == gumbel(u));
    }
  }
}

TEST_CASE("lanes that ask for different things have the block of what each asks for", "[lanes]") {
  const RunKey run = run_key(5, 2);
  LaneBlocks blocks;
  const auto ask = [](std::uint32_t i) {
    return std::array<std::uint32_t, 3>{i % 7, 100 - i, 9 * i};
  };
  for (std::uint32_t i = 0; i < kLanes; ++i) {
    const auto [purpose, index, word] = ask(i);
    blocks.ask(i, {i * 0x1234567890ULL}, static_cast<std::uint8_t>(purpose), index, word);
  }
  draw_in_place(run, blocks);
  for (std::uint32_t i = 0; i < kLanes; ++i) {
    const auto [purpose, index, word] = ask(i);
    REQUIRE(blocks.block(i) ==
            draw(run, {i * 0x1234567890ULL}, static_cast<std::uint8_t>(purpose), index, word));
  }
}

TEST_CASE("the first few lanes alone have the same blocks", "[lanes]") {
  const RunKey run = run_key(5, 3);
  LaneBlocks blocks{};
  for (std::uint32_t i = 0; i < kLanes; ++i) blocks.ask(i, {i + 1u}, 3, i, 2 * i);
  LaneBlocks few = blocks;
  draw_in_place(run, blocks);
  draw_few_in_place(run, few);
  for (std::size_t i = 0; i < kFewLanes; ++i) REQUIRE(few.block(i) == blocks.block(i));
}

TEST_CASE("log-normals of lanes give the bits of those of one number", "[lanes]") {
  FewDoubles median, spread;
  for (std::uint32_t replicate = 0; replicate < 1000; ++replicate) {
    LaneBlocks blocks;
    for (std::uint32_t i = 0; i < kFewLanes; ++i) {
      blocks.ask(i, Entity{i}, 9, 0, 0);
      median[i] = 0.5 + i;
      spread[i] = 0.25 * i;
    }
    draw_few_in_place(run_key(1, replicate), blocks);
    const FewDoubles values = log_normal_lanes(median, spread, blocks);
    for (std::size_t i = 0; i < kFewLanes; ++i) {
      const Block block = draw(run_key(1, replicate), Entity{i}, 9);
      const double draw_of_one = normal(first_uniform(block), second_uniform(block));
      REQUIRE(values[i] == log_normal(median[i], spread[i], draw_of_one));
    }
  }
}
