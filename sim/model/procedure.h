#pragma once

#include "model/choice.h"

namespace onward {

struct Move;

/// Files the claim of a person who has just arrived at `move.place`, or records that there is none.
void file_claim(State& state, const Month& month, Move move);

/// Leaves the person at `move.place` without status, with luck against removal and giving up.
void live_without_status(State& state, const Month& month, Move move);

/// Decides the cases that are ready, oldest first, within each destination's capacity; decides
/// appeals; lets refused people go on, go home or stay on; removes or loses those without status.
void adjudicate(State& state, const Month& month);

}  // namespace onward
