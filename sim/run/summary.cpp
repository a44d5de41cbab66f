#include "run/summary.h"

#include <algorithm>
#include <cmath>

#include "core/check.h"

namespace onward {

double quantile(std::vector<double> values, double q) {
  EXPECT(!values.empty());
  std::sort(values.begin(), values.end());
  const double at = q * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(at));
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (at - std::floor(at)) * (values[above] - values[below]);
}

YearlyClaims::YearlyClaims(const MeasureShape& shape, std::uint32_t first_replicate,
                           std::uint32_t replicates)
    : first_(first_replicate),
      replicates_(replicates),
      years_(shape.length(Dimension::kYear)),
      destinations_(shape.destinations.size()),
      simulated_(replicates * years_ * destinations_, 0.0),
      seen_(simulated_.size(), 0.0) {}

void YearlyClaims::replicate_finished(std::uint32_t replicate, const Measures& measures) {
  const MeasureShape& shape = measures.shape();
  const std::size_t r = replicate - first_;
  const auto claims = measures.counts(measure_index<"applications">());
  const auto seen = measures.counts(measure_index<"observed_claims">());
  const std::size_t cells = shape.groups.size() * kChannelNames.size();
  for (std::size_t m = 0; m < static_cast<std::size_t>(shape.months); ++m) {
    const auto year =
        static_cast<std::size_t>((shape.start + static_cast<int>(m)).year() - shape.first_year());
    for (std::size_t d = 0; d < destinations_; ++d) {
      const auto of_month = claims.subspan((m * destinations_ + d) * cells, cells);
      for (const std::int32_t count : of_month) simulated_[cell(r, year, d)] += count;
    }
  }
  for (std::size_t i = 0; i < years_ * destinations_; ++i) seen_[cell(r, 0, 0) + i] = seen[i];
  persons_ += measures.persons;
  person_months_ += measures.person_months;
  decisions_ += measures.decisions;
}

Estimate YearlyClaims::estimate(std::size_t year, std::size_t first_destination,
                                std::size_t last_destination) const {
  double sum = 0.0;
  std::vector<double> seen(replicates_, 0.0);
  for (std::size_t r = 0; r < replicates_; ++r) {
    for (std::size_t d = first_destination; d < last_destination; ++d) {
      sum += simulated_[cell(r, year, d)];
      seen[r] += seen_[cell(r, year, d)];
    }
  }
  return {.mean = sum / replicates_, .lo = quantile(seen, 0.05), .hi = quantile(seen, 0.95)};
}

Estimate YearlyClaims::claims(std::size_t year, std::size_t destination) const {
  return estimate(year, destination, destination + 1);
}

Estimate YearlyClaims::total(std::size_t year) const { return estimate(year, 0, destinations_); }

std::vector<double> YearlyClaims::simulated(std::size_t year, std::size_t destination) const {
  std::vector<double> values;
  for (std::size_t r = 0; r < replicates_; ++r)
    values.push_back(simulated_[cell(r, year, destination)]);
  return values;
}

}  // namespace onward
