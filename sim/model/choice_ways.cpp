#include "model/choice_ways.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "core/vectorise.h"

namespace onward {

namespace {

template <class Sum>
inline void weigh_all_alone(const WayWeights& of, const double* belief, std::size_t count,
                            Sum* __restrict out) {
  for (std::size_t d = 0; d < count; ++d) out[d] = alone_utility<Sum>(of, belief[d], d);
}

template <class Sum>
inline void weigh_all_brokered(const WayWeights& of, const double* price, const double* belief,
                               std::size_t count, Sum* __restrict out) {
  for (std::size_t d = 0; d < count; ++d) out[d] = broker_utility<Sum>(of, belief[d], price[d], d);
}

}  // namespace

WayWeights way_weights(const Month& month, const Chooser& person) {
  const double floor = month.parameters().get<"choice.wealth_floor">();
  return {.travel = month.world.prospects.outlook(month.regime(), person.group).travel,
          .protection = person.draws.taste.protection,
          .cost = person.draws.taste.cost,
          .means = std::max(person.savings, floor),
          .borrowed_means = std::max(person.savings + person.lent, floor),
          .savings = person.savings,
          .lent = person.lent,
          .credit_cost = month.parameters().get<"broker.credit_cost">(),
          .broker = month.parameters().get<"choice.broker">()};
}

ByDestination<double> own_beliefs(const State& state, const Month& month, const Chooser& person) {
  const std::vector<PlaceId>& destinations = month.world.destinations;
  ByDestination<double> beliefs;
  std::copy_n(row_of(state.signals.belief, person.community.index()), destinations.size(),
              beliefs.begin());
  const double* noted = person.lessons != nullptr ? person.lessons->evidence : nullptr;
  state.people.for_each_refusal(person.id, [&](PlaceId place) {
    const std::size_t d = month.world.destination_of[place.index()];
    const double cases = noted != nullptr ? *noted++
                                          : evidence_weight(state.communities, month.parameters(),
                                                            person.community, d);
    beliefs[d] = refused_belief(month.parameters(), beliefs[d], cases);
  });
  return beliefs;
}

namespace {

/// Beliefs in claims that are believed `story` times as much as the person's own.
ONWARD_VECTORISED void trust_brokers(const double* own, double story, double exaggeration,
                                     double trust, std::size_t count, double* __restrict belief) {
  for (std::size_t d = 0; d < count; ++d)
    belief[d] = brokered_belief(story * own[d], exaggeration, trust);
}

}  // namespace

ByDestination<double> beliefs_with_broker(const Month& month, const Chooser& person,
                                          const ByDestination<double>& own, Story story) {
  ByDestination<double> beliefs;
  trust_brokers(own.data(), story_belief(month.parameters(), 1.0, story),
                month.world.scenario.brokers.exaggeration, person.trust,
                month.world.destinations.size(), beliefs.data());
  return beliefs;
}

namespace {

/// Numbers that belong to four neighbouring destinations.
using FourPrices = double __attribute__((vector_size(32)));
using FourWords = std::int64_t __attribute__((vector_size(32)));

/// Where the offers with each story stand in the bytes of four destinations.
constexpr FourWords kConcealing{0x1, 0x1'0000, 0x1'0000'0000, 0x1'0000'0000'0000};
constexpr FourWords kDeclaring = kConcealing << 8;

/// The cheapest offers at four destinations with one story, so far.
struct FourCheapest {
  FourPrices price;
  FourWords slot;
};

inline void take_cheaper(FourWords is_offered, double price, std::int64_t slot,
                         FourCheapest& best) {
  const FourPrices prices{price, price, price, price};
  const FourWords cheaper = (prices < best.price) & (is_offered != 0);
  best.price = cheaper ? prices : best.price;
  best.slot = cheaper ? FourWords{slot, slot, slot, slot} : best.slot;
}

inline void keep(const FourCheapest (&best)[2], std::size_t d, std::size_t count, Offers& offers) {
  for (std::size_t story = 0; story < offers.size(); ++story) {
    for (std::size_t i = 0; i < count; ++i) {
      offers[story].price[d + i] = best[story].price[i];
      offers[story].broker[d + i] = static_cast<std::uint16_t>(best[story].slot[i]);
    }
  }
}

/// The offers of both stories at up to four destinations, a byte of 0 or 1 for each, the first in
/// the low byte.
inline std::int64_t offers_at(const std::uint8_t* offers, std::size_t count) {
  std::uint64_t all = 0;
  std::memcpy(&all, offers, 2 * count);
  if constexpr (std::endian::native == std::endian::big) all = __builtin_bswap64(all);
  return static_cast<std::int64_t>(all);
}

/// Finds the cheapest offers at some fours of destinations from `d` on, without a branch on who
/// offers what. There are `each` in a four, of which only a single one may be short.
template <std::size_t kFours>
__attribute__((always_inline)) inline void ask_brokers(const Brokers& brokers,
                                                       const std::vector<std::uint16_t>& serving,
                                                       std::size_t d, std::size_t each,
                                                       Offers& offers) {
  constexpr double kNone = std::numeric_limits<double>::infinity();
  constexpr FourPrices kNoPrice{kNone, kNone, kNone, kNone};
  constexpr FourWords kNobody{kNoBroker, kNoBroker, kNoBroker, kNoBroker};
  FourCheapest best[kFours][2];
  for (auto& four : best) four[0] = four[1] = FourCheapest{kNoPrice, kNobody};
  for (const std::uint16_t slot : serving) {
    const Broker& broker = brokers.slots[slot];
    for (std::size_t i = 0; i < kFours; ++i) {
      const std::uint8_t* from = broker.offers.data() + product_of(d + 4 * i, Story::kConceal);
      const std::int64_t all = offers_at(from, each);
      const FourWords four{all, all, all, all};
      take_cheaper(four & kConcealing, broker.price, slot, best[i][0]);
      take_cheaper(four & kDeclaring, broker.price, slot, best[i][1]);
    }
  }
  for (std::size_t i = 0; i < kFours; ++i) keep(best[i], d + 4 * i, each, offers);
}

}  // namespace

ONWARD_VECTORISED void find_cheapest(const Brokers& brokers, CommunityId community,
                                     std::size_t count, Offers& offers) {
  const std::vector<std::uint16_t>& serving = brokers.serving[community.index()];
  std::size_t d = 0;
  for (; d + 12 <= count; d += 12) ask_brokers<3>(brokers, serving, d, 4, offers);
  for (; d + 4 <= count; d += 4) ask_brokers<1>(brokers, serving, d, 4, offers);
  if (d < count) ask_brokers<1>(brokers, serving, d, count - d, offers);
}

namespace {

ONWARD_VECTORISED void log_of_more_than_one(const double* over_one, std::size_t count,
                                            double* __restrict out) {
  for (std::size_t i = 0; i < count; ++i) out[i] = exact_log(1.0 + over_one[i]);
}

}  // namespace

void look_around(const State& state, const World& world, CommunityId community,
                 Surroundings& around) {
  const std::size_t count = world.destinations.size();
  if (!state.brokers.serving[community.index()].empty())
    find_cheapest(state.brokers, community, count, around.offers);
  if (world.needs.known) {
    log_of_more_than_one(row_of(state.signals.diaspora, community.index()), count,
                         around.log_known.data());
  } else {
    std::fill_n(around.log_known.begin(), count, 0.0);
  }
}

ONWARD_VECTORISED void weigh_alone(const WayWeights& of, const double* belief, std::size_t count,
                                   Total* out) {
  weigh_all_alone(of, belief, count, out);
}

void weigh_alone(const WayWeights& of, const double* belief, std::size_t count, Account* out) {
  weigh_all_alone(of, belief, count, out);
}

ONWARD_VECTORISED void weigh_brokered(const WayWeights& of, const double* price,
                                      const double* belief, std::size_t count, Total* out) {
  weigh_all_brokered(of, price, belief, count, out);
}

void weigh_brokered(const WayWeights& of, const double* price, const double* belief,
                    std::size_t count, Account* out) {
  weigh_all_brokered(of, price, belief, count, out);
}

namespace {

ONWARD_VECTORISED void take_better(const Total* other, std::size_t count, Total* __restrict best) {
  for (std::size_t d = 0; d < count; ++d)
    best[d].value = other[d].value > best[d].value ? other[d].value : best[d].value;
}

}  // namespace

void weigh_best(const Offers&, std::size_t count, Ways<Total>& ways) {
  std::copy_n(ways.alone.begin(), count, ways.utility.begin());
  for (std::size_t story = 0; story < ways.brokered.size(); ++story) {
    if (ways.is_told[story]) take_better(ways.brokered[story].data(), count, ways.utility.data());
  }
  for (std::uint64_t left = ways.invited; left != 0; left &= left - 1) {
    double& utility = ways.utility[static_cast<std::size_t>(std::countr_zero(left))].value;
    utility = std::max(utility, ways.invitation.value);
  }
}

void weigh_best(const Offers& offers, std::size_t count, Ways<Account>& ways) {
  for (std::size_t d = 0; d < count; ++d) ways.utility[d] = best_way(ways, offers, d).utility;
}

}  // namespace onward
