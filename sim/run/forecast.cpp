#include "run/forecast.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "run/cell_probability.h"

namespace onward {

Forecast forecast_of(const PredictiveDraws& draws, const ObservedTable& observed, std::string name,
                     std::string origin) {
  const YearSpan years = draws.shown.years();
  const std::size_t destinations = draws.shown.destinations();
  Forecast forecast{.name = std::move(name),
                    .origin = std::move(origin),
                    .mean = YearGrid<double>(years, destinations),
                    .draws = draws.shown,
                    .log_probability = YearGrid<double>(years, destinations,
                                                        std::numeric_limits<double>::quiet_NaN())};
  for (int year = years.first; year <= years.last; ++year) {
    for (std::size_t d = 0; d < destinations; ++d) {
      const std::vector<double>& shown = draws.shown.at(year, d);
      forecast.mean.at(year, d) =
          std::accumulate(shown.begin(), shown.end(), 0.0) / static_cast<double>(shown.size());
    }
    for (const std::size_t d : observed.scored(year)) {
      forecast.log_probability.at(year, d) = std::log(
          draws_probability(draws.claims.at(year, d), draws.noise, *observed.cell(year, d)));
    }
  }
  return forecast;
}

}  // namespace onward
