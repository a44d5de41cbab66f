#include "run/paired_run.h"

#include <utility>

#include "engine/placebo.h"
#include "model/observation.h"

namespace onward {

namespace {

/// Steps through months [from, to). False if `stop` said true.
bool advance(Simulation& simulation, int from, int to, ThreadTeam& team,
             const std::function<bool()>& stop) {
  for (int month = from; month < to; ++month) {
    if (stop && stop()) return false;
    step(simulation, month, team);
  }
  return true;
}

/// The same run, to be continued in another world.
Simulation continue_in(const World& world, const Simulation& past) {
  return {.world = world, .key = past.key, .state = past.state, .attention = past.attention};
}

AtParting look_back(const WorldPair& worlds, const State& state) {
  AtParting result;
  for (std::size_t i = 0; i < state.people.size(); ++i) {
    result.is_indebted.push_back(state.people.rows[i].debt > 0.0f);
    if (worlds.base.is_destination(state.people.place_of(PersonId{i})))
      result.abroad.push_back(PersonId{i});
  }
  result.knows_a_target.assign(state.communities.size(), false);
  for (std::size_t c = 0; c < state.communities.size(); ++c) {
    for (std::size_t d = 0; d < worlds.parting.is_target.size(); ++d) {
      if (worlds.parting.is_target[d] &&
          state.communities.abroad(static_cast<Eigen::Index>(c), static_cast<Eigen::Index>(d)) > 0)
        result.knows_a_target[c] = true;
    }
  }
  return result;
}

}  // namespace

std::optional<PairedRun> run_pair(const WorldPair& worlds, RunKey key, const PairExtras& extras,
                                  ThreadTeam& team, const std::function<bool()>& stop) {
  const int parting = worlds.parting.month.value_or(0);
  const int end = worlds.base.scenario.months();
  const bool with_stayers = extras.placebo;  // who may be the one that it disturbs
  Simulation base = begin(worlds.base, key, team, with_stayers);
  if (!advance(base, 0, parting, team, stop)) return std::nullopt;

  AtParting at_parting = look_back(worlds, base.state);
  Simulation variant = worlds.parting.shares_past ? continue_in(worlds.variant, base)
                                                  : begin(worlds.variant, key, team, with_stayers);
  if (!worlds.parting.shares_past && !advance(variant, 0, parting, team, stop)) return std::nullopt;
  std::optional<Simulation> disturbed;
  PersonId who{};
  if (extras.placebo) {
    disturbed.emplace(continue_in(worlds.base, base));
    const std::optional<PersonId> person = disturb(*disturbed, parting);
    if (person) who = *person;
    if (!person) disturbed.reset();
  }
  std::optional<Fork> fork;
  if (extras.fork) {
    fork.emplace(Fork{.variant = variant, .path = {.begin = parting, .months = {}}});
    base.path = &fork->path;
  }
  if (!advance(base, parting, end, team, stop) || !advance(variant, parting, end, team, stop) ||
      (disturbed && !advance(*disturbed, parting, end, team, stop)))
    return std::nullopt;
  observe(base.state.measures, worlds.base, key);
  observe(variant.state.measures, worlds.variant, key);

  PairedRun run{.base = std::move(base.state),
                .variant = std::move(variant.state),
                .placebo = {},
                .disturbed = who,
                .at_parting = std::move(at_parting),
                .fork = std::move(fork)};
  if (disturbed) run.placebo = std::move(disturbed->state);
  return run;
}

std::optional<State> run_held(const Fork& fork, const PathChannels& held, ThreadTeam& team,
                              const std::function<bool()>& stop) {
  const Guide guide{.path = fork.path, .follows = held};
  Simulation simulation = fork.variant;
  simulation.guide = &guide;
  const int end = simulation.world.scenario.months();
  if (!advance(simulation, fork.path.begin, end, team, stop)) return std::nullopt;
  return std::move(simulation.state);
}

}  // namespace onward
