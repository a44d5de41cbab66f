#pragma once

#include <string>

#include "run/predictive_draws.h"

namespace onward {

/// A forecast of yearly claims, with what is needed to score it.
struct Forecast {
  std::string name;
  std::string origin;                   ///< what of the observed record it knows
  YearGrid<double> mean;                ///< claims
  YearGrid<std::vector<double>> draws;  ///< shown counts by draw, joint; empty for a single number
  YearGrid<double> log_probability;     ///< of the observed cell; NaN where not defined
};

/// The forecast that a world's draws make.
Forecast forecast_of(const PredictiveDraws& draws, const ObservedTable& observed, std::string name,
                     std::string origin);

}  // namespace onward
