#pragma once

#include "core/parallel.h"
#include "model/state.h"

/// The journey: leaving, and arriving or being stopped.
namespace onward {

/// The move that a choice begins; `ready` is left for the next stage to set.
Move begin_move(const State& state, const Choice& choice);

/// A departure that is still to be reported and booked.
struct Parting {
  Change change;
  bool first_debt = false;  ///< owes for it, and owed nothing before
};

/// Sends a person off: pays and counts the attempt, in the person's own row alone. `money` is the
/// person's own. Those who move on from another destination depart as soon as they are refused.
Parting set_out(State& state, const Month& month, const Move& move, double money);

/// The community knows that a member has set out, and its ties do. Either leaves alone what the
/// other changes.
void report_parting(Communities& communities, const Month& month, const Move& move);
void report_parting_to_ties(Communities& communities, const Month& month, const Move& move);
/// Asks for what they change.
void prefetch_parting(const Communities& communities, const Month& month, const Move& move);
void prefetch_parting_of_ties(const Communities& communities, const Month& month, const Move& move);

/// Counts the departure of a listed traveller and pays the broker. Leaves the communities alone.
void book_parting(State& state, const Month& month, Move& move, const Parting& parting);

/// All of these, for somebody who is not on the list of travellers yet.
void depart(State& state, const Month& month, const Move& move, double money);

/// Brings travellers to the destination, where they claim, or back if they were stopped.
void travel(State& state, const Month& month, ThreadTeam& team = one_thread());

}  // namespace onward
