#include "run/fit_target.h"

#include <cmath>

#include "core/check.h"

namespace onward {

FitTarget::FitTarget(const CalibrationStudy& study) {
  const World world(study.scenario);
  const ObservedTable record(world);
  first_year_ = study.fit.years.first;
  years_ = static_cast<std::size_t>(study.fit.years.last - first_year_ + 1);
  destinations_ = world.destinations.size();
  for (int year = first_year_; year <= study.fit.years.last; ++year) {
    if (record.has(year)) add_year(record, study, world, year);
  }
}

void FitTarget::add_year(const ObservedTable& record, const CalibrationStudy& study,
                         const World& world, int year) {
  SeenTotal total;
  total.count.year = year;
  for (std::size_t d = 0; d < destinations_; ++d) {
    const auto& cell = record.cell(year, d);
    if (!cell || !study.fit.sees(world.destinations[d], year)) continue;
    cells_.push_back(*cell);
    positions_.push_back(static_cast<std::size_t>(year - first_year_) * destinations_ + d);
    total.count.count += cell->count;
    total.count.lower += cell->lower;
    total.count.upper += cell->upper;
    total.positions.push_back(positions_.back());
  }
  if (total.positions.size() > 1) totals_.push_back(std::move(total));
}

double FitTarget::distance(std::span<const std::int32_t> claims,
                           const ObservationNoise& noise) const {
  EXPECT(!claims.empty() && claims.size() % claims_per_run() == 0);
  return cell_distance(claims, noise) + total_distance(claims, noise);
}

double FitTarget::cell_distance(std::span<const std::int32_t> claims,
                                const ObservationNoise& noise) const {
  const std::size_t runs = claims.size() / claims_per_run();
  const std::vector<ObservationNoise> noises(runs, noise);
  std::vector<double> of_cell(runs);
  double sum = 0.0;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    for (std::size_t r = 0; r < runs; ++r)
      of_cell[r] = claims[r * claims_per_run() + positions_[i]];
    sum -= std::log(draws_probability(of_cell, noises, cells_[i]));
  }
  return sum;
}

double FitTarget::total_distance(std::span<const std::int32_t> claims,
                                 const ObservationNoise& noise) const {
  const std::size_t runs = claims.size() / claims_per_run();
  std::vector<ObservationNoise> noises(runs, noise);
  std::vector<double> of_year(runs);
  double sum = 0.0;
  for (const SeenTotal& total : totals_) {
    for (std::size_t r = 0; r < runs; ++r) {
      double all = 0.0;
      double squares = 0.0;
      for (const std::size_t position : total.positions) {
        const double count = claims[r * claims_per_run() + position];
        all += count;
        squares += count * count;
      }
      of_year[r] = all;
      // Each cell has noise of its own: that of their sum is smaller.
      noises[r].variance = all > 0.0 ? noise.variance * squares / (all * all) : noise.variance;
    }
    sum -= std::log(draws_probability(of_year, noises, total.count));
  }
  return sum;
}

ObservationNoise observation_noise(const Scenario& scenario) {
  return {.factor = scenario.parameters.get<"observation.source_factor">(),
          .variance = scenario.parameters.get<"observation.overdispersion">()};
}

}  // namespace onward
