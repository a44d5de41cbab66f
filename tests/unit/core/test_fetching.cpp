#include "core/fetching.h"

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
