#pragma once

#include "engine/attention.h"
#include "model/path.h"

namespace onward {

/// One run on its way: the state, the schedule of attention, and the threads that help.
struct Simulation {
  const World& world;
  RunKey key;
  State state;
  AttentionCalendar attention;
  const Witness* witness = nullptr;  ///< who follows one person, if anybody
  const Guide* guide = nullptr;      ///< another world whose path is followed, if any
  Path* path = nullptr;              ///< where what people act on is kept, if anywhere
  bool log_departures = true;        ///< whether anybody will read the log of departures
};

/// Prepares a run at the start of its first month; `with_stayers` as for `initial_state`.
Simulation begin(const World& world, RunKey key, ThreadTeam& team = one_thread(),
                 bool with_stayers = false);

/// THE STEP LOOP: one month of everything, in the order of docs/model.md.
void step(Simulation& simulation, int month_index, ThreadTeam& team);

}  // namespace onward
