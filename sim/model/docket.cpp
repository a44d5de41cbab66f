#include "model/docket.h"

#include <limits>

namespace onward {

void Docket::Cases::add(const Move& move) {
  moves.push_back(move);
  ++by_place[move.place.index()];
}

void Docket::file(Move move) {
  const std::size_t cell = cell_of(move.place, move.group);
  if (cell >= counts_.size()) counts_.resize(cell + 1, 0);
  ++counts_[cell];
  ++size_;
  move.filed = filed_++;
  if (move.ready < first_) return waiting_.add(move);
  const auto month = static_cast<std::size_t>(move.ready - first_);
  if (month >= coming_.size()) coming_.resize(month + 1);
  coming_[month].add(move);
}

std::int32_t Docket::due(PlaceId place, int month) const {
  std::int32_t count = waiting_.by_place[place.index()];
  for (std::size_t i = 0; i < coming_.size() && first_ + static_cast<int>(i) <= month; ++i)
    count += coming_[i].by_place[place.index()];
  return count;
}

Moves Docket::cases() const {
  Cases all = waiting_;
  for (const Cases& month : coming_) all = merge(all, month);
  Moves moves;
  moves.reserve(all.moves.size());
  for (std::size_t i = 0; i < all.moves.size(); ++i) moves.push_back(all.moves[i]);
  return moves;
}

Docket::Cases Docket::merge(const Cases& a, const Cases& b) {
  Cases both;
  both.moves.reserve(a.moves.size() + b.moves.size());
  std::size_t j = 0;
  const auto add_before = [&](std::uint32_t number) {
    for (; j < b.moves.size() && b.moves[j].filed < number; ++j) both.add(b.moves[j]);
  };
  for (std::size_t i = 0; i < a.moves.size(); ++i) {
    add_before(a.moves[i].filed);
    both.add(a.moves[i]);
  }
  add_before(std::numeric_limits<std::uint32_t>::max());
  return both;
}

void Docket::gather_due(int month) {
  for (; first_ <= month; ++first_) {
    if (coming_.empty()) continue;
    Cases due = std::move(coming_.front());
    coming_.pop_front();
    if (due.moves.empty()) continue;
    waiting_ = waiting_.moves.empty() ? std::move(due) : merge(waiting_, due);
  }
}

Blocks<Move> Docket::part(const std::vector<std::uint32_t>& left) {
  if (left.empty()) return std::exchange(waiting_, {}).moves;
  Blocks<Move> taken;
  taken.reserve(waiting_.moves.size() - left.size());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < waiting_.moves.size(); ++i) {
    if (kept == left.size() || left[kept] != i) {
      taken.push_back(waiting_.moves[i]);
      continue;
    }
    waiting_.moves[kept++] = waiting_.moves[i];
  }
  waiting_.moves.shrink(kept);
  return taken;
}

}  // namespace onward
