#include "run/scores.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/check.h"
#include "run/summary.h"

namespace onward {

namespace {

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Divides by the sum. False, with nothing changed, if that is zero.
bool normalise(std::vector<double>& values) {
  const double sum = sum_of(values);
  if (sum <= 0.0) return false;
  for (double& value : values) value /= sum;
  return true;
}

/// The observed counts of a year, or their shares; empty if shares are not defined.
std::vector<double> observed_values(const ObservedTable& observed, int year,
                                    const std::vector<std::size_t>& cells, Quantity of) {
  std::vector<double> values;
  for (const std::size_t d : cells) values.push_back(observed.cell(year, d)->count);
  if (of == Quantity::kShares && !normalise(values)) values.clear();
  return values;
}

/// Draws of each cell of a year. Draws without claims have no shares and are left out of those.
std::vector<std::vector<double>> draws_of(const Forecast& forecast, int year,
                                          const std::vector<std::size_t>& cells, Quantity of) {
  std::vector<std::vector<double>> draws(cells.size());
  const std::size_t count = cells.empty() ? 0 : forecast.draws.at(year, cells.front()).size();
  for (std::size_t r = 0; r < std::max<std::size_t>(count, 1); ++r) {
    std::vector<double> values;
    for (const std::size_t d : cells)
      values.push_back(count == 0 ? forecast.mean.at(year, d) : forecast.draws.at(year, d)[r]);
    if (of == Quantity::kShares && !normalise(values)) continue;
    for (std::size_t i = 0; i < cells.size(); ++i) draws[i].push_back(values[i]);
  }
  return draws;
}

/// A mean that grows; empty without values.
class Mean {
 public:
  void add(double value) {
    sum_ += value;
    ++count_;
  }
  std::optional<double> value() const {
    if (count_ == 0) return std::nullopt;
    return sum_ / static_cast<double>(count_);
  }

 private:
  double sum_ = 0.0;
  std::size_t count_ = 0;
};

struct CellMeans {
  Mean log_score;
  Mean crps;
  Mean coverage50;
  Mean coverage90;
};

void add_cell(CellMeans& means, const std::vector<double>& draws, double observed) {
  if (draws.empty()) return;
  means.crps.add(fair_crps(draws, observed));
  if (draws.size() < 2) return;  // a single number has no interval
  means.coverage50.add(is_covered(draws, observed, 0.5) ? 1.0 : 0.0);
  means.coverage90.add(is_covered(draws, observed, 0.9) ? 1.0 : 0.0);
}

}  // namespace

std::optional<double> averaged_relative_difference(const YearlyCounts& forecast,
                                                   const ObservedTable& observed, YearSpan period,
                                                   Quantity of) {
  Mean mean;
  for (int year = period.first; year <= period.last; ++year) {
    const std::vector<std::size_t> cells = observed.scored(year);
    const std::vector<double> seen = observed_values(observed, year, cells, of);
    if (sum_of(seen) <= 0.0) continue;
    std::vector<double> values;
    for (const std::size_t d : cells) values.push_back(forecast(year, d));
    if (of == Quantity::kShares && !normalise(values)) return std::nullopt;
    double difference = 0.0;
    for (std::size_t i = 0; i < cells.size(); ++i) difference += std::abs(values[i] - seen[i]);
    mean.add(difference / sum_of(seen));
  }
  return mean.value();
}

double fair_crps(std::vector<double> draws, double observed) {
  EXPECT(!draws.empty());
  const auto count = static_cast<double>(draws.size());
  std::sort(draws.begin(), draws.end());
  double distance = 0.0;
  double spread = 0.0;  // sum over pairs of their distance, from the order statistics
  for (std::size_t i = 0; i < draws.size(); ++i) {
    distance += std::abs(draws[i] - observed);
    spread += draws[i] * (2.0 * static_cast<double>(i) - count + 1.0);
  }
  if (draws.size() == 1) return distance;
  return distance / count - spread / (count * (count - 1.0));
}

bool is_covered(const std::vector<double>& draws, double observed, double level) {
  const double tail = 0.5 * (1.0 - level);
  return quantile(draws, tail) <= observed && observed <= quantile(draws, 1.0 - tail);
}

Score score(const Forecast& forecast, const ObservedTable& observed, YearSpan period, Quantity of) {
  CellMeans means;
  for (int year = period.first; year <= period.last; ++year) {
    const std::vector<std::size_t> cells = observed.scored(year);
    const std::vector<double> seen = observed_values(observed, year, cells, of);
    if (seen.empty()) continue;
    const auto draws = draws_of(forecast, year, cells, of);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      add_cell(means, draws[i], seen[i]);
      const double log_probability = forecast.log_probability.at(year, cells[i]);
      if (of == Quantity::kCounts && !std::isnan(log_probability))
        means.log_score.add(log_probability);
    }
  }
  const auto mean = [&](int year, std::size_t d) { return forecast.mean.at(year, d); };
  return {.ard = averaged_relative_difference(mean, observed, period, of),
          .log_score = means.log_score.value(),
          .crps = means.crps.value(),
          .coverage50 = means.coverage50.value(),
          .coverage90 = means.coverage90.value()};
}

}  // namespace onward
