#include "core/column.h"

#include <cstdint>

#include "catch.h"

using namespace onward;

TEST_CASE("A column keeps its values when it grows, small or large") {
  Column<std::uint32_t> column;
  for (const std::size_t size : {std::size_t{10}, std::size_t{100'000}, std::size_t{5'000'000}}) {
    const std::size_t before = column.size();
    column.resize(size);
    for (std::size_t i = before; i < size; ++i) column[i] = static_cast<std::uint32_t>(3 * i);
    bool same = true;
    for (std::size_t i = 0; i < size; ++i) same = same && column[i] == 3 * i;
    CHECK(same);
  }
  const Column<std::uint32_t> copy = column;
  CHECK(copy == column);
  column.push_back(7);
  CHECK(column.back() == 7);
  CHECK_FALSE(copy == column);
}

namespace {

struct Marked {
  std::uint32_t number = 7;
};

}  // namespace

TEST_CASE("What is added to a column without a value is left as the memory is") {
  Column<Marked> column;
  column.reserve(3);
  column.resize(3);
  for (Marked& marked : column) marked.number = 5;
  column.clear();
  column.resize(3);
  CHECK(column[0].number == 5);
  column.push_back({});
  CHECK(column[3].number == 7);
}
