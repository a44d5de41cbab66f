#include "io/measure_listing.h"

#include <fstream>
#include <set>

#include "catch.h"

using namespace onward;

TEST_CASE("The page on the output format holds the generated table") {
  std::ifstream file(std::string(ONWARD_SOURCE_DIR) + "/docs/output_format.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const std::string begin = "<!-- measures: begin (generated) -->\n";
  const std::string end = "<!-- measures: end -->";
  const std::size_t from = page.find(begin);
  const std::size_t to = page.find(end);
  REQUIRE(from != std::string::npos);
  REQUIRE(to != std::string::npos);
  const std::size_t start = from + begin.size();
  // If this fails, put the text of measures_markdown() between the two markers.
  CHECK(page.substr(start, to - start) == measures_markdown());
}

TEST_CASE("Axes and series have different names") {
  std::set<std::string_view> names{"replicate", "scenario", "record"};
  for (const Dimension dimension : all_dimensions()) {
    CHECK(names.insert(dimension_name(dimension)).second);
    CHECK_FALSE(dimension_meaning(dimension).empty());
    CHECK_FALSE(dimension_unit(dimension).empty());
  }
  for (const MeasureRow& row : kMeasureRows) CHECK(names.insert(row.name).second);
  CHECK(dimension_name(Dimension::kNone).empty());
}
