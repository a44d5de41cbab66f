#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "core/blocks.h"
#include "model/move.h"
#include "model/scenario.h"

namespace onward {

/// The cases before an instance, in order of filing, until it takes them up. They lie apart by the
/// month from which they are due, so that a month looks at nothing but what is due.
class Docket {
 public:
  /// Files a case, which is due from month `move.ready` on.
  void file(Move move);

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  /// Cases of a group at a place.
  std::int32_t count(PlaceId place, GroupId group) const {
    const std::size_t cell = cell_of(place, group);
    return cell < counts_.size() ? counts_[cell] : 0;
  }
  /// Cases at a place that are due in `month`.
  std::int32_t due(PlaceId place, int month) const;
  /// The cases in order of filing, put together to be looked at.
  Moves cases() const;

  /// Takes up those of the due cases for which `take(move)` is true, asked in order of filing.
  template <class Take>
  Blocks<Move> take_due(int month, Take take) {
    gather_due(month);
    std::vector<std::uint32_t> left;  // positions
    for (std::size_t i = 0; i < waiting_.moves.size(); ++i) {
      if (take(std::as_const(waiting_.moves[i]))) {
        strike(waiting_.moves[i]);
      } else {
        left.push_back(static_cast<std::uint32_t>(i));
      }
    }
    return part(left);
  }

  bool operator==(const Docket&) const = default;

 private:
  /// Cases in order of filing.
  struct Cases {
    Blocks<Move> moves;
    std::array<std::int32_t, kMaxPlaces> by_place{};

    void add(const Move& move);
    bool operator==(const Cases&) const = default;
  };

  static std::size_t cell_of(PlaceId place, GroupId group) {
    return group.index() * kMaxPlaces + place.index();
  }
  static Cases merge(const Cases& a, const Cases& b);
  /// Lets the cases that are due wait with those that were due before.
  void gather_due(int month);
  /// Counts a case no longer.
  void strike(const Move& move) {
    --size_;
    --waiting_.by_place[move.place.index()];
    --counts_[cell_of(move.place, move.group)];
  }
  /// Takes those that are not in `left` out of those that wait.
  Blocks<Move> part(const std::vector<std::uint32_t>& left);

  Cases waiting_;                     ///< due before `first_`, not taken up yet
  int first_ = 0;                     ///< month from which the cases in front of `coming_` are due
  std::deque<Cases> coming_;          ///< by month
  std::vector<std::int32_t> counts_;  ///< cases by group and place
  std::size_t size_ = 0;
  std::uint32_t filed_ = 0;  ///< cases ever filed
};

}  // namespace onward
