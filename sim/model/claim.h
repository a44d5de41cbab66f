#pragma once

#include "model/state.h"

/// The claim of a person who arrives.
namespace onward {

/// What a person who arrives does about a claim.
struct Filing {
  bool claims = false;
  Stay stay;  ///< of those who file none
};

/// Works out what a person does who arrives at `move.place`, and notes the claim in `move`: the
/// story, and what the evidence takes.
Filing draw_claim(const State& state, const Month& month, Move& move);

/// Lets the person live at `move.place` from now on. Changes the person's own row alone.
Change take_up(People& people, const Move& move, const Filing& filing);

/// Counts the claim of a person who has just taken up life there, which has to be filed, or lists a
/// stay without one.
void book_claim(State& state, const Month& month, const Move& move, const Filing& filing);

}  // namespace onward
