#include "core/parallel.h"

#include <atomic>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.h"
#include "support/aborts.h"

using namespace onward;

TEST_CASE("Every chunk is worked on once, whatever the number of threads") {
  for (int threads = 1; threads <= 8; ++threads) {
    ThreadTeam team(threads);
    CHECK(team.size() == threads);
    for (const std::size_t chunks : {0, 1, 2, 7, 1000}) {
      std::vector<std::atomic<int>> visits(chunks);
      team.for_each_chunk(chunks, [&](std::size_t i) { ++visits[i]; });
      bool once = true;
      for (const std::atomic<int>& count : visits) once = once && count == 1;
      CAPTURE(threads, chunks);
      CHECK(once);
    }
  }
}

TEST_CASE("A team is used again many times, and what chunks wrote is there afterwards") {
  ThreadTeam team(4);
  std::vector<std::size_t> values(64, 0);
  for (std::size_t round = 1; round <= 500; ++round) {
    team.for_each_chunk(values.size(), [&](std::size_t i) { values[i] += i; });
    if (values.back() != round * 63) FAIL("round " << round);
  }
  std::size_t sum = 0;
  for (const std::size_t value : values) sum += value;
  CHECK(sum == 500 * 63 * 32);
}

TEST_CASE("The exception of the lowest chunk that threw is rethrown") {
  for (int threads = 1; threads <= 8; ++threads) {
    ThreadTeam team(threads);
    for (int round = 0; round < 20; ++round) {
      std::string message;
      try {
        team.for_each_chunk(100, [](std::size_t i) {
          if (i % 10 == 3) throw std::runtime_error(std::to_string(i));
        });
      } catch (const std::runtime_error& error) {
        message = error.what();
      }
      CAPTURE(threads);
      CHECK(message == "3");
    }
  }
}

TEST_CASE("A team works on after an exception") {
  ThreadTeam team(3);
  CHECK_THROWS_AS(team.for_each_chunk(9, [](std::size_t) { throw std::logic_error("x"); }),
                  std::logic_error);
  std::atomic<int> visits{0};
  team.for_each_chunk(9, [&](std::size_t) { ++visits; });
  CHECK(visits == 9);
}

TEST_CASE("A team of no thread is an internal error") {
  CHECK(ending_of([] { const ThreadTeam team(0); }).aborted);
}

TEST_CASE("Chunks cut a range without gap or overlap") {
  for (const std::size_t count : {0, 1, 63, 64, 65, 1000}) {
    for (const std::size_t size : {1, 7, 64}) {
      const std::size_t chunks = chunk_count(count, size);
      std::size_t expected = 0;
      for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
        const IndexRange range = chunk_range(chunk, size, count);
        CHECK(range.begin == expected);
        CHECK(range.end > range.begin);
        CHECK(range.end - range.begin <= size);
        expected = range.end;
      }
      CHECK(expected == count);
    }
  }
}
