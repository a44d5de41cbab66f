#include "model/stays.h"

namespace onward {

std::vector<Stay> Stays::all() const {
  std::vector<Stay> all;
  all.reserve(size());
  for (const Stay& stay : stays_) {
    if (stay.patience != kGap) all.push_back(stay);
  }
  return all;
}

void Stays::note_gaps(std::size_t more) {
  gaps_ += more;
  if (gaps_ <= size()) return;
  std::erase_if(stays_, [](const Stay& stay) { return stay.patience == kGap; });
  gaps_ = 0;
}

}  // namespace onward
