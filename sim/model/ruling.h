#pragma once

#include "model/state.h"

/// What first instance makes of a case: evidence, decision, and the chance of protection that
/// follows from the levers.
namespace onward {

/// What first instance made of a case, and the chances that it had. Chances are those at each stage
/// once the case has come so far; the first stage that it fails or passes decides.
struct Ruling {
  Outcome outcome = Outcome::kRejected;
  bool record_found = false;          ///< of another citizenship
  bool manifestly_unfounded = false;  ///< refused without appeal
  bool citizen_by_law = false;        ///< held to have another citizenship without a record
  double detection = 0.0;             ///< that the record is found, 0 where there is none
  double closure = 0.0;               ///< that the case is closed without a decision
  double safe_country = 0.0;          ///< that it is manifestly unfounded
  double language = 0.0;              ///< that language analysis is made and failed
  double haste = 0.0;                 ///< that evidence cut short costs the protection
  double recognition = 0.0;
  double other = 0.0;  ///< of another form of protection, where not recognised
};

/// Works out when the case can be decided, whether its evidence is cut short and whether the
/// claimant is detained, and notes it in `move`.
void schedule_evidence(const State& state, const Month& month, Move& move);

/// Decides the case under the levers of the month.
Ruling decide(const State& state, const Month& month, const Move& move);

/// Whether a person who was refused like this may appeal.
bool may_appeal(const State& state, const Month& month, const Move& move, const Ruling& ruling);

/// Share of coaching that the destination does not see through yet: coached stories wear out.
double coaching_left(const State& state, const Parameters& parameters, std::size_t destination);

/// Chance of protection at first instance under `levers`, of a person of the group who conceals
/// any record of another citizenship and is not coached.
double protection_rate(const LeverValues& levers, const Group& group, const Parameters& parameters);

/// Whole months, at least one, of an exponential wait of the given mean.
int whole_months(double mean, double u);

}  // namespace onward
