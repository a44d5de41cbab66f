#include "run/observed_table.h"

#include <algorithm>

namespace onward {

namespace {

constexpr YearSpan kNoYears{.first = 0, .last = -1};

YearSpan years_of(const std::vector<ObservedCount>& counts) {
  if (counts.empty()) return kNoYears;
  const auto [first, last] = std::minmax_element(
      counts.begin(), counts.end(),
      [](const ObservedCount& a, const ObservedCount& b) { return a.year < b.year; });
  return {.first = first->year, .last = last->year};
}

}  // namespace

ObservedTable::ObservedTable(const World& world)
    : cells_(years_of(world.scenario.observed), world.destinations.size()) {
  for (const PlaceId place : world.destinations) names_.push_back(world.place(place).name);
  for (const ObservedCount& count : world.scenario.observed)
    cells_.at(count.year, world.destination_of[count.place.index()]) = count;
  for (std::size_t d = 0; d < destinations(); ++d) {
    if (last(years().last, d)) scored_.push_back(d);
  }
}

std::vector<std::size_t> ObservedTable::scored(int year) const {
  std::vector<std::size_t> of_year;
  if (!cells_.has(year)) return of_year;
  for (const std::size_t d : scored_) {
    if (cell(year, d)) of_year.push_back(d);
  }
  return of_year;
}

std::optional<double> ObservedTable::last(int year, std::size_t destination) const {
  for (int y = std::min(year, years().last); y >= years().first; --y) {
    if (const auto& count = cell(y, destination)) return count->count;
  }
  return std::nullopt;
}

YearSpan full_years(const Scenario& scenario) {
  const bool starts_late = scenario.start.month() > 1;
  const bool ends_early = scenario.end.month() < 12;
  return {.first = scenario.start.year() + (starts_late ? 1 : 0),
          .last = scenario.end.year() - (ends_early ? 1 : 0)};
}

}  // namespace onward
