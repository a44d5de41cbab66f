#pragma once

#include <span>
#include <vector>

#include "core/elementary.h"
#include "model/policy.h"

namespace onward {

/// Chance that a hazard, in 1/month, strikes within a year.
inline double within_a_year(double hazard) { return 1.0 - exact_exp(-12.0 * hazard); }

/// What the destinations offer the people of one group under one regime, term by term of the
/// utility and one value for each destination, as far as no state and no person changes it.
struct Outlook {
  // The same under every regime.
  const double* attraction;
  const double* income;   ///< money per month
  const double* travel;   ///< cost of the journey itself, money
  const double* english;  ///< 1 where schooling is in English
  const double* enemy;    ///< 1 where kin in the country of origin are punished
  // By its levers.
  const double* benefit;
  const double* work_right;
  const double* family_reunion;
  const double* detention;
  const double* removal;
};

/// What follows from the levers alone, under each regime of policy, worked out once for a world.
class Prospects {
 public:
  Prospects(const Scenario& scenario, const PolicyTimeline& policy,
            const std::vector<PlaceId>& destinations);

  Outlook outlook(std::size_t regime, GroupId group) const;

  /// By destination: mean time that the evidence of a claim takes, in months, over all groups.
  const double* evidence(std::size_t regime) const {
    return evidence_.data() + regime * destinations_;
  }

  /// By destination and group: chance of protection at first instance (`protection_rate`).
  std::span<const float> protection(std::size_t regime) const {
    return std::span(protection_)
        .subspan(regime * destinations_ * groups_, destinations_ * groups_);
  }

 private:
  /// Appends what follows from the levers of a month.
  void lay_regime(const Scenario& scenario, const PolicyTimeline& policy,
                  const std::vector<PlaceId>& destinations, int month);
  /// Appends the terms of one group.
  void lay_terms(const Scenario& scenario, const PolicyTimeline& policy,
                 const std::vector<PlaceId>& destinations, int month, std::size_t group);

  std::size_t groups_;
  std::size_t destinations_;
  std::vector<double> lasting_;    ///< by term and destination
  std::vector<double> terms_;      ///< by regime, group, term and destination
  std::vector<double> evidence_;   ///< by regime and destination
  std::vector<float> protection_;  ///< by regime, destination and group
};

}  // namespace onward
