#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "run/forecast.h"

/// Scores of forecasts against the observed record; docs/validation.md has the formulas.
namespace onward {

/// Empty where a score is not defined.
struct Score {
  std::optional<double> ard;         ///< averaged relative difference
  std::optional<double> log_score;   ///< mean log predictive probability of a cell
  std::optional<double> crps;        ///< mean over cells; claims, or shares
  std::optional<double> coverage50;  ///< share of cells inside the central 50 % interval
  std::optional<double> coverage90;
};

/// Claims by calendar year and destination.
using YearlyCounts = std::function<double(int year, std::size_t destination)>;

/// Averaged relative difference of counts or shares over the years of a period that have claims in
/// the observed record, missing cells left out. Empty if there is no such year, or a forecast of
/// shares has no claims in one.
std::optional<double> averaged_relative_difference(const YearlyCounts& forecast,
                                                   const ObservedTable& observed, YearSpan period,
                                                   Quantity of);

/// Continuous ranked probability score of draws, by the fair estimator (Ferro 2014): unbiased for
/// the score of the distribution that they come from. A single draw scores its distance. Errors: no
/// draws.
double fair_crps(std::vector<double> draws, double observed);

/// Whether `observed` lies in the central interval of draws, ends included. Errors: no draws.
bool is_covered(const std::vector<double>& draws, double observed, double level);

/// All scores of a forecast over a period, whose years it must have.
Score score(const Forecast& forecast, const ObservedTable& observed, YearSpan period, Quantity of);

}  // namespace onward
