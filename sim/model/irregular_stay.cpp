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

/// The hazards that a stay is exposed to in one month.
struct Exposure {
  double removal = 0.0;
  double give_up = 0.0;
};

Exposure exposure_of(const Stay& stay, const Wear& wear) {
  return {.removal = stay.readmission < wear.readmission ? wear.removal : 0.0,
          .give_up = wear.give_up};
}

/// Removal and voluntary return compete; the luck against both is keyed by the stay, not the month.
bool is_removed(const State& state, const Month& month, const Stay& stay,
                const Exposure& exposure) {
  const PlaceId place = month.world.destinations[stay.destination];
  const Block block = luck(state.people, month, purpose::kLeaving, stay.person, place);
  return second_uniform(block) * (exposure.removal + exposure.give_up) < exposure.removal;
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
  state.irregular.add(stay);
  tell(state.people, month, stay.person,
       event::WithoutStatus{month.world.destinations[stay.destination]});
}

void live_without_status(State& state, const Month& month, const Move& move) {
  set_standing(state, move.person, move.place, Status::kIrregular);
  stay_on(state, month, draw_stay(state, month, move));
}

void thin_irregular(State& state, const Month& month, ThreadTeam& team) {
  const std::vector<Wear> wear = wear_of(month);
  const auto exposure = [&](const Stay& stay) {
    return exposure_of(stay, wear[stay.destination * month.world.group_count() + stay.group]);
  };
  const std::vector<Stay> leavers = state.irregular.wear_out(team, [&](const Stay& stay) {
    const Exposure hazards = exposure(stay);
    return hazards.removal + hazards.give_up;
  });
  const auto fetch = [&](std::size_t i) { state.people.prefetch(leavers[i].person); };
  const auto foresee = [&](std::size_t i) {
    const PersonId id = leavers[i].person;
    const bool removed = is_removed(state, month, leavers[i], exposure(leavers[i]));
    const CommunityId community = state.people.community_of(id);
    return Return{id, community, go_home(state, month, id), removed};
  };
  sweep_in_two(team, leavers.size(), fetch, foresee, strand([&](std::size_t, const Return& back) {
                 report_return(state.communities, month, back);
               }),
               strand([&](std::size_t, const Return& back) { book_return(state, month, back); }));
}

}  // namespace onward
