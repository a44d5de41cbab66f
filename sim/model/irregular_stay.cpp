#include "model/irregular_stay.h"

#include "core/distributions.h"
#include "model/homecoming.h"
#include "model/purpose.h"
#include "model/sweep.h"
#include "model/witness.h"

namespace onward {

namespace {

/// In (0, 1), the same for the whole stay.
double readmission_luck(const State& state, const Month& month, const Move& move) {
  return first_uniform(luck(state.people, month, purpose::kReadmission, move.person, move.place));
}

/// Share of a group's people whom their place of settlement takes back from `place`.
double readmission_share(const Month& month, PlaceId place, GroupId group) {
  if (month.world.group(group).can_return == 0.0) return 0.0;
  return month.levers(place, group).get<"readmission">();
}

/// What a month without status wears off the patience of a group's people at a destination.
struct Wear {
  double readmission = 0.0;  ///< share whom their place of settlement takes back
  double removal = 0.0;      ///< hazard of removal of those
  double give_up = 0.0;      ///< hazard of going back by oneself, 0 for those who cannot
};

/// By destination and group.
std::vector<Wear> wear_of(const Month& month) {
  std::vector<Wear> all;
  all.reserve(month.world.destinations.size() * month.world.group_count());
  for (const PlaceId place : month.world.destinations) {
    for (std::size_t g = 0; g < month.world.group_count(); ++g) {
      const bool can_return = month.world.group(GroupId{g}).can_return != 0.0;
      all.push_back({.readmission = readmission_share(month, place, GroupId{g}),
                     .removal = month.levers(place, GroupId{g}).get<"removal">(),
                     .give_up = can_return ? month.parameters().get<"procedure.give_up">() : 0.0});
    }
  }
  return all;
}

/// Somebody whose patience is at an end.
struct Leaver {
  Stay stay;
  double removal = 0.0;  ///< hazard
  double give_up = 0.0;  ///< hazard
};

/// Lets a month without status pass. Returns those who leave; they are no longer in the list.
std::vector<Leaver> wear_out(State& state, const Month& month) {
  const std::vector<Wear> by_cell = wear_of(month);
  const std::size_t groups = month.world.group_count();
  std::vector<Leaver> leavers;
  sift(state.irregular, [&](Stay& stay) {
    const Wear& wear = by_cell[stay.destination * groups + stay.group];
    const double removal = stay.readmission < wear.readmission ? wear.removal : 0.0;
    stay.patience -= removal + wear.give_up;
    if (stay.patience > 0.0) return true;
    leavers.push_back({.stay = stay, .removal = removal, .give_up = wear.give_up});
    return false;
  });
  return leavers;
}

/// Removal and voluntary return compete; the luck against both is keyed by the stay, not the month.
bool is_removed(const State& state, const Month& month, const Leaver& leaver) {
  const PlaceId place = month.world.destinations[leaver.stay.destination];
  const Block block = luck(state.people, month, purpose::kLeaving, leaver.stay.person, place);
  return second_uniform(block) * (leaver.removal + leaver.give_up) < leaver.removal;
}

}  // namespace

bool taken_back(const State& state, const Month& month, const Move& move) {
  return readmission_luck(state, month, move) < readmission_share(month, move.place, move.group);
}

Stay draw_stay(const State& state, const Month& month, const Move& move) {
  const Block block = luck(state.people, month, purpose::kLeaving, move.person, move.place);
  return {.person = move.person,
          .group = static_cast<std::uint16_t>(move.group.value),
          .destination = static_cast<std::uint16_t>(destination_of(month, move)),
          .patience = exponential(first_uniform(block)),
          .readmission = readmission_luck(state, month, move)};
}

void stay_on(State& state, const Month& month, const Stay& stay) {
  state.irregular.push_back(stay);
  tell(state.people, month, stay.person,
       event::WithoutStatus{month.world.destinations[stay.destination]});
}

void live_without_status(State& state, const Month& month, const Move& move) {
  set_standing(state, move.person, move.place, Status::kIrregular);
  stay_on(state, month, draw_stay(state, month, move));
}

void thin_irregular(State& state, const Month& month, ThreadTeam& team) {
  const std::vector<Leaver> leavers = wear_out(state, month);
  const auto fetch = [&](std::size_t i) { state.people.prefetch(leavers[i].stay.person); };
  const auto foresee = [&](std::size_t i) {
    const PersonId id = leavers[i].stay.person;
    const bool removed = is_removed(state, month, leavers[i]);
    const CommunityId community = state.people.community_of(id);
    return Return{id, community, go_home(state, month, id), removed};
  };
  sweep_in_two(team, leavers.size(), fetch, foresee,
               [&](std::size_t, const Return& back) { welcome_home(state, month, back); });
}

}  // namespace onward
