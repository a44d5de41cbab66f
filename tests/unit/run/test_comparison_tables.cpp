#include "run/comparison_tables.h"

#include <numeric>

#include "catch.h"
#include "support/paired_worlds.h"

using namespace onward;
using namespace onward::pairs;

namespace {

/// The tables of east closing, by name.
struct Tables {
  Tables()
      : base(open_world()),
        variant(closing_world()),
        comparison(compare_worlds(base, variant)),
        set(comparison_tables(base, comparison, summarise(base, comparison))) {}

  const DataTable& find(const std::string& name) const {
    for (const DataTable& table : set.tables) {
      if (table.name == name) return table;
    }
    throw std::runtime_error("there is no table " + name);
  }
  const std::vector<std::int32_t>& counts(const std::string& name) const {
    return std::get<std::vector<std::int32_t>>(find(name).values);
  }
  std::int64_t sum(const std::string& name) const {
    const auto& values = counts(name);
    return std::accumulate(values.begin(), values.end(), std::int64_t{0});
  }
  std::size_t length(const std::string& axis) const {
    const MeasureShape shape = measure_shape(base.scenario);
    if (axis == "replicate") return comparison.counts.rows();
    if (axis == "month") return static_cast<std::size_t>(shape.months);
    if (axis == "year") return shape.length(Dimension::kYear);
    if (axis == "destination") return shape.destinations.size();
    for (const TableAxis& own : set.axes) {
      if (own.name == axis)
        return std::visit([](const auto& labels) { return labels.size(); }, own.labels);
    }
    throw std::runtime_error("there is no axis " + axis);
  }

  World base, variant;
  Comparison comparison;
  TableSet set;
};

}  // namespace

TEST_CASE("Every table of a comparison has as many values as its axes say") {
  const Tables tables;
  for (const DataTable& table : tables.set.tables) {
    INFO(table.name);
    std::size_t expected = 1;
    for (const std::string& axis : table.axes) expected *= tables.length(axis);
    const std::size_t size =
        std::visit([](const auto& values) { return values.size(); }, table.values);
    CHECK(size == expected);
    CHECK_FALSE(table.unit.empty());
    CHECK_FALSE(table.meaning.empty());
  }
}

TEST_CASE("The tables of a comparison sum to its counts") {
  const Tables tables;
  const CountTable& counts = tables.comparison.counts;
  const CountLayout& layout = counts.layout();
  std::int64_t departed = 0;
  std::int64_t claims = 0;
  for (std::size_t d = 0; d < layout.destinations; ++d) {
    for (std::size_t r = 0; r < counts.rows(); ++r) {
      departed += departures(counts, r, Side::kBase, d) + departures(counts, r, Side::kVariant, d);
    }
    for (std::size_t y = 0; y < layout.years; ++y)
      claims += column_sum(counts, layout.claims(Side::kVariant, y, d)) -
                column_sum(counts, layout.claims(Side::kBase, y, d));
  }
  CHECK(departed > 0);
  CHECK(tables.sum("fates") == departed);
  CHECK(tables.sum("claims_difference") == claims);
  CHECK(claims != 0);
  const std::int64_t blocked = column_sum(counts, layout.of_people(0, PeopleCount::kBlocked));
  CHECK(blocked > 0);
  CHECK(tables.sum("blocked_by_month") == blocked);
}

TEST_CASE("Blocked people depart instead in the months that their fates say") {
  const Tables tables;
  const auto& blocked = tables.counts("blocked_by_month");
  const auto& instead = tables.counts("instead_by_month");
  constexpr std::size_t kResponses = kResponseNames.size();
  std::vector<std::int64_t> had(kResponses), did(kResponses);
  std::int64_t later = 0;
  for (std::size_t i = 0; i < blocked.size(); ++i) {
    had[i % kResponses] += blocked[i];
    did[i % kResponses] += instead[i];
    const auto month = static_cast<std::int64_t>(i / kResponses % tables.length("month"));
    if (month < kClosingMonth) CHECK(blocked[i] + instead[i] == 0);
    if (i % kResponses == static_cast<std::size_t>(Response::kInterTemporal))
      later += month * (instead[i] - blocked[i]);
  }
  for (const Response response :
       {Response::kSpatial, Response::kCategorical, Response::kInterTemporal})
    CHECK(had[static_cast<std::size_t>(response)] == did[static_cast<std::size_t>(response)]);
  CHECK(did[static_cast<std::size_t>(Response::kSpatial)] > 0);
  CHECK(did[static_cast<std::size_t>(Response::kReturn)] == 0);
  CHECK(did[static_cast<std::size_t>(Response::kDeterred)] == 0);
  std::int64_t months = 0;
  for (const auto& [delay, count] : tables.comparison.delays) months += delay * count;
  CHECK(later == months);
}
