#include "model/stays.h"

namespace onward {

std::vector<Stay> Stays::all() const {
  std::vector<Stay> all;
  all.reserve(size());
  for (std::size_t i = 0; i < stays_.size(); ++i)
    if (stays_[i].patience != kGap) all.push_back(stays_[i]);
  return all;
}

void Stays::close_gaps() {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < stays_.size(); ++i)
    if (stays_[i].patience != kGap) stays_[kept++] = stays_[i];
  stays_.shrink(kept);
  gaps_ = 0;
}

}  // namespace onward
