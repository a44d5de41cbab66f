#include "model/price_list.h"

#include <algorithm>

#include "core/check.h"
#include "model/brokers.h"

namespace onward {

void PriceList::renew(const std::vector<Broker>& slots) {
  EXPECT(slots.size() <= kMostBrokers);
  words_ = (slots.size() + kWordBits - 1) / kWordBits;
  by_rank_.clear();
  for (std::size_t slot = 0; slot < slots.size(); ++slot)
    by_rank_.push_back({slots[slot].price, static_cast<std::uint16_t>(slot)});
  std::sort(by_rank_.begin(), by_rank_.end());
  rank_of_.resize(slots.size());
  for (std::size_t rank = 0; rank < by_rank_.size(); ++rank)
    rank_of_[by_rank_[rank].slot] = static_cast<std::uint16_t>(rank);

  sold_.clear();
  sellers_.clear();
  const std::size_t products = slots.empty() ? 0 : slots.front().offers.size();
  for (std::size_t product = 0; product < products; ++product) {
    const std::size_t begin = sellers_.size();
    sellers_.resize(begin + words_, 0);
    bool is_sold = false;
    for (std::size_t rank = 0; rank < by_rank_.size(); ++rank) {
      if (slots[by_rank_[rank].slot].offers[product] == 0) continue;
      sellers_[begin + rank / kWordBits] |= std::uint64_t{1} << rank % kWordBits;
      is_sold = true;
    }
    if (is_sold) {
      sold_.push_back(static_cast<std::uint16_t>(product));
    } else {
      sellers_.resize(begin);
    }
  }
}

}  // namespace onward
