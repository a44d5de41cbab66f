#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/check.h"
#include "model/scenario.h"

namespace onward {

/// News of a change of policy.
struct Announcement {
  PlaceId place;
  Publicity publicity = Publicity::kSilent;
};

/// The whole calendar of policy, month by month: what every lever stands at, what has been
/// announced, and how severe the news still is. A pure function of the scenario. Months after the
/// run's end are not in it: asking for them breaks the contract.
class PolicyTimeline {
 public:
  explicit PolicyTimeline(const Scenario& scenario);

  /// Levers of `place` for `group` in month `month` of the run; before the run, as they stood at
  /// its start.
  const LeverValues& levers(int month, PlaceId place, GroupId group) const {
    EXPECT(month < months_);
    return sets_[set_at_[cell(month < 0 ? 0 : month + 1, place, group)]];
  }

  /// Net severity of what has been announced (tightening positive), faded by the memory of
  /// beliefs: a new announcement on a lever replaces the older one, and is measured against what
  /// people had come to expect before it.
  double severity(int month, PlaceId place, GroupId group) const {
    EXPECT(month >= 0 && month < months_);
    return severity_[cell(month, place, group)];
  }

  /// What is announced in month `month`, once for each place, with the loudest publicity.
  std::span<const Announcement> announcements(int month) const {
    EXPECT(month >= 0 && month < months_);
    return announcements_[static_cast<std::size_t>(month)];
  }

  /// Memory that the calendar takes, apart from its announcements.
  std::size_t bytes() const {
    return sets_.size() * sizeof(LeverValues) + set_at_.size() * sizeof(std::uint32_t) +
           severity_.size() * sizeof(double);
  }

 private:
  std::size_t cell(int month, PlaceId place, GroupId group) const {
    return (static_cast<std::size_t>(month) * places_ + place.index()) * groups_ + group.index();
  }
  void lay_levers(const Scenario& scenario);
  void lay_announcements(const Scenario& scenario);

  int months_;
  std::size_t places_;
  std::size_t groups_;
  // Most months change nothing, and many places and groups are alike: each set of values is kept
  // once, so that those of a whole run stay near the processor.
  std::vector<LeverValues> sets_;
  std::vector<std::uint32_t> set_at_;  ///< by cell: at the start, then in each month
  std::vector<double> severity_;
  std::vector<std::vector<Announcement>> announcements_;
};

}  // namespace onward
