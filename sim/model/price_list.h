#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "model/scenario.h"

namespace onward {

struct Broker;

/// What brokers sell, in order of price, so that the cheapest of those who serve a community are
/// found bit by bit.
class PriceList {
 public:
  /// By what the brokers of all slots offer, and at which price. Has to be done again whenever that
  /// has changed. At most kMostBrokers.
  void renew(const std::vector<Broker>& slots);

  /// Calls `with(product, slot, price)` for each product that the brokers of the slots `serving`
  /// sell, with the cheapest of them; of equals the first slot.
  template <class With>
  void for_each_cheapest(const std::vector<std::uint16_t>& serving, With with) const {
    std::array<std::uint64_t, kMostWords> members;
    std::fill_n(members.begin(), words_, 0);
    for (const std::uint16_t slot : serving)
      members[rank_of_[slot] / kWordBits] |= std::uint64_t{1} << rank_of_[slot] % kWordBits;
    const std::uint64_t* sellers = sellers_.data();
    for (const std::uint16_t product : sold_) {
      for (std::size_t word = 0; word < words_; ++word) {
        const std::uint64_t both = sellers[word] & members[word];
        if (both == 0) continue;
        const auto bit = static_cast<std::size_t>(std::countr_zero(both));
        const Priced& cheapest = by_rank_[word * kWordBits + bit];
        with(product, cheapest.slot, cheapest.price);
        break;
      }
      sellers += words_;
    }
  }

  bool operator==(const PriceList&) const = default;

 private:
  static constexpr std::size_t kWordBits = 64;
  static constexpr std::size_t kMostWords = (kMostBrokers + kWordBits - 1) / kWordBits;
  struct Priced {
    double price;
    std::uint16_t slot;
    auto operator<=>(const Priced&) const = default;
  };

  std::size_t words_ = 0;               ///< for a bit of each broker
  std::vector<Priced> by_rank_;         ///< brokers, the cheapest first
  std::vector<std::uint16_t> rank_of_;  ///< by slot
  std::vector<std::uint16_t> sold_;     ///< products that anyone sells
  std::vector<std::uint64_t> sellers_;  ///< by position in `sold_` and word: bits by rank
};

}  // namespace onward
