#pragma once

#include <vector>

#include "core/check.h"
#include "model/validation_plan.h"

namespace onward {

/// One value for each calendar year of a span and each destination, in the order of
/// World::destinations.
template <class T>
class YearGrid {
 public:
  YearGrid() = default;
  YearGrid(YearSpan years, std::size_t destinations, T value = {})
      : years_(years), destinations_(destinations) {
    EXPECT(years.last >= years.first - 1);
    values_.assign(static_cast<std::size_t>(years.last - years.first + 1) * destinations, value);
  }

  YearSpan years() const { return years_; }
  std::size_t destinations() const { return destinations_; }
  bool has(int year) const { return year >= years_.first && year <= years_.last; }

  T& at(int year, std::size_t destination) { return values_[index(year, destination)]; }
  const T& at(int year, std::size_t destination) const { return values_[index(year, destination)]; }

 private:
  std::size_t index(int year, std::size_t destination) const {
    EXPECT(has(year) && destination < destinations_);
    return static_cast<std::size_t>(year - years_.first) * destinations_ + destination;
  }

  YearSpan years_{.first = 0, .last = -1};
  std::size_t destinations_ = 0;
  std::vector<T> values_;
};

}  // namespace onward
