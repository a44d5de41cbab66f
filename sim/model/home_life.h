#pragma once

#include <array>
#include <vector>

#include "core/chance.h"
#include "model/policy.h"

namespace onward {

/// What life at the home of a group is in one month, as far as no state and no person changes it.
struct HomeMonth {
  std::array<Chance, 2> work;    ///< by higher education: chance of being at work
  std::array<double, 2> income;  ///< by being at work: money per month
  double refoulement;            ///< chance of being sent back within a year
};

/// The same in all months and for all groups, worked out once for a world.
class HomeLife {
 public:
  HomeLife(const Scenario& scenario, const PolicyTimeline& policy);

  /// Months before the run are as its policy then.
  const HomeMonth& at(int month, GroupId group) const {
    const auto row = static_cast<std::size_t>(month < 0 ? 0 : month + 1);
    return months_[row * groups_ + group.index()];
  }

 private:
  std::size_t groups_;
  std::vector<HomeMonth> months_;  ///< by month, the one before the run first, and group
};

}  // namespace onward
