#include "run/observed_table.h"

#include "catch.h"
#include "support/aborts.h"
#include "support/observed_world.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("missing cells are empty and zero is zero", "[observed]") {
  const World world(observed_scenario({{10, -1}, {0, -1}, {-1, -1}, {5, -1}}));
  const ObservedTable observed(world);
  CHECK(observed.years() == YearSpan{2001, 2004});
  CHECK(observed.cell(2001, kFirst)->count == 10.0);
  CHECK(observed.cell(2002, kFirst)->count == 0.0);
  CHECK_FALSE(observed.cell(2003, kFirst));
  CHECK(observed.cell(2004, kFirst)->lower == 1.0);
  CHECK(observed.scored() == std::vector<std::size_t>{kFirst});
  CHECK(observed.scored(2003).empty());
  CHECK(observed.scored(1990).empty());
  CHECK(observed.name(kSecond) == "beta");
  CHECK(ending_of([&] { observed.cell(1990, kFirst); }).aborted);
}

TEST_CASE("the last count is that of the last year that has one", "[observed]") {
  const World world(observed_scenario({{10, 3}, {-1, 4}, {7, -1}}));
  const ObservedTable observed(world);
  CHECK(*observed.last(2002, kFirst) == 10.0);
  CHECK(*observed.last(2003, kFirst) == 7.0);
  CHECK(*observed.last(2030, kSecond) == 4.0);
  CHECK_FALSE(observed.last(2000, kFirst));
}

TEST_CASE("a world without a record has no years", "[observed]") {
  const World world(scenario());
  const ObservedTable observed(world);
  CHECK(observed.years().last < observed.years().first);
  CHECK(observed.scored().empty());
}

TEST_CASE("only whole years count", "[observed]") {
  Scenario s = scenario();
  CHECK(full_years(s) == YearSpan{2001, 2003});
  s.start = YearMonth{2001, 2};
  s.end = YearMonth{2003, 11};
  CHECK(full_years(s) == YearSpan{2002, 2002});
}
