#pragma once

#include <initializer_list>

#include "run/observed_table.h"
#include "support/small_world.h"

/// The small world with an observed record, for tests of what it is judged by.
namespace onward::small {

inline constexpr std::size_t kFirst = 0;   ///< the destination alpha
inline constexpr std::size_t kSecond = 1;  ///< the destination beta

/// A count of the record; a 5 stands for 1 to 5.
inline ObservedCount seen(int year, PlaceId place, double count) {
  return {.year = year,
          .place = place,
          .count = count,
          .lower = count == 5.0 ? 1.0 : count,
          .upper = count};
}

/// Counts of alpha and beta by year from 2001 on; a negative one is missing. The run lasts to the
/// end of the last year.
inline Scenario observed_scenario(std::initializer_list<std::pair<double, double>> counts) {
  Scenario result = scenario();
  int year = 2001;
  for (const auto& [alpha, beta] : counts) {
    if (alpha >= 0.0) result.observed.push_back(seen(year, kAlpha, alpha));
    if (beta >= 0.0) result.observed.push_back(seen(year, kBeta, beta));
    ++year;
  }
  result.end = YearMonth{year - 1, 12};
  return result;
}

}  // namespace onward::small
