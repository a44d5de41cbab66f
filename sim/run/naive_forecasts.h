#pragma once

#include <cstdint>

#include "run/forecast.h"

/// Forecasts that need no model, each defined in docs/validation.md. They know shown counts only.
namespace onward {

/// What a naive forecast of a year may know.
struct Knowledge {
  const ObservedTable& observed;
  std::optional<int> fixed_at;  ///< last year known; the year before the one forecast if empty

  int last_year(int forecast_year) const {
    return fixed_at && *fixed_at < forecast_year ? *fixed_at : forecast_year - 1;
  }
  /// `fixed at 2012`, or `rolling`.
  std::string text() const;
};

/// Last known count of each destination.
Forecast persistence(const Knowledge& known, YearSpan years);

/// Shares of the last known counts, of the mean yearly total of all years known.
Forecast share_persistence(const Knowledge& known, YearSpan years);

/// Shares of all claims of the years known, of their mean yearly total.
Forecast long_run_shares(const Knowledge& known, YearSpan years);

/// The same share for every scored destination, of the mean yearly total of all years known.
Forecast equal_shares(const Knowledge& known, YearSpan years);

/// Mean of the counts of a destination in the years up to `last`, with half a claim added to their
/// sum (the mean under Jeffreys' prior for a Poisson rate), so that none is zero.
double long_run_mean(const ObservedTable& observed, std::size_t destination, int last);

}  // namespace onward
