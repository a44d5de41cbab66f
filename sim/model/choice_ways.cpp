#include "model/choice_ways.h"

#include <algorithm>
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
  state.people.for_each_refusal(state.people.rows[person.id.index()].refusals, [&](PlaceId place) {
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

void find_cheapest(const Brokers& brokers, CommunityId community, std::size_t count,
                   Offers& offers) {
  for (Cheapest& cheapest : offers) {
    std::fill_n(cheapest.price.begin(), count, std::numeric_limits<double>::infinity());
    std::fill_n(cheapest.broker.begin(), count, kNoBroker);
  }
  brokers.prices.for_each_cheapest(brokers.serving[community.index()],
                                   [&](std::size_t product, std::uint16_t slot, double price) {
                                     Cheapest& cheapest = offers[product % kStoryNames.size()];
                                     cheapest.price[product / kStoryNames.size()] = price;
                                     cheapest.broker[product / kStoryNames.size()] = slot;
                                   });
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
