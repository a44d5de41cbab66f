#include "model/choice_ways.h"

#include "core/vectorise.h"

namespace onward {

namespace {

template <class Sum>
inline void weigh_all_alone(const WayWeights& of, const double* belief, std::size_t count,
                            Sum* __restrict out) {
  for (std::size_t d = 0; d < count; ++d) out[d] = alone_utility<Sum>(of, belief[d], d);
}

}  // namespace

WayWeights way_weights(const Month& month, const Chooser& person) {
  const double floor = month.parameters().get<"choice.wealth_floor">();
  return {.travel = month.world.prospects.outlook(month.index, person.group).travel,
          .protection = person.draws.taste.protection,
          .cost = person.draws.taste.cost,
          .means = std::max(person.savings, floor),
          .borrowed_means = std::max(person.savings + person.lent, floor)};
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

ONWARD_VECTORISED void trust_brokers(double exaggeration, double trust, std::size_t count,
                                     double* __restrict belief) {
  for (std::size_t d = 0; d < count; ++d)
    belief[d] = brokered_belief(belief[d], exaggeration, trust);
}

}  // namespace

ByDestination<double> beliefs_with_broker(const Month& month, const Chooser& person,
                                          const ByDestination<double>& own, Story story) {
  const std::size_t count = month.world.destinations.size();
  ByDestination<double> beliefs;
  for (std::size_t d = 0; d < count; ++d)
    beliefs[d] = story_belief(month.parameters(), own[d], story);
  trust_brokers(month.world.scenario.brokers.exaggeration, person.trust, count, beliefs.data());
  return beliefs;
}

ONWARD_VECTORISED void weigh_alone(const WayWeights& of, const double* belief, std::size_t count,
                                   Total* out) {
  weigh_all_alone(of, belief, count, out);
}

void weigh_alone(const WayWeights& of, const double* belief, std::size_t count, Account* out) {
  weigh_all_alone(of, belief, count, out);
}

}  // namespace onward
