#include "model/choice_ways.h"

#include <limits>
#include "catch.h"

using namespace onward;

namespace {

/// Brokers of whom every second one serves the only community, with offers and prices of any kind;
/// two of them ask for the same.
Brokers some_brokers(std::size_t count, std::size_t destinations) {
  Brokers brokers;
  brokers.slots.resize(count);
  brokers.serving.resize(1);
  for (std::size_t slot = 0; slot < brokers.slots.size(); ++slot) {
    Broker& broker = brokers.slots[slot];
    broker.active = true;
    broker.price = static_cast<double>(1 + (slot * 5) % 12);
    for (std::size_t product = 0; product < 2 * destinations; ++product)
      broker.offers.push_back((slot * slot + 3 * product + slot * product) % 7 == 0 ? 1 : 0);
    if (slot % 2 == 0) brokers.serving[0].push_back(static_cast<std::uint16_t>(slot));
  }
  brokers.prices.renew(brokers.slots);
  return brokers;
}

/// The first of the cheapest among those who serve the community.
std::uint16_t cheapest_broker(const Brokers& brokers, std::size_t product) {
  std::uint16_t best = kNoBroker;
  for (const std::uint16_t slot : brokers.serving[0]) {
    if (brokers.slots[slot].offers[product] == 0) continue;
    if (best == kNoBroker || brokers.slots[slot].price < brokers.slots[best].price) best = slot;
  }
  return best;
}

}  // namespace

TEST_CASE("the cheapest offers are found for any number of brokers and destinations") {
  const auto count = GENERATE(as<std::size_t>{}, 1, 14, 64, 65, 300);
  for (const std::size_t destinations : {1u, 3u, 4u, 11u, 12u, 13u, 29u, 64u}) {
    const Brokers brokers = some_brokers(count, destinations);
    Offers offers;
    find_cheapest(brokers, CommunityId{0u}, destinations, offers);
    std::size_t found = 0;
    for (std::size_t d = 0; d < destinations; ++d) {
      for (const Story story : {Story::kConceal, Story::kDeclare}) {
        INFO("destination " << d << " of " << destinations << ", " << count << " brokers");
        const std::uint16_t expected = cheapest_broker(brokers, product_of(d, story));
        const Cheapest& of_story = offers[static_cast<std::size_t>(story)];
        CHECK(of_story.broker[d] == expected);
        CHECK(of_story.price[d] == (expected == kNoBroker ? std::numeric_limits<double>::infinity()
                                                          : brokers.slots[expected].price));
        if (expected != kNoBroker) ++found;
      }
    }
    CHECK((count < 14 || destinations < 4 || found > destinations / 2));
  }
}
