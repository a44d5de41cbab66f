#include "model/ruling.h"

#include <algorithm>
#include <cmath>

#include "core/distributions.h"
#include "model/purpose.h"

namespace onward {

namespace {

/// Luck of a case at one stage.
Block case_luck(const State& state, const Month& month, const Move& move, std::uint8_t purpose) {
  return luck(state.people, month, purpose, move.person, move.place);
}

/// Coaching that still works on the case.
double effective_coaching(const State& state, const Month& month, const Move& move) {
  return move.coaching * coaching_left(state, month.parameters(), destination_of(month, move));
}

/// Chance that the state finds, or is told, that the claimant has another citizenship.
double detection_chance(const State& state, const Month& month, const Move& move) {
  if (!state.people.has(move.person, Trait::kRecord)) return 0.0;
  if (move.story == Story::kDeclare) return 1.0;
  const LeverValues& levers = month.levers(move.place, state.people.group_of(move.person));
  return levers.get<"detection">() * (1.0 - effective_coaching(state, month, move));
}

/// Whether a claimant without a record is held to have another citizenship by law.
bool is_citizen_by_law(const People& people, const Move& move, const LeverValues& levers,
                       double u) {
  return !people.has(move.person, Trait::kRecord) && people.has(move.person, Trait::kGenuine) &&
         u < levers.get<"presumed_citizenship">();
}

/// Chance that language analysis speaks against the claimant, if it is done.
double language_failure(const State& state, const Month& month, const Move& move) {
  if (state.people.has(move.person, Trait::kGenuine))
    return month.parameters().get<"procedure.language_error">();
  return month.parameters().get<"procedure.language_power">() *
         (1.0 - effective_coaching(state, month, move));
}

/// Share of protection that is left where evidence is cut short, mean over cases. A case waits
/// whole months, rounded, of an exponential time.
double hurried_share(const LeverValues& levers, const Parameters& parameters) {
  const double mean = levers.get<"evidence_months">();
  const double limit = std::max(1.0, std::floor(levers.get<"time_limit">()));
  const double late = mean > 0.0 ? exact_exp(-(limit + 0.5) / mean) : 0.0;
  const double accelerated = levers.get<"accelerated">();
  const double hasty = accelerated + (1.0 - accelerated) * late;
  return 1.0 - parameters.get<"procedure.haste">() * hasty;
}

}  // namespace

int whole_months(double mean, double u) {
  return std::max(1, static_cast<int>(mean * exponential(u) + 0.5));
}

double coaching_left(const State& state, const Parameters& parameters, std::size_t destination) {
  return exact_exp(-state.coached_cases[destination] / parameters.get<"broker.story_life">());
}

/// Closure first, then the evidence stage, then the decision; each with luck of its own, so that a
/// change of one lever leaves the others' luck alone. `protection_rate` is the mean of this.
Ruling decide(const State& state, const Month& month, const Move& move) {
  const LeverValues& levers = month.levers(move.place, state.people.group_of(move.person));
  const Block evidence = case_luck(state, month, move, purpose::kEvidence);
  const Block decision = case_luck(state, month, move, purpose::kDecision);
  const auto hurried_luck = [&] {
    return unit_interval(case_luck(state, month, move, purpose::kTrack)[3]);
  };
  Ruling ruling{.detection = detection_chance(state, month, move)};
  ruling.record_found = unit_interval(evidence[2]) < ruling.detection;
  ruling.citizen_by_law = is_citizen_by_law(state.people, move, levers, unit_interval(decision[3]));
  const bool citizen = ruling.record_found || ruling.citizen_by_law;
  ruling.closure = levers.get<"closure">();
  ruling.safe_country = ruling.record_found ? levers.get<"safe_country">() : 0.0;
  ruling.language = levers.get<"language_analysis">() * language_failure(state, month, move);
  ruling.haste = move.hasty ? month.parameters().get<"procedure.haste">() : 0.0;
  ruling.recognition = citizen ? levers.get<"recognition_record">() : levers.get<"recognition">();
  ruling.other = citizen ? 0.0 : levers.get<"other_protection">();
  if (unit_interval(decision[0]) < ruling.closure) {
    ruling.outcome = Outcome::kClosed;
    return ruling;
  }
  ruling.manifestly_unfounded = unit_interval(decision[2]) < ruling.safe_country;
  if (ruling.manifestly_unfounded || unit_interval(evidence[3]) < ruling.language ||
      (move.hasty && hurried_luck() < ruling.haste))
    return ruling;
  const double u = unit_interval(decision[1]);
  if (u < ruling.recognition) {
    ruling.outcome = Outcome::kRecognised;
  } else if (u < ruling.recognition + (1.0 - ruling.recognition) * ruling.other) {
    ruling.outcome = Outcome::kOther;
  }
  return ruling;
}

void schedule_evidence(const State& state, const Month& month, Move& move) {
  const LeverValues& levers = month.levers(move.place, state.people.group_of(move.person));
  const Block evidence = case_luck(state, month, move, purpose::kEvidence);
  const Block track = case_luck(state, month, move, purpose::kTrack);
  const bool accelerated = unit_interval(track[0]) < levers.get<"accelerated">();
  const double speed = accelerated ? month.parameters().get<"procedure.accelerated_time">() : 1.0;
  const int full = whole_months(speed * levers.get<"evidence_months">(), first_uniform(evidence));
  const auto limit = std::max(1, static_cast<int>(levers.get<"time_limit">()));
  move.hasty = accelerated || full > limit;
  move.detained = unit_interval(track[1]) < levers.get<"detention">();
  move.ready = month.index + std::min(full, limit);
}

bool may_appeal(const State& state, const Month& month, const Move& move, const Ruling& ruling) {
  if (ruling.manifestly_unfounded) return false;
  const LeverValues& levers = month.levers(move.place, state.people.group_of(move.person));
  if (levers.get<"appeal">() <= 0.0) return false;
  const Block track = case_luck(state, month, move, purpose::kTrack);
  return unit_interval(track[2]) < levers.get<"appeal_right">();
}

double protection_rate(const LeverValues& levers, const Group& group,
                       const Parameters& parameters) {
  const double recognition = levers.get<"recognition">();
  const double unfound = recognition + (1.0 - recognition) * levers.get<"other_protection">();
  const double recorded = levers.get<"recognition_record">();
  const double found = group.record * levers.get<"detection">();
  const double by_law = (1.0 - group.record) * levers.get<"presumed_citizenship">();
  const auto passes = [&](double failure, double presumed) {
    const double citizen =
        found * (1.0 - levers.get<"safe_country">()) * recorded + presumed * recorded;
    return (1.0 - levers.get<"language_analysis">() * failure) *
           (citizen + (1.0 - found - presumed) * unfound);
  };
  return hurried_share(levers, parameters) * (1.0 - levers.get<"closure">()) *
         (group.genuine * passes(parameters.get<"procedure.language_error">(), by_law) +
          (1.0 - group.genuine) * passes(parameters.get<"procedure.language_power">(), 0.0));
}

}  // namespace onward
