#include "engine/setup.h"

#include <cmath>
#include <vector>

#include "model/arrivals.h"

namespace onward {

namespace {

/// Who arrived before the run, by group and month.
std::vector<Intake> intakes_before(const World& world) {
  std::vector<Intake> intakes;
  for (std::size_t g = 0; g < world.group_count(); ++g) {
    const GroupId group{g};
    for (const auto& [year, count] : world.group(group).arrivals) {
      for (int m = 1; m <= 12 && YearMonth{year, m} < world.scenario.start; ++m)
        intakes.push_back({group, YearMonth{year, m}});
    }
  }
  return intakes;
}

/// Room for as many rows as there may well be where `expected` are.
std::size_t row_room(double expected) {
  constexpr double kDeviations = 6.0;
  return static_cast<std::size_t>(expected + kDeviations * std::sqrt(expected));
}

}  // namespace

State initial_state(const World& world, RunKey key, ThreadTeam& team, bool with_stayers) {
  State state{.people = {},
              .communities = lay_communities(world, key),
              .signals = {},
              .brokers = {},
              .preparing = {},
              .travelling = {},
              .pending = {},
              .appeals = {},
              .irregular = {},
              .capacity = std::vector<double>(world.destinations.size(), 0.0),
              .quota = std::vector<double>(world.destinations.size() * world.group_count(), 0.0),
              .coached_cases = std::vector<double>(world.destinations.size(), 0.0),
              .first_asylum = {},
              .debtors = {},
              .departures = {},
              .stock = std::vector<std::int64_t>(world.place_count() * kStatusNames.size(), 0),
              .measures = Measures(measure_shape(world.scenario))};
  const auto communities = static_cast<Eigen::Index>(state.communities.size());
  const auto destinations = static_cast<Eigen::Index>(world.destinations.size());
  state.signals.belief.setZero(communities, destinations);
  state.signals.buzz.setZero(communities, destinations);
  state.signals.diaspora.setZero(communities, destinations);
  state.signals.queue.assign(world.destinations.size(), 0.0);
  state.signals.wait.assign(world.destinations.size(), 0.0);
  state.signals.mean_belief.assign(world.destinations.size(), 0.0);
  const auto months = static_cast<std::size_t>(world.scenario.months());
  state.first_asylum.captures.resize(months);
  state.first_asylum.flights.resize(months);
  state.people.has_stayers = with_stayers;
  state.people.reserve(row_room(expected_rows(world, with_stayers)));
  state.brokers = lay_brokers(world, key, state.communities);

  admit(state, world, key, intakes_before(world), team);
  return state;
}

}  // namespace onward
