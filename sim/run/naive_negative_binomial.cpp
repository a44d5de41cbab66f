#include "run/naive_negative_binomial.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "core/distributions.h"
#include "model/purpose.h"
#include "run/cell_probability.h"

namespace onward {

namespace {

constexpr std::size_t kDraws = 1000;

/// Log probability of all cells of the years up to `last`, but for the first.
double log_likelihood(const ObservedTable& observed, int last, const NegativeBinomialFit& fit) {
  double sum = 0.0;
  for (int year = observed.years().first + 1; year <= last; ++year) {
    for (const std::size_t d : observed.scored(year)) {
      const double mean = naive_mean(observed, d, year - 1, fit.weight);
      sum += std::log(negative_binomial_probability(mean, fit.size, *observed.cell(year, d)));
    }
  }
  return sum;
}

std::vector<double> draw_counts(const Knowledge& known, std::size_t destination, int year,
                                double mean, double size, const NaiveDraws& how) {
  std::vector<double> counts;
  for (std::uint32_t r = 0; r < kDraws; ++r) {
    DrawSequence draws(run_key(how.seed, r), Entity{name_key(known.observed.name(destination))},
                       purpose::kNaive, static_cast<std::uint32_t>(year));
    const double rate = mean / size * gamma(size, draws);
    const auto count = static_cast<double>(poisson(rate, draws));
    counts.push_back(count > 0.0 ? std::max(count, how.rounded_below) : 0.0);
  }
  return counts;
}

}  // namespace

double naive_mean(const ObservedTable& observed, std::size_t destination, int last, double weight) {
  return weight * observed.last(last, destination).value_or(0.0) +
         (1.0 - weight) * long_run_mean(observed, destination, last);
}

NegativeBinomialFit fit_negative_binomial(const ObservedTable& observed, int last) {
  NegativeBinomialFit best;
  if (last <= observed.years().first) return best;
  double most = -std::numeric_limits<double>::infinity();
  for (int tenths = 0; tenths <= 9; ++tenths) {
    for (int halves = -12; halves <= 10; ++halves) {
      const NegativeBinomialFit fit{.weight = 0.1 * tenths, .size = std::exp2(0.5 * halves)};
      const double likelihood = log_likelihood(observed, last, fit);
      if (likelihood <= most) continue;
      most = likelihood;
      best = fit;
    }
  }
  return best;
}

Forecast naive_negative_binomial(const Knowledge& known, YearSpan years, const NaiveDraws& how) {
  const ObservedTable& observed = known.observed;
  const std::size_t destinations = observed.destinations();
  Forecast forecast{.name = "naive-negative-binomial",
                    .origin = known.text(),
                    .mean = YearGrid<double>(years, destinations),
                    .draws = YearGrid<std::vector<double>>(years, destinations),
                    .log_probability = YearGrid<double>(years, destinations,
                                                        std::numeric_limits<double>::quiet_NaN())};
  std::map<int, NegativeBinomialFit> fits;
  for (int year = years.first; year <= years.last; ++year) {
    const int last = known.last_year(year);
    if (!fits.contains(last)) fits[last] = fit_negative_binomial(observed, last);
    const NegativeBinomialFit& fit = fits[last];
    for (const std::size_t d : observed.scored()) {
      const double mean = naive_mean(observed, d, last, fit.weight);
      forecast.mean.at(year, d) = mean;
      forecast.draws.at(year, d) = draw_counts(known, d, year, mean, fit.size, how);
      const bool is_scored = observed.has(year) && observed.cell(year, d);
      if (!is_scored) continue;
      forecast.log_probability.at(year, d) =
          std::log(negative_binomial_probability(mean, fit.size, *observed.cell(year, d)));
    }
  }
  return forecast;
}

}  // namespace onward
