#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "core/column.h"
#include "core/look_through.h"
#include "model/people.h"

namespace onward {

/// A person who is at a destination without status.
struct Stay {
  PersonId person{};
  std::uint16_t group = 0;
  std::uint16_t destination = 0;
  double patience = 0.0;     ///< hazard of leaving that the person can still bear
  double readmission = 1.0;  ///< luck at being taken back by the place of settlement, in (0, 1)

  bool operator==(const Stay&) const = default;
};

/// Those without status, in order. Those who left leave gaps, which are closed when they are more
/// than what is left.
class Stays {
 public:
  void add(const Stay& stay) { stays_.push_back(stay); }

  std::size_t size() const { return stays_.size() - gaps_; }
  bool empty() const { return size() == 0; }
  /// Those who stay on, put together to be looked at.
  std::vector<Stay> all() const;

  /// Takes `wear(stay)` off everybody's patience, on all threads. Those who have none left are
  /// taken out and returned in order.
  template <class Wear>
  std::vector<Stay> wear_out(ThreadTeam& team, Wear wear) {
    const auto look = [&](std::size_t i) -> std::optional<Stay> {
      stays_[i].patience -= wear(stays_[i]);
      if (stays_[i].patience > 0.0) return {};
      const Stay leaver = stays_[i];
      stays_[i].patience = kGap;
      return leaver;
    };
    std::vector<Stay> leavers;
    look_through(
        team, stays_.size(), [](std::size_t) {}, look,
        [&](const Stay& leaver) { leavers.push_back(leaver); });
    note_gaps(leavers.size());
    return leavers;
  }

  bool operator==(const Stays&) const = default;

 private:
  static constexpr double kGap = std::numeric_limits<double>::infinity();  ///< patience of nobody

  /// Counts new gaps, and closes all if they are more than what is left.
  void note_gaps(std::size_t more);

  Column<Stay> stays_;  ///< gaps included
  std::size_t gaps_ = 0;
};

}  // namespace onward
