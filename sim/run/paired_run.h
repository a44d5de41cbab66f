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

/// One replicate in both worlds, at the horizon, and the base once more with a placebo.
struct PairedRun {
  State base;
  State variant;
  std::optional<State> placebo;
  PersonId disturbed{};  ///< who was disturbed, if there is a placebo
  AtParting at_parting;
};

/// The two worlds to be run on the same draws.
struct WorldPair {
  const World& base;
  const World& variant;
  const Parting& parting;
};

/// Runs both worlds on the draws of `key`. Where they share their past it is run once. With
/// `placebo`, a third run is the base with one person disturbed in the month of the parting.
/// `stop` is asked before each month; if it says true the result is empty.
std::optional<PairedRun> run_pair(const WorldPair& worlds, RunKey key, bool placebo,
                                  ThreadTeam& team, const std::function<bool()>& stop = {});

}  // namespace onward
