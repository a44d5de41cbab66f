#include "model/brokers.h"

#include <algorithm>
#include <cmath>

#include "core/distributions.h"
#include "core/lanes.h"
#include "core/vectorise.h"
#include "model/purpose.h"
#include "model/state.h"

namespace onward {

namespace {

Entity broker_entity(std::size_t slot, std::uint32_t generation) {
  return {static_cast<std::uint64_t>(slot) << 32 | generation};
}

/// A broker's own traits vary by this much on the log scale.
constexpr double kTraitSpread = 0.3;  // assumption

/// Room on the list of those who serve a community, for each that is expected on it. A longer list
/// takes new memory.
constexpr double kServingRoom = 2.0;

/// Keeps incomes relative to the first fee finite where brokers ask for nothing.
constexpr double kSmallestFee = 1e-9;

void draw_traits(Broker& broker, const World& world, RunKey key, std::size_t slot) {
  const BrokerPlan& plan = world.scenario.brokers;
  const Entity entity = broker_entity(slot, broker.generation);
  const auto trait = [&](std::uint32_t which) {
    const Block block = draw(key, entity, purpose::kBrokerTraits, which);
    return exact_exp(kTraitSpread * normal(first_uniform(block), second_uniform(block)));
  };
  broker.capacity = plan.capacity * trait(0);
  broker.first_price = plan.fee * trait(1);
  broker.price = broker.first_price;
  broker.coaching = world.parameters().get<"broker.coaching">() *
                    draw_uniform(key, entity, purpose::kBrokerTraits, 2);
  broker.room = broker.capacity;
}

/// Luck that a hazard has to live through, keyed by the broker and not by the month.
double fate(RunKey key, std::size_t slot, std::uint32_t generation, std::uint32_t which) {
  return exponential(
      draw_uniform(key, broker_entity(slot, generation), purpose::kBrokerFate, which));
}

constexpr std::uint32_t kArrest = 0;
constexpr std::uint32_t kEntry = 1;
constexpr std::uint32_t kExit = 2;

void open_shop(Broker& broker, const World& world, RunKey key, std::size_t slot) {
  const std::size_t products = world.destinations.size() * 2;
  broker.active = true;
  broker.exposure = broker.idle = broker.demand = broker.margin = 0.0;
  broker.offers.assign(products, 0);
  broker.positive.assign(products, 0.0);
  broker.negative.assign(products, 0.0);
  draw_traits(broker, world, key, slot);
  broker.luck = fate(key, slot, broker.generation, kArrest);
}

/// Asks whether a broker reaches each community from `first` on, as many as there are lanes.
LaneBlocks draw_reach(const Communities& communities, RunKey key, Entity broker,
                      std::size_t first) {
  LaneBlocks blocks{};
  const std::size_t end = std::min(communities.size(), first + kLanes);
  for (std::size_t c = first; c < end; ++c) {
    const std::uint64_t name = communities.entity[c];
    // The community's own identity, group and region in one index and order of opening in the
    // other.
    const auto region = static_cast<std::uint32_t>(name >> 24 & 0xffffff);
    const auto group = static_cast<std::uint32_t>(name >> 48);
    const auto order = static_cast<std::uint32_t>(name & 0xffffff);
    blocks.ask(c - first, broker, purpose::kReach, region ^ group, order);
  }
  draw_in_place(key, blocks);
  return blocks;
}

/// Calls `with(serving)` with the list of each community that the broker of a slot reaches.
template <class With>
void for_each_reached(Brokers& brokers, const Communities& communities, const World& world,
                      RunKey key, std::size_t slot, With with) {
  const Entity entity = broker_entity(slot, brokers.slots[slot].generation);
  for (std::size_t c = 0; c < brokers.serving.size(); c += kLanes) {
    const LaneBlocks blocks = draw_reach(communities, key, entity, c);
    const std::size_t lanes = std::min(kLanes, brokers.serving.size() - c);
    for (std::size_t i = 0; i < lanes; ++i) {
      if (first_uniform(blocks.block(i)) < world.scenario.brokers.reach)
        with(brokers.serving[c + i]);
    }
  }
}

/// Puts a slot with a new broker on the lists of those it serves.
void begin_to_serve(Brokers& brokers, const Communities& communities, const World& world,
                    RunKey key, std::size_t slot) {
  for_each_reached(brokers, communities, world, key, slot,
                   [&](std::vector<std::uint16_t>& serving) {
                     serving.insert(std::lower_bound(serving.begin(), serving.end(), slot),
                                    static_cast<std::uint16_t>(slot));
                   });
}

/// Takes a slot whose broker leaves off these lists.
void cease_to_serve(Brokers& brokers, const Communities& communities, const World& world,
                    RunKey key, std::size_t slot) {
  for_each_reached(brokers, communities, world, key, slot,
                   [&](std::vector<std::uint16_t>& serving) {
                     const auto at = std::lower_bound(serving.begin(), serving.end(), slot);
                     EXPECT(at != serving.end() && *at == slot);
                     serving.erase(at);
                   });
}

std::size_t offer_count(const Broker& broker) {
  return static_cast<std::size_t>(std::count(broker.offers.begin(), broker.offers.end(), 1));
}

/// Enforcement against brokers at the strictest of all homes.
double strictest_home(const Month& month) {
  const World& world = month.world;
  double home = 0.0;
  for (std::size_t g = 0; g < world.group_count(); ++g) {
    home =
        std::max(home, month.levers(world.group(GroupId{g}).home, GroupId{g}).get<"enforcement">());
  }
  return home;
}

/// Enforcement against a broker: at home, and the mean over the places it sells.
double arrest_hazard(const Broker& broker, const Month& month, double home) {
  double abroad = 0.0;
  std::size_t offers = 0;
  for (std::size_t product = 0; product < broker.offers.size(); ++product) {
    if (broker.offers[product] == 0) continue;
    abroad += month.levers(month.world.destinations[product / 2], GroupId{}).get<"enforcement">();
    ++offers;
  }
  return home + (offers == 0 ? 0.0 : abroad / static_cast<double>(offers));
}

/// Picks a product that the broker does not sell yet, by believed success, recent movers and what
/// it earned. The errors are keyed by the destination's name, so the order of places means nothing.
std::size_t pick_product(const State& state, const Month& month, std::size_t slot,
                         std::uint32_t index) {
  const World& world = month.world;
  const Parameters& parameters = month.parameters();
  const Broker& broker = state.brokers.slots[slot];
  const double fee = std::max(world.scenario.brokers.fee, kSmallestFee);
  std::size_t best = broker.offers.size();
  double best_value = 0.0;
  for (std::size_t product = 0; product < broker.offers.size(); ++product) {
    if (broker.offers[product] != 0 || state.brokers.stories[product % 2] == 0) continue;
    const double movers = state.communities.all_departures[product / 2];
    const double sales = state.brokers.takings[product] / fee;
    const double appeal = 0.5 + parameters.get<"broker.demand">() * std::sqrt(movers) +
                          parameters.get<"broker.profit">() * std::sqrt(sales);
    const std::uint32_t name = world.place_keys[world.destinations[product / 2].index()];
    const Block block =
        draw(month.key, broker_entity(slot, broker.generation), purpose::kNewProduct, index, name);
    const double error = gumbel(product % 2 == 0 ? first_uniform(block) : second_uniform(block));
    const double value =
        parameters.get<"broker.greed">() * product_success(state, parameters, slot, product) +
        exact_log(appeal) + error;
    if (best == broker.offers.size() || value > best_value) {
      best = product;
      best_value = value;
    }
  }
  return best;
}

/// Know-how spreads: a broker takes over part of what the best coach does better.
void learn_coaching(Brokers& brokers, const Parameters& parameters, Broker& broker) {
  double best = broker.coaching;
  for (const Broker& other : brokers.slots) {
    if (other.active) best = std::max(best, other.coaching);
  }
  broker.coaching += parameters.get<"broker.imitation">() * (best - broker.coaching);
}

void review_products(State& state, const Month& month, std::size_t slot) {
  const Parameters& parameters = month.parameters();
  Broker& broker = state.brokers.slots[slot];
  learn_coaching(state.brokers, parameters, broker);
  for (std::size_t product = 0; product < broker.offers.size(); ++product) {
    if (broker.offers[product] == 0) continue;
    if (product_success(state, parameters, slot, product) < parameters.get<"broker.threshold">()) {
      broker.offers[product] = 0;
    }
  }
  double explore = parameters.get<"broker.explore">();
  if (offer_count(broker) == 0)
    explore = std::min(1.0, explore * parameters.get<"broker.desperation">());
  const auto index = static_cast<std::uint32_t>(month.index);
  const Entity entity = broker_entity(slot, broker.generation);
  if (draw_uniform(month.key, entity, purpose::kExplore, index) >= explore) return;
  const std::size_t product = pick_product(state, month, slot, index);
  if (product < broker.offers.size()) broker.offers[product] = 1;
}

/// A newcomer starts with the product that looks best from outside.
void enter(State& state, const Month& month, std::size_t slot) {
  Broker& broker = state.brokers.slots[slot];
  ++broker.generation;
  open_shop(broker, month.world, month.key, slot);
  const std::size_t product =
      pick_product(state, month, slot, static_cast<std::uint32_t>(month.index));
  if (product < broker.offers.size()) broker.offers[product] = 1;
  begin_to_serve(state.brokers, state.communities, month.world, month.key, slot);
}

void leave(State& state, const Month& month, std::size_t slot) {
  Broker& broker = state.brokers.slots[slot];
  cease_to_serve(state.brokers, state.communities, month.world, month.key, slot);
  broker.active = false;
  broker.idle = 0.0;
  broker.pull = 0.0;
  broker.offers.assign(broker.offers.size(), 0);
}

/// Mean discounted income of the brokers at work, relative to one client a month at the first fee.
double relative_profit(const State& state, const World& world) {
  double income = 0.0;
  double active = 0.0;
  for (const Broker& broker : state.brokers.slots) {
    if (!broker.active) continue;
    income += broker.margin;
    active += 1.0;
  }
  const double fee = std::max(world.scenario.brokers.fee, kSmallestFee);
  // A discounted sum counts the last months: turn it into a mean month.
  const double month = 1.0 - world.buzz_kept;
  return active == 0.0 ? 1.0 : month * income / active / fee;
}

/// What a month is like for all brokers.
struct Climate {
  double profit;       ///< relative_profit
  double enforcement;  ///< at the strictest home
};

/// Arrest, exit or entry of one slot.
void meet_fate(State& state, const Month& month, std::size_t slot, const Climate& climate) {
  const Parameters& parameters = month.parameters();
  Broker& broker = state.brokers.slots[slot];
  if (!broker.active) {
    broker.idle += parameters.get<"broker.entry">() * std::min(climate.profit, 10.0);
    if (broker.idle < fate(month.key, slot, broker.generation, kEntry)) return;
    return enter(state, month, slot);
  }
  broker.exposure += arrest_hazard(broker, month, climate.enforcement);
  if (broker.exposure >= broker.luck) {
    ++state.measures.count<"broker_arrests">(month.row());
    return leave(state, month, slot);
  }
  if (offer_count(broker) > 0 || broker.demand > 0.5) return;
  broker.idle += parameters.get<"broker.exit">();
  if (broker.idle < fate(month.key, slot, broker.generation, kExit)) return;
  leave(state, month, slot);
}

void reprice(Broker& broker, const Parameters& parameters) {
  const double excess =
      std::clamp(broker.demand / std::max(broker.capacity, 1e-9) - 1.0, -1.0, 1.0);
  const double price = broker.price * (1.0 + parameters.get<"broker.price_step">() * excess);
  broker.price = std::clamp(price, broker.first_price * parameters.get<"broker.price_floor">(),
                            broker.first_price * parameters.get<"broker.price_ceiling">());
}

ONWARD_VECTORISED void fade(std::vector<double>& evidence, double kept) {
  double* all = evidence.data();
  const std::size_t count = evidence.size();
  for (std::size_t i = 0; i < count; ++i) all[i] *= kept;
}

void renew_pull(Broker& broker) {
  const double busy = broker.demand / std::max(broker.capacity, 1e-9);
  broker.pull = offer_count(broker) == 0 ? 0.0 : std::max(0.0, 1.0 - busy);
}

}  // namespace

Brokers lay_brokers(const World& world, RunKey key, const Communities& communities) {
  const BrokerPlan& plan = world.scenario.brokers;
  Brokers brokers;
  brokers.slots.resize(static_cast<std::size_t>(plan.slots));
  brokers.stories.assign(kStoryNames.size(), 0);
  brokers.serving.resize(communities.size());
  const double expected = plan.reach * static_cast<double>(plan.slots);
  for (std::vector<std::uint16_t>& serving : brokers.serving)
    serving.reserve(static_cast<std::size_t>(kServingRoom * expected));
  brokers.takings.assign(world.destinations.size() * kStoryNames.size(), 0.0);
  for (const ProductPlan& product : plan.products)
    brokers.stories[static_cast<std::size_t>(product.story)] = 1;
  for (std::size_t slot = 0; slot < brokers.slots.size(); ++slot) {
    Broker& broker = brokers.slots[slot];
    open_shop(broker, world, key, slot);
    for (const ProductPlan& product : plan.products) {
      const Block block =
          draw(key, broker_entity(slot, 0), purpose::kFirstProducts,
               static_cast<std::uint32_t>(product.story), world.place_keys[product.place.index()]);
      if (first_uniform(block) >= product.share) continue;
      broker.offers[product_of(world.destination_of[product.place.index()], product.story)] = 1;
    }
    renew_pull(broker);
    begin_to_serve(brokers, communities, world, key, slot);
  }
  brokers.prices.renew(brokers.slots);
  return brokers;
}

double product_success(const State& state, const Parameters& parameters, std::size_t slot,
                       std::size_t product) {
  const Broker& broker = state.brokers.slots[slot];
  double positive = 0.0;
  double negative = 0.0;
  for (const Broker& other : state.brokers.slots) {
    const double weight = &other == &broker ? 1.0 : parameters.get<"broker.imitation">();
    positive += weight * other.positive[product];
    negative += weight * other.negative[product];
  }
  const auto story = static_cast<Story>(product % 2);
  const double belief = story_belief(parameters, state.signals.mean_belief[product / 2], story);
  const double share = parameters.get<"broker.own_evidence">();
  const double prior = parameters.get<"belief.prior_weight">();
  const double own = (prior * belief + positive) / (prior + positive + negative);
  return share * own + (1.0 - share) * belief;
}

void report_client_outcome(Brokers& brokers, std::size_t slot, std::uint32_t generation,
                           std::size_t product, double success, double failure) {
  Broker& broker = brokers.slots[slot];
  if (!broker.active || broker.generation != generation) return;
  broker.positive[product] += success;
  broker.negative[product] += failure;
}

void review_brokers(State& state, const Month& month) {
  const Parameters& parameters = month.parameters();
  if (month.world.scenario.interaction.brokers == ChannelMode::kHeld) return;
  const auto every =
      static_cast<std::size_t>(std::max(1.0, parameters.get<"broker.review_months">()));
  const Climate climate{.profit = relative_profit(state, month.world),
                        .enforcement = strictest_home(month)};
  for (double& income : state.brokers.takings) income *= month.world.buzz_kept;
  for (std::size_t slot = 0; slot < state.brokers.slots.size(); ++slot) {
    meet_fate(state, month, slot, climate);
    Broker& broker = state.brokers.slots[slot];
    fade(broker.positive, month.world.evidence_kept);
    fade(broker.negative, month.world.evidence_kept);
    broker.margin *= month.world.buzz_kept;
    if (!broker.active) continue;
    if ((static_cast<std::size_t>(month.index) + slot) % every == 0)
      review_products(state, month, slot);
    reprice(broker, parameters);
    renew_pull(broker);
    broker.room = std::min(broker.room, 1.0) + broker.capacity;
  }
  state.brokers.prices.renew(state.brokers.slots);
}

std::vector<double> recruiting_pressures(const State& state) {
  const Brokers& brokers = state.brokers;
  std::vector<double> pressures(brokers.serving.size(), 0.0);
  std::vector<double> pulls;
  pulls.reserve(brokers.slots.size());
  for (const Broker& broker : brokers.slots) pulls.push_back(broker.pull);
  for (std::size_t c = 0; c < pressures.size() && !pulls.empty(); ++c) {
    if (state.communities.joined[c] == 0) continue;
    double pull = 0.0;
    for (const std::uint16_t slot : brokers.serving[c]) pull += pulls[slot];
    pressures[c] = pull / static_cast<double>(pulls.size());
  }
  return pressures;
}

}  // namespace onward
