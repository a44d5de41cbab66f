#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "io/study_file.h"
#include "run/cell_probability.h"
#include "run/observed_table.h"

namespace onward {

/// A year's claims at all destinations together whose cells a fit sees.
struct SeenTotal {
  ObservedCount count;                 ///< sums of the cells; the place means nothing
  std::vector<std::size_t> positions;  ///< where its cells lie among the claims of a run
};

/// The cells of the record that a fit sees, and how far simulated claims lie from them.
class FitTarget {
 public:
  explicit FitTarget(const CalibrationStudy& study);

  /// Claims of one run that a fit can ever ask for: years by destinations.
  std::size_t claims_per_run() const { return years_ * destinations_; }
  std::size_t years() const { return years_; }
  std::size_t destinations() const { return destinations_; }
  int first_year() const { return first_year_; }
  /// The cells, by year and destination, and where each lies among the claims of a run.
  const std::vector<ObservedCount>& cells() const { return cells_; }
  const std::vector<std::size_t>& positions() const { return positions_; }

  /// Of every year with at least two cells, their total.
  const std::vector<SeenTotal>& totals() const { return totals_; }

  /// Minus the log of the predictive probability of the record, added up over its cells and its
  /// yearly totals, of runs whose claims follow one another in `claims`. This is the log score of
  /// docs/validation.md, which knows intervals, missing cells and overdispersion, times the number
  /// of cells. The totals stand beside the cells because these are taken one by one: whether they
  /// are all too high together is seen in no cell.
  double distance(std::span<const std::int32_t> claims, const ObservationNoise& noise) const;

 private:
  void add_year(const ObservedTable& record, const CalibrationStudy& study, const World& world,
                int year);
  double cell_distance(std::span<const std::int32_t> claims, const ObservationNoise& noise) const;
  double total_distance(std::span<const std::int32_t> claims, const ObservationNoise& noise) const;

  int first_year_ = 0;
  std::size_t years_ = 0;
  std::size_t destinations_ = 0;
  std::vector<ObservedCount> cells_;
  std::vector<std::size_t> positions_;
  std::vector<SeenTotal> totals_;
};

/// The noise of the observation model of a scenario.
ObservationNoise observation_noise(const Scenario& scenario);

}  // namespace onward
