#include "core/look_through.h"

#include <atomic>
#include <optional>
#include <vector>

#include "catch.h"

using namespace onward;

TEST_CASE("What comes of a few cases is told in order, whoever looked") {
  for (const std::size_t count : {std::size_t{0}, std::size_t{5}, std::size_t{1024},
                                  std::size_t{70'000}, std::size_t{200'001}}) {
    std::vector<std::size_t> expected;
    for (std::size_t i = 0; i < count; i += 7) expected.push_back(i);
    for (const int threads : {1, 2, 4}) {
      CAPTURE(count, threads);
      ThreadTeam team(threads);
      std::vector<int> seen(count, 0);
      std::vector<std::size_t> told;
      std::atomic<bool> within{true};
      const auto look = [&](std::size_t i) -> std::optional<std::size_t> {
        ++seen[i];
        if (i % 7 != 0) return {};
        return i;
      };
      look_through(
          team, count, [&](std::size_t i) { within = within && i < count; }, look,
          [&](std::size_t i) { told.push_back(i); });
      CHECK(within);
      CHECK(seen == std::vector<int>(count, 1));
      CHECK(told == expected);
    }
  }
}

TEST_CASE("All cases may come to something") {
  ThreadTeam team(3);
  std::size_t next = 0;
  std::size_t wrong = 0;
  look_through(
      team, 150'000, [](std::size_t) {}, [](std::size_t i) { return std::optional(2 * i); },
      [&](std::size_t found) { wrong += found == 2 * next++ ? 0 : 1; });
  CHECK(next == 150'000);
  CHECK(wrong == 0);
}
