#pragma once

#include "core/parallel.h"
#include "model/state.h"

/// Stays without status, and how they end.
namespace onward {

/// Whether the person's place of settlement takes the person back from `move.place`, by luck that
/// stays the same for the whole stay.
bool taken_back(const State& state, const Month& month, const Move& move);

/// A stay without status at `move.place`, with the luck against removal and giving up.
Stay draw_stay(const State& state, const Month& month, const Move& move);

/// Lists the stay of a person whose standing is that already.
void stay_on(State& state, const Month& month, const Stay& stay);

/// Leaves the person at `move.place` without status: draws the stay, lists it and counts it.
void live_without_status(State& state, const Month& month, const Move& move);

/// Lets a month without status pass: some are removed and some give up, and are home again.
void thin_irregular(State& state, const Month& month, ThreadTeam& team = one_thread());

}  // namespace onward
