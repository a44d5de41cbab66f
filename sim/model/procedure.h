#pragma once

#include "model/choice.h"

namespace onward {

struct Move;

/// What first instance made of a case, and the chances that it had. Chances are those at each stage
/// once the case has come so far; the first stage that it fails or passes decides.
struct Ruling {
  Outcome outcome = Outcome::kRejected;
  bool record_found = false;  ///< of another citizenship
  double detection = 0.0;     ///< that the record is found, 0 where there is none
  double closure = 0.0;       ///< that the case is closed without a decision
  double language = 0.0;      ///< that language analysis is made and failed
  double recognition = 0.0;
  double other = 0.0;  ///< of another form of protection, where not recognised
};

/// Files the claim of a person who has just arrived at `move.place`, or records that there is none.
void file_claim(State& state, const Month& month, Move move);

/// Leaves the person at `move.place` without status, with luck against removal and giving up.
void live_without_status(State& state, const Month& month, Move move);

/// Decides the cases that are ready, oldest first, within each destination's capacity; decides
/// appeals; lets refused people go on, go home or stay on; removes or loses those without status.
void adjudicate(State& state, const Month& month);

}  // namespace onward
