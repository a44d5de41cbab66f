#include "model/measures.h"

namespace onward {

namespace {

template <std::size_t N>
std::vector<std::string> as_strings(const std::array<std::string_view, N>& names) {
  return {names.begin(), names.end()};
}

}  // namespace

std::vector<std::string> MeasureShape::labels(Dimension dimension) const {
  switch (dimension) {
    case Dimension::kDestination:
      return destinations;
    case Dimension::kGroup:
      return groups;
    case Dimension::kPlace:
    case Dimension::kFrom:
      return places;
    case Dimension::kChannel:
      return as_strings(kChannelNames);
    case Dimension::kOutcome:
      return as_strings(kOutcomeNames);
    case Dimension::kStatus:
      return as_strings(kStatusNames);
    case Dimension::kStory:
      return as_strings(kStoryNames);
    default:
      return {};
  }
}

std::size_t MeasureShape::length(Dimension dimension) const {
  switch (dimension) {
    case Dimension::kNone:
      return 1;
    case Dimension::kMonth:
      return static_cast<std::size_t>(months);
    case Dimension::kYear:
      return static_cast<std::size_t>((start + (months - 1)).year() - start.year() + 1);
    case Dimension::kBroker:
      return brokers;
    default:
      return labels(dimension).size();
  }
}

MeasureShape measure_shape(const Scenario& scenario) {
  MeasureShape shape;
  shape.start = scenario.start;
  shape.months = scenario.months();
  for (const Place& place : scenario.places) {
    shape.places.push_back(place.name);
    if (place.asylum) shape.destinations.push_back(place.name);
  }
  for (const Group& group : scenario.groups) shape.groups.push_back(group.name);
  shape.brokers = static_cast<std::size_t>(scenario.brokers.slots);
  return shape;
}

Measures::Measures(const MeasureShape& shape) : shape_(shape) {
  for (std::size_t i = 0; i < kMeasureRows.size(); ++i) {
    const MeasureRow& row = kMeasureRows[i];
    std::size_t size = 1;
    for (std::size_t axis = 0; axis < row.dimensions.size(); ++axis) {
      lengths_[i][axis] = shape.length(row.dimensions[axis]);
      size *= lengths_[i][axis];
    }
    counts_.emplace_back(row.is_count ? size : 0);
    values_.emplace_back(row.is_count ? 0 : size);
  }
}

}  // namespace onward
