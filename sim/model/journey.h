#pragma once

#include <cstdint>
#include <span>

#include "model/state.h"

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

/// Files the choices of the month: leavers start to prepare, returners to the origin leave.
void commit(State& state, const Month& month, std::span<const Choice> choices,
            ThreadTeam& team = one_thread());

/// Lets the committed choose again where a change was heard, sends off those who are ready, and
/// brings travellers to the destination, where they claim, or back if they were stopped.
void travel(State& state, const Month& month, ThreadTeam& team = one_thread());

/// Puts a person back into the place of settlement, from which nobody may leave again before the
/// passport limit of the month is over. Changes the person's own row alone.
Change go_home(State& state, const Month& month, PersonId id);

/// A person who was removed from a destination, or left it, and is back.
struct Return {
  PersonId person{};
  CommunityId community{};
  Change change;
  bool removed = false;
};

/// Lets the community know of it.
void welcome_home(State& state, const Month& month, const Return& back);

/// Both.
void bring_home(State& state, const Month& month, PersonId id, bool removed);

}  // namespace onward
