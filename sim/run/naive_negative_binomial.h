#pragma once

#include "run/naive_forecasts.h"

namespace onward {

/// The negative binomial around a mean between the last count and the long-run mean.
struct NegativeBinomialFit {
  double weight = 0.5;  ///< of the last count; the rest is the long-run mean's
  double size = 1.0;    ///< variance = mean + mean^2 / size
};

/// The mean of a destination when the years up to `last` are known.
double naive_mean(const ObservedTable& observed, std::size_t destination, int last, double weight);

/// Weight and size that make the years up to `last` most probable, each cell forecast from the year
/// before it, on a grid: weight 0 to 0.9 by tenths, size 2^-6 to 2^5 by half powers. With fewer
/// than two years known there is nothing to fit, and the defaults stay (docs/decisions/0012).
NegativeBinomialFit fit_negative_binomial(const ObservedTable& observed, int last);

/// How the draws of the naive negative binomial are made and shown.
struct NaiveDraws {
  std::uint64_t seed = 1;
  double rounded_below = 0.0;  ///< positive counts below this are shown as this
};

/// The forecast `naive-negative-binomial`: fitted to the years known, with 1,000 draws, keyed by
/// seed, destination and year.
Forecast naive_negative_binomial(const Knowledge& known, YearSpan years, const NaiveDraws& how);

}  // namespace onward
