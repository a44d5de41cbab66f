#pragma once

#include "run/comparison_summary.h"
#include "run/signature_world.h"

/// Pairs of worlds that tests of comparisons share.
namespace onward::pairs {

/// The signature's world without its changes: every mechanism has work to do.
inline Scenario open_world() {
  Scenario scenario = signature_scenario();
  scenario.policy.clear();
  return scenario;
}

/// The same, in which east (the first destination) closes loudly in March 2005.
inline Scenario closing_world() {
  Scenario scenario = signature_scenario();
  scenario.policy.resize(1);
  return scenario;
}

inline constexpr std::size_t kEast = 0;
inline constexpr int kClosingMonth = 26;

/// A comparison of `replicates` replicates.
inline Comparison compare_worlds(const World& base, const World& variant,
                                 std::uint32_t replicates = 4, int threads = 1,
                                 bool decompose = false) {
  const ReplicatePlan plan{.seed = 5, .first = 0, .count = replicates, .threads = threads};
  return *compare(base, variant, {.replicates = plan, .decompose = decompose});
}

/// Persons in all replicates.
inline std::int64_t column_sum(const CountTable& counts, std::size_t column) {
  std::int64_t sum = 0;
  for (std::size_t r = 0; r < counts.rows(); ++r) sum += counts.row(r)[column];
  return sum;
}

/// First departures of a world to a destination by all their fates.
inline std::int64_t departures(const CountTable& counts, std::size_t row, Side side,
                               std::size_t destination) {
  const CountLayout& layout = counts.layout();
  const std::size_t begin = layout.fate(side, destination, Fate::kUnchanged);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < layout.fate_cells(); ++i) sum += counts.row(row)[begin + i];
  return sum;
}

}  // namespace onward::pairs
