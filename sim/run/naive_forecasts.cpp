#include "run/naive_forecasts.h"

#include <limits>

#include "core/check.h"

namespace onward {

namespace {

/// The counts of a destination in the years up to `last`, added up.
struct Sum {
  double claims = 0.0;
  int years = 0;
};
Sum sum_to(const ObservedTable& observed, std::size_t destination, int last) {
  Sum sum;
  for (int year = observed.years().first; year <= std::min(last, observed.years().last); ++year) {
    if (const auto& cell = observed.cell(year, destination)) {
      sum.claims += cell->count;
      ++sum.years;
    }
  }
  return sum;
}

/// Mean yearly claims of all destinations in the years up to `last`.
double mean_total(const ObservedTable& observed, int last) {
  double total = 0.0;
  for (const std::size_t d : observed.scored()) {
    const Sum sum = sum_to(observed, d, last);
    if (sum.years > 0) total += sum.claims / sum.years;
  }
  return total;
}

using Weight = double (*)(const ObservedTable& observed, std::size_t destination, int last);

double last_count(const ObservedTable& observed, std::size_t destination, int last) {
  return observed.last(last, destination).value_or(0.0);
}

double sum_of_claims(const ObservedTable& observed, std::size_t destination, int last) {
  return sum_to(observed, destination, last).claims;
}

double one(const ObservedTable&, std::size_t, int) { return 1.0; }

/// A single number for each year and destination, nothing more.
Forecast point_forecast(const Knowledge& known, YearSpan years, const char* name, Weight weight) {
  const std::size_t destinations = known.observed.destinations();
  Forecast forecast{.name = name,
                    .origin = known.text(),
                    .mean = YearGrid<double>(years, destinations),
                    .draws = YearGrid<std::vector<double>>(years, destinations),
                    .log_probability = YearGrid<double>(years, destinations,
                                                        std::numeric_limits<double>::quiet_NaN())};
  for (int year = years.first; year <= years.last; ++year) {
    for (const std::size_t d : known.observed.scored())
      forecast.mean.at(year, d) = weight(known.observed, d, known.last_year(year));
  }
  return forecast;
}

/// The same, with each year brought to the mean yearly total of the years known.
Forecast share_forecast(const Knowledge& known, YearSpan years, const char* name, Weight weight) {
  Forecast forecast = point_forecast(known, years, name, weight);
  for (int year = years.first; year <= years.last; ++year) {
    double sum = 0.0;
    for (const std::size_t d : known.observed.scored()) sum += forecast.mean.at(year, d);
    if (sum <= 0.0) continue;
    const double scale = mean_total(known.observed, known.last_year(year)) / sum;
    for (const std::size_t d : known.observed.scored()) forecast.mean.at(year, d) *= scale;
  }
  return forecast;
}

}  // namespace

std::string Knowledge::text() const {
  return fixed_at ? "fixed at " + std::to_string(*fixed_at) : "rolling";
}

Forecast persistence(const Knowledge& known, YearSpan years) {
  return point_forecast(known, years, "persistence", last_count);
}

Forecast share_persistence(const Knowledge& known, YearSpan years) {
  return share_forecast(known, years, "share-persistence", last_count);
}

Forecast long_run_shares(const Knowledge& known, YearSpan years) {
  return share_forecast(known, years, "long-run-shares", sum_of_claims);
}

Forecast equal_shares(const Knowledge& known, YearSpan years) {
  return share_forecast(known, years, "equal-shares", one);
}

double long_run_mean(const ObservedTable& observed, std::size_t destination, int last) {
  const Sum sum = sum_to(observed, destination, last);
  return (sum.claims + 0.5) / std::max(sum.years, 1);
}

}  // namespace onward
