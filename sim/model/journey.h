#pragma once

#include <cstdint>
#include <span>

#include "model/choice.h"

namespace onward {

struct Move;

/// The move that a choice begins; `ready` is left for the next stage to set.
Move begin_move(const State& state, const Choice& choice);

/// Sends a person off: pays, counts the attempt, and lets the community know. Those who move on
/// from another destination depart as soon as they are refused. `money` is the person's own.
void depart(State& state, const Month& month, Move move, double money);

/// Files the choices of the month: leavers start to prepare, returners to the origin leave.
void commit(State& state, const Month& month, std::span<const Choice> choices,
            ThreadTeam& team = one_thread());

/// Lets the committed choose again where a change was heard, sends off those who are ready, and
/// brings travellers to the destination, where they claim, or back if they were stopped.
void travel(State& state, const Month& month, ThreadTeam& team = one_thread());

/// Puts a person who was removed from a destination, or left it, back into the place of settlement,
/// from which nobody may leave again before the passport limit of the month is over.
void bring_home(State& state, const Month& month, PersonId id, PlaceId from, bool removed);

}  // namespace onward
