#pragma once

#include <cstdint>
#include <vector>

#include "engine/observer.h"

namespace onward {

/// Mean over replicates, with the central 90 % of what would be observed.
struct Estimate {
  double mean = 0.0;
  double lo = 0.0;  ///< 5 % quantile
  double hi = 0.0;  ///< 95 % quantile
};

/// Quantile `q` in [0, 1] of values in any order, by linear interpolation between order
/// statistics. Errors: no values.
double quantile(std::vector<double> values, double q);

/// Collects yearly asylum claims by destination.
class YearlyClaims : public Observer {
 public:
  YearlyClaims(const MeasureShape& shape, std::uint32_t first_replicate, std::uint32_t replicates);
  void replicate_finished(std::uint32_t replicate, const Measures& measures) override;

  std::size_t years() const { return years_; }
  std::size_t destinations() const { return destinations_; }

  /// Simulated claims (the mean) and what would be observed of them (the interval).
  Estimate claims(std::size_t year, std::size_t destination) const;
  /// The same for all destinations together.
  Estimate total(std::size_t year) const;
  /// Simulated claims by replicate.
  std::vector<double> simulated(std::size_t year, std::size_t destination) const;

  std::uint64_t persons() const { return persons_ / replicates_; }  ///< mean over replicates
  std::uint64_t person_months() const { return person_months_; }    ///< sum over replicates
  std::uint64_t decisions() const { return decisions_; }            ///< sum over replicates

 private:
  std::size_t cell(std::size_t replicate, std::size_t year, std::size_t destination) const {
    return (replicate * years_ + year) * destinations_ + destination;
  }
  Estimate estimate(std::size_t year, std::size_t first_destination,
                    std::size_t last_destination) const;

  std::uint32_t first_;
  std::uint32_t replicates_;
  std::size_t years_;
  std::size_t destinations_;
  std::vector<double> simulated_;
  std::vector<double> seen_;
  std::uint64_t persons_ = 0;
  std::uint64_t person_months_ = 0;
  std::uint64_t decisions_ = 0;
};

}  // namespace onward
