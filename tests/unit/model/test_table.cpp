#include "model/table.h"

#include <set>
#include <string_view>

#include "catch.h"
#include "model/levers.h"
#include "model/parameters.h"

using namespace onward;

namespace {

constexpr auto kRows = std::to_array<NumberRow>(
    {{"first", "1", 0, 1, 0.5, "one", "test"}, {"second", "1", 0, 1, 0.5, "two", "test"}});

template <class Rows>
void check_rows(const Rows& rows) {
  std::set<std::string_view> names;
  for (const NumberRow& row : rows) {
    CAPTURE(row.name);
    CHECK(names.insert(row.name).second);
    CHECK(row.low <= row.standard);
    CHECK(row.standard <= row.high);
    CHECK_FALSE(row.unit.empty());
    CHECK_FALSE(row.meaning.empty());
    CHECK_FALSE(row.source.empty());
  }
}

}  // namespace

TEST_CASE("A row is found by its name, at compile time too") {
  STATIC_REQUIRE(row_index<"second">(kRows) == 1);
  CHECK(find_row(kRows, "first") == 0);
  CHECK(find_row(kRows, "third") == kRows.size());
  CHECK(find_row(kRows, "firs") == kRows.size());
  CHECK(find_row(kRows, "") == kRows.size());
}

TEST_CASE("Every parameter is described once, with its default in its range") {
  check_rows(kParameterRows);
}

TEST_CASE("Every lever is described once, with its default in its range") {
  check_rows(kLeverRows);
}

TEST_CASE("Parameters start at their defaults and are set one at a time") {
  Parameters parameters;
  for (std::size_t i = 0; i < kParameterRows.size(); ++i)
    CHECK(parameters.at(i) == kParameterRows[i].standard);
  parameters.set<"belief.prior">(0.25);
  CHECK(parameters.get<"belief.prior">() == 0.25);
  CHECK(parameters.at(row_index<"belief.prior">(kParameterRows)) == 0.25);
  Parameters other;
  CHECK_FALSE(parameters == other);
  other.set_at(row_index<"belief.prior">(kParameterRows), 0.25);
  CHECK(parameters == other);
}

TEST_CASE("Levers start at their defaults and are set one at a time") {
  LeverValues levers;
  for (std::size_t i = 0; i < kLeverRows.size(); ++i)
    CHECK(levers.values[i] == kLeverRows[i].standard);
  levers.set<"capacity">(12.0);
  CHECK(levers.get<"capacity">() == 12.0);
  CHECK(levers.values[lever_index<"capacity">()] == 12.0);
  levers.set<"capacity">(LeverValues{}.get<"capacity">());
  CHECK(levers == LeverValues{});
}
