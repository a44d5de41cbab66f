#include "model/docket.h"

namespace onward {

void Docket::file(const Move& move) {
  const std::size_t cell = cell_of(move.place, move.group);
  if (cell >= counts_.size()) counts_.resize(cell + 1, 0);
  ++counts_[cell];
  moves_.push_back(move);
  due_.push_back(move.ready);
  places_.push_back(move.place);
}

std::vector<Move> Docket::cases() const {
  std::vector<Move> all;
  all.reserve(size());
  for (std::size_t i = 0; i < moves_.size(); ++i) {
    if (due_[i] != kTaken) all.push_back(moves_[i]);
  }
  return all;
}

void Docket::close_gaps() {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < moves_.size(); ++i) {
    if (due_[i] == kTaken) continue;
    moves_[kept] = moves_[i];
    due_[kept] = due_[i];
    places_[kept] = places_[i];
    ++kept;
  }
  moves_.resize(kept);
  due_.resize(kept);
  places_.resize(kept);
  gaps_ = 0;
}

}  // namespace onward
