#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/world.h"
#include "run/year_grid.h"

namespace onward {

/// The observed record by calendar year and destination. A missing cell is empty, never zero.
class ObservedTable {
 public:
  explicit ObservedTable(const World& world);

  bool has(int year) const { return cells_.has(year); }
  const std::optional<ObservedCount>& cell(int year, std::size_t destination) const {
    return cells_.at(year, destination);
  }
  /// Years of the observed record, whether or not a run has them; empty (last < first) without one.
  YearSpan years() const { return cells_.years(); }
  std::size_t destinations() const { return names_.size(); }
  const std::string& name(std::size_t destination) const { return names_[destination]; }

  /// Destinations with a count in some year: the scored set.
  const std::vector<std::size_t>& scored() const { return scored_; }
  /// Destinations with a count in this year.
  std::vector<std::size_t> scored(int year) const;
  /// The count shown in the last year up to `year` that has one.
  std::optional<double> last(int year, std::size_t destination) const;

 private:
  std::vector<std::string> names_;
  YearGrid<std::optional<ObservedCount>> cells_;
  std::vector<std::size_t> scored_;
};

/// Calendar years that lie wholly in the run; empty (last < first) if there is none.
YearSpan full_years(const Scenario& scenario);

}  // namespace onward
