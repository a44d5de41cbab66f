#include "engine/placebo.h"

#include <algorithm>

#include "engine/attention.h"
#include "model/journey.h"
#include "model/life.h"
#include "model/purpose.h"

namespace onward {

namespace {

/// The settled adults of the community with the most members.
std::vector<PersonId> eligible(const State& state, const Month& month) {
  std::vector<PersonId> people;
  const std::vector<std::uint32_t>& members = state.communities.members;
  const auto largest = std::max_element(members.begin(), members.end());
  if (largest == members.end()) return people;
  const CommunityId community{static_cast<std::size_t>(largest - members.begin())};
  for (std::size_t i = 0; i < state.people.size(); ++i) {
    const PersonId id{i};
    if (state.people.community_of(id) != community) continue;
    if (state.people.rows[i].status != Status::kSettled) continue;
    if (is_adult(state.people, id, month)) people.push_back(id);
  }
  return people;
}

std::size_t pick(double u, std::size_t count) {
  return std::min(static_cast<std::size_t>(u * static_cast<double>(count)), count - 1);
}

}  // namespace

std::optional<PersonId> disturb(Simulation& simulation, int month_index) {
  const Month month{.world = simulation.world, .index = month_index, .key = simulation.key};
  const std::vector<PersonId> people = eligible(simulation.state, month);
  if (people.empty()) return std::nullopt;
  const Block block = draw(month.key, Entity{}, purpose::kPlacebo);
  const PersonId person = people[pick(first_uniform(block), people.size())];
  const std::vector<PlaceId>& destinations = month.world.destinations;
  const PlaceId place = destinations[pick(second_uniform(block), destinations.size())];
  const Move move = new_move(simulation.state.people, person, place);
  depart(simulation.state, month, move, savings(simulation.state.people, person, month));
  return person;
}

}  // namespace onward
