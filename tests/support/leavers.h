#pragma once

#include "model/commitment.h"
#include "model/journey.h"
#include "support/small_world.h"

/// People of the small world who choose to leave, for tests of commitment and journey.
namespace onward::small {

inline Choice going(std::size_t person, PlaceId place, double belief = 0.8, std::uint32_t key = 7) {
  return {.occasion = {.person = PersonId{person}, .key = key},
          .chosen = {.intent = Intent::kGo, .place = place, .belief = belief}};
}

inline Choice with_broker(Choice choice, std::uint16_t slot) {
  choice.chosen.channel = Channel::kBroker;
  choice.chosen.broker = slot;
  return choice;
}

/// Whoever decides leaves in the same month.
inline Scenario prompt(int people = 120) {
  Scenario s = scenario(people);
  s.parameters.set<"commitment.preparation">(0.0);
  return s;
}

/// The same with one broker who sells alpha at 3 to at most `capacity` a month.
inline Scenario brokered(double capacity) {
  Scenario s = prompt();
  s.brokers = {.slots = 1,
               .reach = 1.0,
               .capacity = capacity,
               .fee = 3,
               .credit = 4,
               .products = {{kAlpha, Story::kConceal, 1.0}}};
  return s;
}

inline void set_broker(State& state, double capacity) {
  state.brokers.slots[0].capacity = state.brokers.slots[0].room = capacity;
  state.brokers.slots[0].price = 3.0;
  state.brokers.prices.renew(state.brokers.slots);
}

/// A month of preparation and journeys.
inline void prepare_and_travel(State& state, const Month& month) {
  prepare(state, month);
  travel(state, month);
}

}  // namespace onward::small
