#include "core/fetching.h"

#include <algorithm>
#include <vector>

#include "catch.h"

using namespace onward;

TEST_CASE("Everything in a range is fetched once before it is visited, in order") {
  for (const std::size_t size : {0u, 1u, 3u, 4u, 5u, 20u}) {
    std::vector<int> fetched(30, 0);
    std::vector<std::size_t> visited;
    visit_fetched(
        {7, 7 + size}, 4, [&](std::size_t i) { ++fetched[i]; },
        [&](std::size_t i) {
          CHECK(fetched[i] == 1);
          visited.push_back(i);
        });
    CHECK(visited.size() == size);
    for (std::size_t k = 0; k < visited.size(); ++k) CHECK(visited[k] == 7 + k);
    CHECK(fetched[7 + size] == 0);
  }
}

TEST_CASE("A team fetches and visits everything in a range once, and nothing else") {
  ThreadTeam team(3);
  for (const std::size_t size : {0u, 1u, 7u, 8u, 9u, 40u}) {
    std::vector<int> fetched(60, 0), visited(60, 0), expected(60, 0);
    std::fill_n(expected.begin() + 5, size, 1);
    visit_fetched(
        team, {5, 5 + size}, 8, 3, [&](std::size_t i) { ++fetched[i]; },
        [&](std::size_t i) { ++visited[i]; });
    CHECK(fetched == expected);
    CHECK(visited == expected);
  }
}
