#include "io/measure_listing.h"

#include <array>

namespace onward {

namespace {

struct DimensionRow {
  Dimension dimension;
  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
};

constexpr auto kDimensionRows = std::to_array<DimensionRow>({
    {Dimension::kMonth, "month", "1", "first day of the month"},
    {Dimension::kYear, "year", "year", "calendar year"},
    {Dimension::kDestination, "destination", "1", "place that takes asylum claims"},
    {Dimension::kGroup, "group", "1", "group of people"},
    {Dimension::kChannel, "channel", "1", "how the journey was organised"},
    {Dimension::kOutcome, "outcome", "1", "outcome at first instance"},
    {Dimension::kPlace, "place", "1", "any place; in moves, the place reached"},
    {Dimension::kFrom, "from", "1", "place that was left"},
    {Dimension::kStatus, "status", "1", "what a person is doing at the place"},
    {Dimension::kStory, "story", "1", "what a broker's client says about another citizenship"},
    {Dimension::kBroker, "broker", "1", "broker slot, from 0"},
});

const DimensionRow* find_dimension(Dimension dimension) {
  for (const DimensionRow& row : kDimensionRows) {
    if (row.dimension == dimension) return &row;
  }
  return nullptr;
}

}  // namespace

std::string_view dimension_name(Dimension dimension) {
  const DimensionRow* row = find_dimension(dimension);
  return row ? row->name : std::string_view{};
}

std::string_view dimension_meaning(Dimension dimension) {
  const DimensionRow* row = find_dimension(dimension);
  return row ? row->meaning : std::string_view{};
}

std::string_view dimension_unit(Dimension dimension) {
  const DimensionRow* row = find_dimension(dimension);
  return row ? row->unit : std::string_view{};
}

std::vector<Dimension> axes_of(const MeasureRow& row) {
  std::vector<Dimension> axes;
  for (const Dimension dimension : row.dimensions) {
    if (dimension != Dimension::kNone) axes.push_back(dimension);
  }
  return axes;
}

std::vector<Dimension> all_dimensions() {
  std::vector<Dimension> dimensions;
  for (const DimensionRow& row : kDimensionRows) dimensions.push_back(row.dimension);
  return dimensions;
}

std::string measures_markdown() {
  std::string text = "| dataset | type | dimensions | unit | meaning |\n|---|---|---|---|---|\n";
  for (const MeasureRow& row : kMeasureRows) {
    text += "| `" + std::string(row.name) + "` | ";
    text += row.is_count ? "int32" : "float32";
    text += " | replicate";
    for (const Dimension axis : axes_of(row)) text += ", " + std::string(dimension_name(axis));
    text += " | " + std::string(row.unit) + " | " + std::string(row.meaning) + " |\n";
  }
  return text;
}

}  // namespace onward
