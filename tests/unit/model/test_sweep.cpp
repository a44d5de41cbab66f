#include "model/sweep.h"

#include <numeric>

#include "catch.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

constexpr std::size_t kCases = 3 * kCasesPerBatch + kCasesPerChunk + 1;

Moves moves_of_everyone(std::size_t people) {
  Moves moves;
  for (std::size_t i = 0; i < people; ++i) moves.push_back({.person = PersonId{i}});
  return moves;
}

}  // namespace

TEST_CASE("Every case is foreseen once and acted on once, in order, by any number of threads") {
  for (const int threads : {1, 2, 4}) {
    ThreadTeam team(threads);
    std::vector<int> foreseen(kCases, 0);
    std::vector<std::size_t> acted;
    std::size_t wrong = 0;
    const auto foresee = [&](std::size_t i) { return ++foreseen[i], 3 * i; };
    sweep_in_two(
        team, kCases, [](std::size_t) {}, foresee, strand([&](std::size_t i, std::size_t plan) {
          wrong += plan == 3 * i ? 0 : 1;
          acted.push_back(i);
        }));
    CHECK(wrong == 0);
    CHECK(foreseen == std::vector<int>(kCases, 1));
    std::vector<std::size_t> in_order(kCases);
    std::iota(in_order.begin(), in_order.end(), std::size_t{0});
    CHECK(acted == in_order);
  }
}

TEST_CASE("What is fetched lies within the cases") {
  for (const std::size_t count :
       {std::size_t{0}, std::size_t{1}, kFetchAhead, kCasesPerBatch + 3}) {
    const auto fetch = [&](std::size_t i) { REQUIRE(i < count); };
    std::size_t acted = 0;
    const auto nothing = [](std::size_t) { return 0; };
    const auto fetch_case = [&](std::size_t i, const int*) { fetch(i); };
    sweep_in_two(one_thread(), count, fetch, nothing,
                 strand(fetch_case, [&](std::size_t, int) { ++acted; }));
    CHECK(acted == count);
  }
}

TEST_CASE("What acting changes is asked for once a case, before its turn") {
  const std::size_t count = 3 * kCasesPerBatch + 5;
  for (const int threads : {1, 2, 4}) {
    CAPTURE(threads);
    ThreadTeam team(threads);
    std::vector<int> asked(count, 0);
    bool in_time = true;
    bool planned = true;
    const auto fetch = [&](std::size_t i, const std::size_t* plan) {
      ++asked[i];
      planned = planned && (threads == 1 || *plan == 3 * i);
    };
    sweep_in_two(
        team, count, [](std::size_t) {}, [](std::size_t i) { return 3 * i; },
        strand(fetch, [&](std::size_t i, std::size_t) { in_time = in_time && asked[i] == 1; }));
    CHECK(in_time);
    CHECK(planned);
    CHECK(asked == std::vector<int>(count, 1));
  }
}

TEST_CASE("Each strand acts on every case in order, with the plan of the case") {
  for (const int threads : {1, 2, 4}) {
    CAPTURE(threads);
    ThreadTeam team(threads);
    std::vector<std::size_t> first, second;
    const auto in = [](std::vector<std::size_t>& list) {
      return strand([&list](std::size_t i, std::size_t plan) { list.push_back(i + plan); });
    };
    sweep_in_two(
        team, kCases, [](std::size_t) {}, [](std::size_t i) { return i; }, in(first), in(second));
    std::vector<std::size_t> expected;
    for (std::size_t i = 0; i < kCases; ++i) expected.push_back(2 * i);
    CHECK(first == expected);
    CHECK(second == expected);
  }
}

TEST_CASE("What is foreseen may change a move before it is acted on") {
  for (const int threads : {1, 3}) {
    Moves moves = moves_of_everyone(kCases);
    People people;
    people.extend(kCases);
    ThreadTeam team(threads);
    const auto foresee = [](Move& move) {
      move.ready = static_cast<int>(2 * move.person.index());
      return move.person.index() % 3 == 0;
    };
    std::size_t next = 0;
    std::size_t wrong = 0;
    sweep_in_two(people, team, moves, foresee, strand([&](const Move& move, bool is_third) {
                   const bool good = move.person.index() == next &&
                                     move.ready == static_cast<int>(2 * next) &&
                                     is_third == (next % 3 == 0);
                   wrong += good ? 0 : 1;
                   ++next;
                 }));
    CHECK(next == kCases);
    CHECK(wrong == 0);
  }
}

TEST_CASE("Those who are dropped are out, and the others keep their order") {
  const auto left = [](std::vector<std::uint32_t> gone) {
    std::vector<int> cases{0, 1, 2, 3, 4, 5, 6};
    drop(cases, gone);
    return cases;
  };
  using Cases = std::vector<int>;
  CHECK(left({}) == Cases{0, 1, 2, 3, 4, 5, 6});
  CHECK(left({0}) == Cases{1, 2, 3, 4, 5, 6});
  CHECK(left({6}) == Cases{0, 1, 2, 3, 4, 5});
  CHECK(left({1, 2, 5}) == Cases{0, 3, 4, 6});
  CHECK(left({0, 1, 2, 3, 4, 5, 6}).empty());
}
