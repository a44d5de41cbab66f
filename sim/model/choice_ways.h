#pragma once

#include <bit>
#include <cstring>

#include "model/resettlement.h"
#include "model/utility.h"

/// The ways to every destination, and the best of them: alone, with a broker, or resettled.
namespace onward {

/// What the best way to each destination is, and what it is worth.
template <class Sum>
struct Ways {
  ByDestination<Sum> utility;
  ByDestination<double> belief;  ///< in protection, by this way
  ByDestination<std::uint16_t> broker;
  ByDestination<Story> story;
  ByDestination<bool> resettled;
};

WayWeights way_weights(const Month& month, const Chooser& person);

/// The person's own beliefs in protection, by destination.
ByDestination<double> own_beliefs(const State& state, const Month& month, const Chooser& person);

/// The utilities of going alone.
void weigh_alone(const WayWeights& of, const double* belief, std::size_t count, Total* out);
void weigh_alone(const WayWeights& of, const double* belief, std::size_t count, Account* out);

/// Beliefs in protection of somebody whom a broker tells a story, by destination.
ByDestination<double> beliefs_with_broker(const Month& month, const Chooser& person,
                                          const ByDestination<double>& own, Story story);

/// Calls `with` for each product that the broker sells, in order.
template <class With>
void for_each_offer(const Broker& broker, With with) {
  const std::size_t products = broker.offers.size();
  for (std::size_t first = 0; first < products; first += 8) {
    // Most sell one or two: look at eight at a time, a byte of 0 or 1 for each.
    std::uint64_t eight = 0;
    std::memcpy(&eight, broker.offers.data() + first, std::min<std::size_t>(8, products - first));
    if constexpr (std::endian::native == std::endian::big) eight = __builtin_bswap64(eight);
    for (; eight != 0; eight &= eight - 1)
      with(first + static_cast<std::size_t>(std::countr_zero(eight)) / 8);
  }
}

/// Takes a broker's offer for every destination where it beats the best way so far.
template <class Sum>
void consider_brokers(const State& state, const Month& month, const Chooser& person,
                      const WayWeights& of, const ByDestination<double>& own, Ways<Sum>& ways) {
  const std::vector<std::uint16_t>& serving = state.brokers.serving[person.community.index()];
  if (serving.empty()) return;
  const Parameters& parameters = month.parameters();
  const double credit_cost = parameters.get<"broker.credit_cost">();
  const auto concealing = beliefs_with_broker(month, person, own, Story::kConceal);
  ByDestination<double> declaring;
  if (person.record) declaring = beliefs_with_broker(month, person, own, Story::kDeclare);
  for (const std::uint16_t slot : serving) {
    const Broker& broker = state.brokers.slots[slot];
    for_each_offer(broker, [&](std::size_t product) {
      const auto story = static_cast<Story>(product % 2);
      if (story == Story::kDeclare && !person.record) return;
      const std::size_t d = product / 2;
      const double price = broker.price + of.travel[d];
      const double borrowed = std::clamp(price - person.savings, 0.0, person.lent);
      const double cost = price + credit_cost * borrowed;
      const double believed = story == Story::kDeclare ? declaring[d] : concealing[d];
      const Sum offer = broker_utility<Sum>(of, parameters, believed, cost);
      if (offer.value <= ways.utility[d].value) return;
      ways.utility[d] = offer;
      ways.belief[d] = believed;
      ways.broker[d] = slot;
      ways.story[d] = story;
    });
  }
}

/// Takes resettlement wherever a place is left and it beats the best way so far.
template <class Sum>
void consider_resettlement(const State& state, const Month& month, const Chooser& person,
                           const WayWeights& of, Ways<Sum>& ways) {
  for (std::size_t d = 0; d < month.world.destinations.size(); ++d) {
    if (!quota_left(state, month, month.world.destinations[d], person.group)) continue;
    Sum invitation;
    invitation.add(Term::kResettlement, month.parameters().get<"choice.resettlement">());
    invitation.add(Term::kProtection, of.protection);
    if (invitation.value <= ways.utility[d].value) continue;
    ways.utility[d] = invitation;
    ways.belief[d] = 1.0;
    ways.broker[d] = kNoBroker;
    ways.story[d] = Story::kConceal;
    ways.resettled[d] = true;
  }
}

/// The best way to each destination. Nobody is resettled from `abroad`.
template <class Sum>
void find_ways(const State& state, const Month& month, const Chooser& person, bool abroad,
               Ways<Sum>& ways) {
  const std::size_t count = month.world.destinations.size();
  const WayWeights of = way_weights(month, person);
  const ByDestination<double> own = own_beliefs(state, month, person);
  weigh_alone(of, own.data(), count, ways.utility.data());
  std::copy_n(own.begin(), count, ways.belief.begin());
  std::fill_n(ways.broker.begin(), count, kNoBroker);
  std::fill_n(ways.story.begin(), count, Story::kConceal);
  std::fill_n(ways.resettled.begin(), count, false);
  consider_brokers(state, month, person, of, own, ways);
  if (person.genuine && !abroad) consider_resettlement(state, month, person, of, ways);
}

}  // namespace onward
