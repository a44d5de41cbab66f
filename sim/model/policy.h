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
    return sets_[set_at_[cell(regime(month), place, group)]];
  }

  /// Number of the regime in force in a month: a new one begins with each month in which policy
  /// changes. The first, 0, is in force before the run.
  std::size_t regime(int month) const {
    EXPECT(month < months_);
    return regime_at_[static_cast<std::size_t>(month < 0 ? 0 : month + 1)];
  }

  /// The different sets of levers that are in force somewhere at some time.
  std::span<const LeverValues> sets() const { return sets_; }

  /// Net severity of what has been announced (tightening positive), faded by the memory of
  /// beliefs: a new announcement on a lever replaces the older one, and is measured against what
  /// people had come to expect before it.
  double severity(int month, PlaceId place, GroupId group) const {
    EXPECT(month >= 0 && month < months_);
    return severity_[cell(static_cast<std::size_t>(month), place, group)];
  }

  /// What is announced in month `month`, once for each place, with the loudest publicity.
  std::span<const Announcement> announcements(int month) const {
    EXPECT(month >= 0 && month < months_);
    return announcements_[static_cast<std::size_t>(month)];
  }

  /// Memory that the calendar takes, apart from its announcements.
  std::size_t bytes() const {
    return sets_.size() * sizeof(LeverValues) +
           (set_at_.size() + regime_at_.size()) * sizeof(std::uint32_t) +
           severity_.size() * sizeof(double);
  }

 private:
  /// `time` counts months or regimes.
  std::size_t cell(std::size_t time, PlaceId place, GroupId group) const {
    return (time * places_ + place.index()) * groups_ + group.index();
  }
  void lay_levers(const Scenario& scenario);
  void lay_announcements(const Scenario& scenario);

  int months_;
  std::size_t places_;
  std::size_t groups_;
  // Most months change nothing, and many places and groups are alike: each set of values is kept
  // once, so that those of a whole run stay near the processor.
  std::vector<LeverValues> sets_;
  std::vector<std::uint32_t> regime_at_;  ///< before the run, then by month
  std::vector<std::uint32_t> set_at_;     ///< by regime, place and group
  std::vector<double> severity_;          ///< by month, place and group
  std::vector<std::vector<Announcement>> announcements_;
};

}  // namespace onward
