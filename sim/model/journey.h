#pragma once

#include "core/parallel.h"
#include "model/state.h"

/// The journey: leaving, and arriving or being stopped.
namespace onward {

/// The move that a choice begins; `ready` is left for the next stage to set.
Move begin_move(const State& state, const Choice& choice);

/// A departure that is still to be told.
struct Parting {
  Change change;
  bool first_debt = false;  ///< owes for it, and owed nothing before
};

/// Sends a person off: pays and counts the attempt, in the person's own row alone. `money` is the
/// person's own. Those who move on from another destination depart as soon as they are refused.
Parting set_out(State& state, const Month& month, const Move& move, double money);

/// Lets the broker and the community know that the person has set out.
void see_off(State& state, const Month& month, Move move, const Parting& parting);

/// Both.
void depart(State& state, const Month& month, const Move& move, double money);

/// Brings travellers to the destination, where they claim, or back if they were stopped.
void travel(State& state, const Month& month, ThreadTeam& team = one_thread());

}  // namespace onward
