#pragma once

#include <cstdint>
#include <vector>

#include "model/communities.h"
#include "model/price_list.h"

namespace onward {

/// Products are numbered destination * 2 + story.
constexpr std::size_t product_of(std::size_t destination, Story story) {
  return destination * 2 + static_cast<std::size_t>(story);
}

/// One slot of the market and the broker in it. A slot and a generation name a broker for good.
struct Broker {
  bool active = false;
  std::uint32_t generation = 0;
  double capacity = 0.0;  ///< clients a month
  double room = 0.0;      ///< clients that can still leave this month; the fraction carries over
  double first_price = 0.0;
  double price = 0.0;
  double coaching = 0.0;  ///< share by which the chance of detection falls
  double demand = 0.0;    ///< clients ready to leave in a month, smoothed
  double exposure = 0.0;  ///< hazard of arrest lived through so far
  double luck = 0.0;      ///< exposure at which it is arrested
  double idle = 0.0;      ///< hazard of entry (empty) or exit (without work) lived through
  double margin = 0.0;    ///< discounted income, money
  double pull = 0.0;      ///< share of capacity that is free, 0 without products
  std::vector<std::uint8_t> offers;  ///< by product: 0 or 1
  std::vector<double> positive;      ///< own evidence by product, cases
  std::vector<double> negative;

  bool operator==(const Broker&) const = default;
};

struct Brokers {
  std::vector<Broker> slots;
  std::vector<double> takings;        ///< by product: discounted income of all brokers, money
  std::vector<std::uint8_t> stories;  ///< by story: whether anyone sells it in this world
  std::vector<std::vector<std::uint16_t>> serving;  ///< by community: slots of active brokers
  PriceList prices;                                 ///< of this month
  bool operator==(const Brokers&) const = default;
};

/// Fills every slot with a first broker.
Brokers lay_brokers(const World& world, RunKey key, const Communities& communities);

/// Success that a broker believes a product to have: its own clients' outcomes (and part of other
/// brokers') blended with what its communities believe.
double product_success(const State& state, const Parameters& parameters, std::size_t slot,
                       std::size_t product);

/// A client's case was decided.
void report_client_outcome(Brokers& brokers, std::size_t slot, std::uint32_t generation,
                           std::size_t product, double success, double failure);

/// Arrests, entries and exits, dropped and new products, prices and capacity of the month.
void review_brokers(State& state, const Month& month);

/// Free capacity of the brokers who serve each community, as a share of all slots.
std::vector<double> recruiting_pressures(const State& state);

}  // namespace onward
