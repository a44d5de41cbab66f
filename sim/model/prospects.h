#pragma once

#include <vector>

#include "core/elementary.h"
#include "model/policy.h"

namespace onward {

/// Chance that a hazard, in 1/month, strikes within a year.
inline double within_a_year(double hazard) { return 1.0 - exact_exp(-12.0 * hazard); }

/// What the destinations offer the people of one group in one month, term by term of the utility
/// and one value for each destination, as far as no state and no person changes it.
struct Outlook {
  // The same in every month.
  const double* attraction;
  const double* income;   ///< money per month
  const double* travel;   ///< cost of the journey itself, money
  const double* english;  ///< 1 where schooling is in English
  const double* enemy;    ///< 1 where kin in the country of origin are punished
  // By the levers of the month.
  const double* benefit;
  const double* work_right;
  const double* family_reunion;
  const double* detention;
  const double* removal;
};

/// The outlooks of all months and groups, worked out once for a world.
class Prospects {
 public:
  Prospects(const Scenario& scenario, const PolicyTimeline& policy,
            const std::vector<PlaceId>& destinations);

  Outlook outlook(int month, GroupId group) const;

  /// By destination: mean time that the evidence of a claim takes, in months, over all groups.
  const double* evidence(int month) const {
    return evidence_.data() + static_cast<std::size_t>(month) * destinations_;
  }

 private:
  /// Appends the monthly terms of one group.
  void lay_month(const Scenario& scenario, const PolicyTimeline& policy,
                 const std::vector<PlaceId>& destinations, int month, std::size_t group);

  std::size_t groups_;
  std::size_t destinations_;
  std::vector<double> lasting_;   ///< by term and destination
  std::vector<double> by_month_;  ///< by month, group, term and destination
  std::vector<double> evidence_;  ///< by month and destination
};

}  // namespace onward
