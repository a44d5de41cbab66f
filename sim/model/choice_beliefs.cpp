#include "model/choice.h"
#include "model/state.h"

namespace onward {

double brokered_belief(const State& state, const Month& month, CommunityId community,
                       double belief) {
  return brokered_belief(belief, month.world.scenario.brokers.exaggeration,
                         broker_trust(state.communities, month.parameters(), community));
}

double story_belief(const Parameters& parameters, double belief, Story story) {
  return story == Story::kDeclare ? parameters.get<"belief.declared">() * belief : belief;
}

double offered_belief(const State& state, const Month& month, CommunityId community, double belief,
                      Story story) {
  return brokered_belief(state, month, community, story_belief(month.parameters(), belief, story));
}

double personal_belief(const State& state, const Month& month, CommunityId community, PlaceId place,
                       bool refused) {
  const std::size_t destination = month.world.destination_of[place.index()];
  const double belief = row_of(state.signals.belief, community.index())[destination];
  if (!refused) return belief;
  return refused_belief(
      month.parameters(), belief,
      evidence_weight(state.communities, month.parameters(), community, destination));
}

void note_evidence(const State& state, const Month& month, CommunityId community,
                   std::uint32_t refusals, std::vector<double>& out) {
  state.people.for_each_refusal(refusals, [&](PlaceId place) {
    out.push_back(evidence_weight(state.communities, month.parameters(), community,
                                  month.world.destination_of[place.index()]));
  });
}

}  // namespace onward
