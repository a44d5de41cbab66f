#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/parallel.h"
#include "run/count_table.h"

namespace onward {

/// A mean with the 90 % interval of the mean.
struct MeanInterval {
  double mean = 0.0;
  double lo = 0.0;
  double hi = 0.0;
};

/// The bootstrap over replicates (Efron and Tibshirani 1993, percentile intervals): whole
/// replicates are drawn with replacement, so that what is paired within one stays paired. The draws
/// are keyed by `seed`; the threads change nothing.
class Resamples {
 public:
  Resamples(const CountTable& table, std::uint64_t seed, ThreadTeam& team);

  /// A function of the columns' means over replicates; NaN where it is not defined.
  using Statistic = std::function<double(std::span<const double> means)>;

  /// Means of all columns, as counted.
  std::span<const double> means() const { return means_; }
  /// The statistic of the means as counted, and its 5 and 95 % quantiles over resamples in which it
  /// is defined. Empty if it is not defined as counted.
  std::optional<MeanInterval> estimate(const Statistic& statistic) const;

 private:
  std::size_t columns_;
  std::vector<double> means_;
  std::vector<double> resampled_;  ///< by resample, then column
};

}  // namespace onward
