#include "model/measures.h"

#include <set>

#include "catch.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

MeasureShape shape() {
  Scenario s = scenario();
  s.start = YearMonth{2001, 11};
  s.end = YearMonth{2003, 2};
  s.brokers.slots = 5;
  return measure_shape(s);
}

}  // namespace

TEST_CASE("The shape of the measures is that of the scenario") {
  const MeasureShape s = shape();
  CHECK(s.length(Dimension::kNone) == 1);
  CHECK(s.length(Dimension::kMonth) == 16);
  CHECK(s.length(Dimension::kYear) == 3);
  CHECK(s.first_year() == 2001);
  CHECK(s.length(Dimension::kBroker) == 5);
  CHECK(s.labels(Dimension::kDestination) == std::vector<std::string>{"alpha", "beta"});
  CHECK(s.labels(Dimension::kPlace) == std::vector<std::string>{"alpha", "beta", "home"});
  CHECK(s.labels(Dimension::kFrom) == s.labels(Dimension::kPlace));
  CHECK(s.labels(Dimension::kGroup) == std::vector<std::string>{"people"});
  CHECK(s.length(Dimension::kOutcome) == 4);
  CHECK(s.length(Dimension::kStatus) == 9);
  CHECK(s.labels(Dimension::kChannel) == std::vector<std::string>{"self", "broker"});
  CHECK(s.labels(Dimension::kStory) == std::vector<std::string>{"conceal", "declare"});
  CHECK(s.labels(Dimension::kMonth).empty());
}

TEST_CASE("Every series has the size of its dimensions, all zero at first") {
  const Measures measures(shape());
  for (std::size_t row = 0; row < kMeasureRows.size(); ++row) {
    std::size_t size = 1;
    for (const Dimension dimension : kMeasureRows[row].dimensions)
      size *= measures.shape().length(dimension);
    CAPTURE(kMeasureRows[row].name);
    CHECK(measures.counts(row).size() == (kMeasureRows[row].is_count ? size : 0));
    CHECK(measures.values(row).size() == (kMeasureRows[row].is_count ? 0 : size));
    for (const std::int32_t count : measures.counts(row)) CHECK(count == 0);
    for (const float value : measures.values(row)) CHECK(value == 0.0f);
  }
}

TEST_CASE("Each cell of a series is a place of its own, the last dimension running fastest") {
  Measures measures(shape());
  constexpr std::size_t kRow = measure_index<"decisions">();
  std::set<const std::int32_t*> cells;
  for (std::size_t m = 0; m < 16; ++m) {
    for (std::size_t d = 0; d < 2; ++d) {
      for (std::size_t o = 0; o < 4; ++o) cells.insert(&measures.count<"decisions">(m, d, 0, o));
    }
  }
  CHECK(cells.size() == measures.counts(kRow).size());
  measures.count<"decisions">(3, 1, 0, 2) = 9;
  CHECK(measures.counts(kRow)[(3 * 2 + 1) * 4 + 2] == 9);
  measures.value<"belief">(2, 1) = 0.5f;
  CHECK(measures.values(measure_index<"belief">())[2 * 2 + 1] == 0.5f);
}

TEST_CASE("Measures are equal when all their numbers are") {
  Measures a(shape()), b(shape());
  CHECK(a == b);
  a.count<"removals">(1, 1) = 1;
  CHECK_FALSE(a == b);
  b = a;
  CHECK(a == b);
  ++b.decisions;
  CHECK_FALSE(a == b);
}
