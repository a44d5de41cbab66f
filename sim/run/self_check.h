#pragma once

#include <vector>

#include "run/bank.h"

/// Does the method find parameters that are known? Records are taken from the bank's own runs, and
/// each is asked about as if it were real (Cook, Gelman and Rubin 2006; Talts et al. 2018).
namespace onward {

/// How often the truth lay where the posterior said, for one parameter.
struct Recovery {
  double coverage50 = 0.0;  ///< share of records whose true value lies in the central 50 %
  double coverage90 = 0.0;
  double contraction = 0.0;  ///< mean of 1 - posterior variance / variance of the truths
  std::vector<int> ranks;    ///< histogram of the true value's rank, kRankBins bins
  double rank_p = 0.0;       ///< chance of a histogram as uneven, were the method exact
};

inline constexpr std::size_t kRankBins = 10;

/// Asks about `records` records from the bank, spread evenly over it, each without the point that
/// made it. By parameter.
std::vector<Recovery> check_recovery(const Bank& bank, std::size_t records, double keep);

}  // namespace onward
