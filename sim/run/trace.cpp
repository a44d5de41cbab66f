#include "run/trace.h"

#include <algorithm>
#include <utility>

#include "engine/simulate.h"
#include "model/life.h"

namespace onward {

namespace {

PersonId find_person(const People& people, Entity person) {
  std::size_t i = 0;
  while (i < people.size() && !(people.entity_of(PersonId{i}) == person)) ++i;
  EXPECT(i < people.size());
  return PersonId{i};
}

GroupId group_of(const World& world, Entity person) {
  const std::uint64_t prefix = person.value >> 48 << 48;
  const auto found = std::find(world.group_prefix.begin(), world.group_prefix.end(), prefix);
  EXPECT(found != world.group_prefix.end());
  return GroupId{static_cast<std::size_t>(found - world.group_prefix.begin())};
}

}  // namespace

Portrait portray(const World& world, RunKey key, Entity person) {
  const PersonId id{0};
  const auto number = static_cast<std::uint32_t>(person.value);
  const YearMonth arrival{static_cast<int>(person.value >> 32 & 0xffff)};
  People alone;
  add_person(alone, world, key, group_of(world, person), arrival, number);
  const Month month{.world = world, .index = arrival - world.scenario.start, .key = key};
  return {.group = alone.group_of(id),
          .arrival = arrival,
          .number = number,
          .age = alone.rows[0].age,
          .traits = alone.rows[0].traits,
          .savings = savings(alone, id, month),
          .tastes = tastes(alone, id, month)};
}

std::optional<Trace> trace_person(const World& world, std::uint64_t seed, std::uint32_t replicate,
                                  Entity person, ThreadTeam& team,
                                  const std::function<bool()>& stop) {
  std::vector<Event> events;
  const Witness witness{person, [&events](const Event& event) { events.push_back(event); }};
  constexpr bool kWithStayers = true;
  Simulation simulation = begin(world, run_key(seed, replicate), team, kWithStayers);
  simulation.witness = &witness;
  if (!run_to_end(simulation, team, stop)) return std::nullopt;

  State& state = simulation.state;
  const PersonId id = find_person(state.people, person);
  const Month last{.world = world, .index = world.scenario.months() - 1, .key = simulation.key};
  return Trace{.portrait = portray(world, simulation.key, person),
               .community = state.people.community_of(id),
               .events = std::move(events),
               .end = {.place = state.people.place_of(id),
                       .status = state.people.rows[id.index()].status,
                       .savings = savings(state.people, id, last),
                       .debt = static_cast<double>(state.people.rows[id.index()].debt)},
               .measures = std::move(state.measures)};
}

MoverSearch find_mover(const World& world, std::uint64_t seed, std::uint32_t replicate,
                       std::uint32_t number, ThreadTeam& team, const std::function<bool()>& stop) {
  MoverSearch search;
  Simulation simulation = begin(world, run_key(seed, replicate));
  std::vector<bool> moved;
  for (int month = 0; month < world.scenario.months(); ++month) {
    search.stopped = stop && stop();
    if (search.stopped) return search;
    step(simulation, month, team);
    const People& people = simulation.state.people;
    moved.resize(people.size(), false);
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (moved[i] || people.rows[i].attempts == 0) continue;
      moved[i] = true;
      if (search.movers++ < number) continue;
      search.person = people.entity_of(PersonId{i});
      return search;
    }
  }
  return search;
}

}  // namespace onward
