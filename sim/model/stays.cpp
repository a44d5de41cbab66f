#include "model/stays.h"

#include <utility>

namespace onward {

std::vector<Stay> Stays::all() const {
  std::vector<Stay> all;
  all.reserve(size());
  for (const Stay& stay : stays_) {
    if (stay.patience != kGap) all.push_back(stay);
  }
  return all;
}

std::vector<Stay> Stays::put_together(std::vector<std::vector<Stay>>& leavers) {
  if (leavers.empty()) return {};
  std::vector<Stay> all = std::move(leavers.front());
  for (std::size_t chunk = 1; chunk < leavers.size(); ++chunk)
    all.insert(all.end(), leavers[chunk].begin(), leavers[chunk].end());
  gaps_ += all.size();
  if (gaps_ > size()) {
    std::erase_if(stays_, [](const Stay& stay) { return stay.patience == kGap; });
    gaps_ = 0;
  }
  return all;
}

}  // namespace onward
