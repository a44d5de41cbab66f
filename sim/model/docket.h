#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "core/fetching.h"
#include "model/move.h"

namespace onward {

/// The cases before an instance, in order of filing, until it takes them up. A month looks at the
/// dates of all cases, which lie in a row, and at nothing else of those that are not due. Those
/// that were taken up leave gaps, which are closed when they are more than what is left.
class Docket {
 public:
  /// Files a case, which is due from month `move.ready` on.
  void file(const Move& move);

  std::size_t size() const { return moves_.size() - gaps_; }
  bool empty() const { return size() == 0; }
  /// Cases of a group at a place.
  std::int32_t count(PlaceId place, GroupId group) const {
    const std::size_t cell = cell_of(place, group);
    return cell < counts_.size() ? counts_[cell] : 0;
  }
  /// The cases in order of filing, put together to be looked at.
  std::vector<Move> cases() const;

  /// Calls `visit(place)` for each case that is due in `month`, in order of filing.
  template <class Visit>
  void for_each_due(int month, Visit visit) const {
    for (std::size_t i = 0; i < due_.size(); ++i) {
      if (due_[i] <= month) visit(places_[i]);
    }
  }
  /// Takes up those of the due cases for which `take(move)` is true, asked in order of filing.
  template <class Take>
  std::vector<Move> take_due(int month, Take take) {
    std::vector<std::uint32_t> due;
    for (std::size_t i = 0; i < due_.size(); ++i) {
      if (due_[i] <= month) due.push_back(static_cast<std::uint32_t>(i));
    }
    std::vector<Move> taken;
    taken.reserve(due.size());
    const auto fetch = [&](std::size_t k) { __builtin_prefetch(&moves_[due[k]]); };
    visit_fetched({0, due.size()}, kAhead, fetch, [&](std::size_t k) {
      const Move& move = moves_[due[k]];
      if (!take(move)) return;
      taken.push_back(move);
      due_[due[k]] = kTaken;
      --counts_[cell_of(move.place, move.group)];
    });
    gaps_ += taken.size();
    if (gaps_ > size()) close_gaps();
    return taken;
  }

  bool operator==(const Docket&) const = default;

 private:
  static constexpr int kTaken = std::numeric_limits<int>::max();
  static constexpr std::size_t kAhead = 16;  ///< cases that are fetched while others are asked

  static std::size_t cell_of(PlaceId place, GroupId group) {
    return group.index() * kMaxPlaces + place.index();
  }
  void close_gaps();

  std::vector<Move> moves_;      ///< gaps included
  std::vector<int> due_;         ///< first month in which the case can be decided; kTaken: a gap
  std::vector<PlaceId> places_;  ///< of the moves
  std::size_t gaps_ = 0;
  std::vector<std::int32_t> counts_;  ///< cases by group and place
};

}  // namespace onward
