#include "run/fit_target.h"

#include <cmath>

#include "core/check.h"
#include "run/observed_table.h"

namespace onward {

FitTarget::FitTarget(const CalibrationStudy& study) {
  const World world(study.scenario);
  const ObservedTable record(world);
  first_year_ = study.fit.years.first;
  years_ = static_cast<std::size_t>(study.fit.years.last - first_year_ + 1);
  destinations_ = world.destinations.size();
  for (std::size_t y = 0; y < years_; ++y) {
    const int year = first_year_ + static_cast<int>(y);
    if (!record.has(year)) continue;
    for (std::size_t d = 0; d < destinations_; ++d) {
      const auto& cell = record.cell(year, d);
      if (!cell || !study.fit.sees(world.destinations[d], year)) continue;
      cells_.push_back(*cell);
      positions_.push_back(y * destinations_ + d);
    }
  }
}

double FitTarget::distance(std::span<const std::int32_t> claims,
                           const ObservationNoise& noise) const {
  const std::size_t runs = claims.size() / claims_per_run();
  EXPECT(runs > 0 && claims.size() == runs * claims_per_run());
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

ObservationNoise observation_noise(const Scenario& scenario) {
  return {.factor = scenario.parameters.get<"observation.source_factor">(),
          .variance = scenario.parameters.get<"observation.overdispersion">()};
}

}  // namespace onward
