#include "model/resettlement.h"

#include <algorithm>

namespace onward {

void renew_quota(State& state, const Month& month) {
  const std::size_t groups = month.world.group_count();
  for (std::size_t i = 0; i < state.quota.size(); ++i) {
    const PlaceId place = month.world.destinations[i / groups];
    state.quota[i] = std::min(state.quota[i], 1.0) +
                     month.levers(place, GroupId{i % groups}).get<"resettlement">();
  }
}

bool takes_quota(State& state, const Month& month, const Choice& choice) {
  const PersonId id = choice.occasion.person;
  const std::size_t destination = month.world.destination_of[choice.chosen.place.index()];
  double& left =
      state.quota[destination * month.world.group_count() + state.people.group_of(id).index()];
  if (left < 1.0 || !state.people.has(id, Trait::kGenuine)) return false;
  left -= 1.0;
  return true;
}

void resettle(State& state, const Month& month, const Choice& choice) {
  const PersonId id = choice.occasion.person;
  const PlaceId place = choice.chosen.place;
  const CommunityId community = state.people.community_of(id);
  const std::size_t destination = month.world.destination_of[place.index()];
  ++state.measures.count<"moves">(month.row(), state.people.place_of(id).index(), place.index());
  ++state.measures.count<"resettlements">(month.row(), destination,
                                          state.people.group_of(id).index());
  begin_attempt(state.people, id);
  set_standing(state, id, place, Status::kRecognised);
  report_departure(state.communities, community, destination);
  report_residence(state.communities, community, -1);
  report_presence(state.communities, community, destination, 1);
}

}  // namespace onward
