#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "engine/step.h"
#include "run/parting.h"

namespace onward {

/// What was true of the base's people when the worlds parted.
struct AtParting {
  std::vector<bool> is_indebted;     ///< by person
  std::vector<bool> knows_a_target;  ///< by community: a member lives at a target
  std::vector<PersonId> abroad;      ///< people who live at a destination
};

/// What it takes to run the variant again with channels of interaction held at the base's path.
struct Fork {
  Simulation variant;  ///< at the start of the month of the parting
  Path path;           ///< of the base from that month on
};

/// What to run or keep besides the pair.
struct PairExtras {
  bool placebo = false;  ///< run the base with one person disturbed in the month of the parting
  bool fork = false;
};

/// One replicate in both worlds, at the horizon, and the base once more with a placebo.
struct PairedRun {
  State base;
  State variant;
  std::optional<State> placebo;
  PersonId disturbed{};  ///< who was disturbed, if there is a placebo
  AtParting at_parting;
  std::optional<Fork> fork;
};

/// The two worlds to be run on the same draws.
struct WorldPair {
  const World& base;
  const World& variant;
  const Parting& parting;
};

/// Runs both worlds on the draws of `key`. Where they share their past it is run once. `stop` is
/// asked before each month; if it says true the result is empty.
std::optional<PairedRun> run_pair(const WorldPair& worlds, RunKey key, const PairExtras& extras,
                                  ThreadTeam& team, const std::function<bool()>& stop = {});

/// Runs the variant from the fork to the horizon with channels held at the base's path. Empty if
/// `stop` said true.
std::optional<State> run_held(const Fork& fork, const PathChannels& held, ThreadTeam& team,
                              const std::function<bool()>& stop = {});

}  // namespace onward
