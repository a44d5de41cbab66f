#include "core/random.h"

#include <set>

#include "catch.h"
#include "support/aborts.h"
#include "support/statistics.h"

using namespace onward;

namespace {

const RunKey kRun = run_key(1, 0);
constexpr Entity kEntity{0x0123456789abcdefULL};

}  // namespace

TEST_CASE("Philox gives the test vectors published with Random123") {
  CHECK(philox({0, 0, 0, 0}, {0, 0}) == Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  constexpr std::uint32_t kOnes = 0xffffffff;
  CHECK(philox({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}) ==
        Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("A draw is a function of its key alone") {
  const Block block = draw(kRun, kEntity, 3, 4, 5);
  draw(kRun, kEntity, 3, 4, 6);
  CHECK(draw(kRun, kEntity, 3, 4, 5) == block);
  CHECK(draw(run_key(1, 0), kEntity, 3, 4, 5) == block);
}

TEST_CASE("Every part of a draw's key changes the block") {
  std::set<Block> blocks;
  std::size_t made = 0;
  const auto add = [&](RunKey run, Entity entity, std::uint8_t purpose, std::uint32_t index,
                       std::uint32_t word) {
    blocks.insert(draw(run, entity, purpose, index, word));
    ++made;
  };
  add(kRun, kEntity, 0, 0, 0);
  for (int bit = 0; bit < 8; ++bit) add(kRun, kEntity, static_cast<std::uint8_t>(1 << bit), 0, 0);
  for (int bit = 0; bit < 24; ++bit) add(kRun, kEntity, 0, 1u << bit, 0);
  for (int bit = 0; bit < 32; ++bit) add(kRun, kEntity, 0, 0, 1u << bit);
  for (int bit = 0; bit < 64; ++bit) add(kRun, {kEntity.value ^ std::uint64_t{1} << bit}, 0, 0, 0);
  for (int bit = 0; bit < 64; ++bit) add(run_key(1 ^ std::uint64_t{1} << bit, 0), kEntity, 0, 0, 0);
  for (int bit = 0; bit < 32; ++bit) add(run_key(1, 1u << bit), kEntity, 0, 0, 0);
  CHECK(blocks.size() == made);
}

TEST_CASE("The key of a run differs with seed and replicate") {
  std::set<std::uint64_t> keys;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    for (std::uint32_t replicate = 0; replicate < 50; ++replicate) {
      const RunKey key = run_key(seed, replicate);
      keys.insert(static_cast<std::uint64_t>(key.high) << 32 | key.low);
    }
  }
  CHECK(keys.size() == 2500);
}

TEST_CASE("An index beyond the largest one is an internal error") {
  draw(kRun, kEntity, 0, kMaxDrawIndex);
  CHECK(ending_of([] { draw(kRun, kEntity, 0, kMaxDrawIndex + 1); }).aborted);
}

TEST_CASE("Uniform numbers never reach 0 or 1") {
  CHECK(unit_interval(0, 0) == 0x1p-53);
  CHECK(unit_interval(0xffffffff, 0xffffffff) == 1.0 - 0x1p-53);
  CHECK(unit_interval(0u) == 0x1p-33);
  CHECK(unit_interval(0xffffffffu) == 1.0 - 0x1p-33);
}

TEST_CASE("The uniform numbers of a block use all four of its words") {
  const Block block = draw(kRun, kEntity, 1);
  CHECK(first_uniform(block) == unit_interval(block[0], block[1]));
  CHECK(second_uniform(block) == unit_interval(block[2], block[3]));
  CHECK(draw_uniform(kRun, kEntity, 1) == first_uniform(block));
}

TEST_CASE("Uniform numbers of consecutive keys are uniform and uncorrelated") {
  const std::size_t size = sample_size(500'000);
  std::vector<double> first, second;
  double products = 0.0;
  for (std::size_t i = 0; i < size; ++i) {
    const Block block = draw(kRun, Entity{i}, 7);
    first.push_back(first_uniform(block));
    second.push_back(second_uniform(block));
    products += (first.back() - 0.5) * (second.back() - 0.5);
  }
  const auto uniform = [](double x) { return x; };
  CHECK(kolmogorov_excess(first, uniform) < 1.0);
  CHECK(kolmogorov_excess(second, uniform) < 1.0);
  CHECK(std::abs(products / static_cast<double>(size)) < mean_tolerance(1.0 / 144.0, size));
}

TEST_CASE("A sequence of draws is the blocks of its key in order") {
  DrawSequence sequence(kRun, kEntity, 9, 11);
  for (std::uint32_t word = 0; word < 20; ++word) {
    const Block block = draw(kRun, kEntity, 9, 11, word);
    CHECK(sequence.next() == first_uniform(block));
    CHECK(sequence.next() == second_uniform(block));
  }
}

TEST_CASE("A copy of a sequence goes on where the original stood") {
  DrawSequence original(kRun, kEntity, 9);
  original.next();
  DrawSequence copy = original;
  for (int i = 0; i < 5; ++i) CHECK(copy.next() == original.next());
}
