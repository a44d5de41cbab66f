#include "core/blocks.h"

#include <cstdint>

#include "catch.h"

using namespace onward;

namespace {

using List = Blocks<std::uint32_t>;

List numbers(std::size_t count) {
  List list;
  for (std::size_t i = 0; i < count; ++i) list.push_back(static_cast<std::uint32_t>(3 * i));
  return list;
}

/// Whether the list holds what `numbers(count)` does.
bool holds(const List& list, std::size_t count) {
  bool same = list.size() == count && list.empty() == (count == 0);
  for (std::size_t i = 0; i < count; ++i) same = same && list[i] == 3 * i;
  return same;
}

constexpr std::size_t kSizes[] = {0,
                                  1,
                                  40,
                                  List::kPerBlock - 1,
                                  List::kPerBlock,
                                  List::kPerBlock + 1,
                                  3 * List::kPerBlock,
                                  5 * List::kPerBlock + 7};

}  // namespace

TEST_CASE("A list in blocks keeps what was added, in order") {
  for (const std::size_t count : kSizes) {
    CAPTURE(count);
    CHECK(holds(numbers(count), count));
  }
}

TEST_CASE("A list in blocks that is cut short keeps its beginning and goes on from there") {
  for (const std::size_t count : kSizes) {
    for (const std::size_t kept : kSizes) {
      if (kept > count) continue;
      CAPTURE(count, kept);
      List list = numbers(count);
      list.shrink(kept);
      CHECK(holds(list, kept));
      CHECK(list == numbers(kept));
      for (std::size_t i = kept; i < count + 3; ++i)
        list.push_back(static_cast<std::uint32_t>(3 * i));
      CHECK(holds(list, count + 3));
    }
  }
}

TEST_CASE("Room taken beforehand changes nothing in a list in blocks") {
  for (const std::size_t count : kSizes) {
    List list;
    list.reserve(count);
    CHECK(list.empty());
    for (std::size_t i = 0; i < count; ++i) list.push_back(static_cast<std::uint32_t>(3 * i));
    CHECK(holds(list, count));
  }
}

TEST_CASE("An element of a list in blocks stays where it is when the list grows by blocks") {
  List list = numbers(List::kPerBlock);
  const std::uint32_t* const first = &list[0];
  for (std::uint32_t i = 0; i < 3 * List::kPerBlock; ++i) list.push_back(i);
  CHECK(&list[0] == first);
  list[0] = 99;
  CHECK_FALSE(list == numbers(4 * List::kPerBlock));
}
