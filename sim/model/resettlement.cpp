#include "model/resettlement.h"

#include <algorithm>

#include "model/witness.h"

namespace onward {

void renew_quota(State& state, const Month& month) {
  const std::size_t groups = month.world.group_count();
  for (std::size_t i = 0; i < state.quota.size(); ++i) {
    const PlaceId place = month.world.destinations[i / groups];
    state.quota[i] = std::min(state.quota[i], 1.0) +
                     month.levers(place, GroupId{i % groups}).get<"resettlement">();
  }
}

namespace {

std::size_t cell(const Month& month, PlaceId place, GroupId group) {
  return month.world.destination_of[place.index()] * month.world.group_count() + group.index();
}

}  // namespace

bool quota_left(const State& state, const Month& month, PlaceId place, GroupId group) {
  return state.quota[cell(month, place, group)] >= 1.0;
}

bool take_quota(State& state, const Month& month, const Choice& choice) {
  const GroupId group = state.people.group_of(choice.occasion.person);
  if (!quota_left(state, month, choice.chosen.place, group)) return false;
  state.quota[cell(month, choice.chosen.place, group)] -= 1.0;
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
  tell(state.people, month, id, event::Resettled{state.people.place_of(id), place});
  Move move = new_move(state.people, id, place);
  move.departure = log_departure(state, month, move);
  end_journey(state, move, Ending::kResettled);
  begin_attempt(state.people, id);
  set_standing(state, id, place, Status::kRecognised);
  report_departure(state.communities, community, destination);
  report_departure_to_ties(state.communities, community, destination);
  report_residence(state.communities, community, -1);
  report_presence(state.communities, community, destination, 1);
}

}  // namespace onward
