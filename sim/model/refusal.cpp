#include "model/refusal.h"

#include "model/homecoming.h"
#include "model/irregular_stay.h"
#include "model/journey.h"
#include "model/life.h"
#include "model/sweep.h"

namespace onward {

void Refusals::note(const State& state, const Month& month, const Move& move,
                    std::uint32_t refusals) {
  people.push_back({.move = move,
                    .trust = broker_trust(state.communities, month.parameters(), move.community),
                    .evidence = evidence.size(),
                    .refusals = refusals});
  note_evidence(state, month, move.community, refusals, evidence);
}

namespace {

/// Occasions after a refusal are numbered apart from those of attention.
std::uint32_t occasion_after_refusal(std::uint8_t attempt) { return kMaxDrawIndex - attempt; }

/// What a refused person does next.
struct NextStep {
  Intent intent = Intent::kStay;
  Parting parting;  ///< of who goes on
  Stay stay;        ///< of who stays
  Change change;    ///< of who goes home or stays
};

NextStep take_next(State& state, const Month& month, Move& move, const Lessons& lessons) {
  const std::uint8_t attempt = state.people.rows[move.person.index()].attempts;
  const Consideration occasion{
      .person = move.person, .key = occasion_after_refusal(attempt), .after_refusal = true};
  const Choice choice = choose(state, month, occasion, &lessons);
  NextStep next{.intent = choice.chosen.intent, .parting = {}, .stay = {}, .change = {}};
  if (next.intent == Intent::kGo) {
    move = begin_move(state, choice);
    next.parting = set_out(state, month, move, savings(state.people, move.person, month));
  } else if (next.intent == Intent::kReturnHome) {
    next.change = go_home(state, month, move.person);
  } else {
    next.stay = draw_stay(state, month, move);
    next.change = change_standing(state.people, move.person, move.place, Status::kIrregular);
  }
  return next;
}

}  // namespace

void go_on(State& state, const Month& month, ThreadTeam& team, Refusals& refusals) {
  const auto fetch = [&](std::size_t i) {
    state.people.prefetch(refusals.people[i].move.person);
    state.people.prefetch_refusals(refusals.people[i].refusals);
  };
  const auto foresee = [&](std::size_t i) {
    Refusals::Refused& refused = refusals.people[i];
    const double* evidence = refusals.evidence.data() + refused.evidence;
    state.people.rows[refused.move.person.index()].refusals = refused.refusals;
    return take_next(state, month, refused.move, {.trust = refused.trust, .evidence = evidence});
  };
  const auto return_of = [](const Move& move, const NextStep& next) {
    return Return{move.person, move.community, next.change, false};
  };
  const auto report = strand(
      [&](std::size_t i, const NextStep* next) {
        if (next != nullptr && next->intent == Intent::kGo)
          prefetch_parting(state.communities, month, refusals.people[i].move);
      },
      [&](std::size_t i, const NextStep& next) {
        const Move& move = refusals.people[i].move;
        if (next.intent == Intent::kGo) report_parting(state.communities, month, move);
        if (next.intent == Intent::kReturnHome)
          report_return(state.communities, month, return_of(move, next));
      });
  const auto report_to_ties = strand(
      [&](std::size_t i, const NextStep* next) {
        if (next != nullptr && next->intent == Intent::kGo)
          prefetch_parting_of_ties(state.communities, month, refusals.people[i].move);
      },
      [&](std::size_t i, const NextStep& next) {
        if (next.intent == Intent::kGo)
          report_parting_to_ties(state.communities, month, refusals.people[i].move);
      });
  const auto book = strand([&](std::size_t i, const NextStep& next) {
    const Move& move = refusals.people[i].move;
    ++state.measures.decisions;
    if (next.intent == Intent::kGo) {
      state.travelling.push_back(move);
      return book_parting(state, month, state.travelling.back(), next.parting);
    }
    if (next.intent == Intent::kReturnHome) return book_return(state, month, return_of(move, next));
    count_change(state, next.change);
    stay_on(state, month, next.stay);
  });
  sweep_in_two(team, refusals.people.size(), fetch, foresee, report_to_ties, report, book);
}

}  // namespace onward
