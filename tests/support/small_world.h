#pragma once

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "engine/setup.h"

/// Hand-made worlds in which nothing happens by itself, so that a test switches on what it is
/// about.
namespace onward::small {

// Places, in order of name.
inline constexpr PlaceId kAlpha{0};
inline constexpr PlaceId kBeta{1};
inline constexpr PlaceId kHome{2};
inline constexpr GroupId kGroup{0};

/// Levers of a door that is open: no luck on the way, half recognised, no appeal, no removal.
inline LeverValues open_door() {
  LeverValues levers;
  for (double* value :
       {&levers.values[lever_index<"interception">()], &levers.values[lever_index<"detection">()],
        &levers.values[lever_index<"recognition_record">()],
        &levers.values[lever_index<"closure">()], &levers.values[lever_index<"evidence_months">()],
        &levers.values[lever_index<"appeal">()], &levers.values[lever_index<"removal">()],
        &levers.values[lever_index<"enforcement">()],
        &levers.values[lever_index<"discrimination">()]}) {
    *value = 0.0;
  }
  return levers;
}

inline Place place(const char* name, bool asylum) {
  Place result;
  result.name = name;
  result.asylum = asylum;
  result.levers = {open_door()};
  return result;
}

/// Destinations alpha and beta and the settlement home, one group of `people` who arrived in 2000
/// in communities of ten without ties, no brokers, and January 2001 to December 2003.
inline Scenario scenario(int people = 120) {
  Scenario result;
  result.name = "small";
  result.start = YearMonth{2001, 1};
  result.end = YearMonth{2003, 12};
  result.places = {place("alpha", true), place("beta", true), place("home", false)};
  Group group;
  group.name = "people";
  group.home = kHome;
  group.arrivals = {{2000, people}};
  group.ages = {{.from = 20, .to = 39, .share = 1.0}};
  result.groups = {group};
  result.communities = {.size = 10, .ties = 0, .far_ties = 0, .regions = {{"all", 1.0}}};
  result.parameters.set<"attention.restless_share">(1.0);
  result.parameters.set<"attention.recruiting">(0.0);
  result.parameters.set<"claim.none">(0.0);
  result.parameters.set<"claim.declared">(0.0);
  result.parameters.set<"procedure.give_up">(0.0);
  return result;
}

inline LeverValues& levers(Scenario& scenario, PlaceId place) {
  return scenario.places[place.index()].levers[0];
}

/// A change of one lever at one place, for all groups.
inline PolicyChange change(YearMonth at, PlaceId where, std::size_t lever, double value,
                           Publicity publicity) {
  PolicyChange result;
  result.id = "change";
  result.at = at;
  result.where = {where};
  result.set = {{.lever = lever, .by_group = {value}}};
  result.publicity = publicity;
  return result;
}

/// A world with the state before its first month.
struct Stage {
  explicit Stage(Scenario scenario, std::uint64_t seed = 1)
      : world(std::move(scenario)), key(run_key(seed, 0)), state(initial_state(world, key)) {}
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  Month month(int index) const { return {.world = world, .index = index, .key = key}; }

  World world;
  RunKey key;
  State state;
};

/// `count` people of one month's arrival, in no world's state.
inline People crowd(const World& world, RunKey key, std::size_t count,
                    YearMonth arrival = YearMonth{2001, 1}, GroupId group = kGroup) {
  People people;
  for (std::size_t i = 0; i < count; ++i)
    add_person(people, world, key, group, arrival, static_cast<std::uint32_t>(i));
  return people;
}

/// Lets one more of a group join, in the region that the uniform draw says.
inline CommunityId join_community(Communities& communities, const World& world, GroupId group,
                                  double region_draw) {
  const std::size_t regions = world.scenario.communities.regions.size();
  const std::span<std::uint32_t> before =
      std::span(communities.region_joined).subspan(group.index() * regions, regions);
  const std::size_t region = region_of(world, region_draw);
  Filling filling(communities, world, group, before);
  const CommunityId id{filling.next(region)};
  ++before[region];
  join(communities, filling.joinings());
  return id;
}

/// Gives every community the same belief about a destination.
inline void set_belief(State& state, std::size_t destination, double belief) {
  state.signals.belief.col(static_cast<Eigen::Index>(destination)).setConstant(belief);
}

inline std::int32_t total(const Measures& measures, std::size_t row) {
  std::int32_t sum = 0;
  for (const std::int32_t count : measures.counts(row)) sum += count;
  return sum;
}

/// All of one counted series together.
template <FixedName name>
std::int32_t total(const State& state) {
  return total(state.measures, measure_index<name>());
}

inline std::size_t count_status(const State& state, Status status) {
  return static_cast<std::size_t>(std::ranges::count(state.people.rows, status, &Person::status));
}

}  // namespace onward::small
