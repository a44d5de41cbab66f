#pragma once

#include <limits>
#include <vector>

#include "core/column.h"
#include "core/parallel.h"
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
    std::vector<std::vector<Stay>> leavers(chunk_count(stays_.size(), kStaysPerChunk));
    team.for_each_chunk(leavers.size(), [&](std::size_t chunk) {
      const IndexRange range = chunk_range(chunk, kStaysPerChunk, stays_.size());
      for (std::size_t i = range.begin; i < range.end; ++i) {
        stays_[i].patience -= wear(stays_[i]);
        if (stays_[i].patience > 0.0) continue;
        leavers[chunk].push_back(stays_[i]);
        stays_[i].patience = kGap;
      }
    });
    return put_together(leavers);
  }

  bool operator==(const Stays&) const = default;

 private:
  static constexpr std::size_t kStaysPerChunk = 16384;
  static constexpr double kGap = std::numeric_limits<double>::infinity();  ///< patience of nobody

  std::vector<Stay> put_together(std::vector<std::vector<Stay>>& leavers);

  Column<Stay> stays_;  ///< gaps included
  std::size_t gaps_ = 0;
};

}  // namespace onward
