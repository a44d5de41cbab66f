#include "model/procedure.h"

#include <algorithm>

#include "model/homecoming.h"
#include "model/irregular_stay.h"
#include "model/life.h"
#include "model/purpose.h"
#include "model/refusal.h"
#include "model/ruling.h"
#include "model/sweep.h"
#include "model/witness.h"

namespace onward {

namespace {

/// Asks for what changes when the community learns how a case ended.
void prefetch_evidence(const State& state, const Month& month, const Move& move) {
  const std::size_t destination = destination_of(month, move);
  for (const CommunityTable* table : {&state.communities.positive, &state.communities.negative})
    prefetch_ties(state.communities, *table, move.community, destination);
}

/// The community and the broker learn how a case ended.
void spread_outcome(State& state, const Month& month, const Move& move, Outcome outcome) {
  const Parameters& parameters = month.parameters();
  const bool success = outcome == Outcome::kRecognised || outcome == Outcome::kOther;
  const double failure = outcome == Outcome::kRejected ? 1.0
                         : outcome == Outcome::kClosed ? parameters.get<"belief.closed_weight">()
                                                       : 0.0;
  const std::size_t destination = destination_of(month, move);
  const bool learns = month.world.scenario.interaction.beliefs == ChannelMode::kOn;
  // What a declared claim meets teaches nobody about claims that conceal.
  if (learns && move.story == Story::kConceal) {
    report_outcome(state.communities, parameters, move.community, destination, success ? 1.0 : 0.0,
                   failure);
  }
  if (move.broker == kNoBroker) return;
  if (learns) {
    report_promise(state.communities, parameters, move.community, success ? 1.0 : 0.0, failure);
  }
  report_client_outcome(state.brokers, move.broker, move.generation,
                        product_of(destination, move.story), success ? 1.0 : 0.0, failure);
}

/// Relatives who follow a recognised person: they are no persons of the model.
int relatives_of(const State& state, const Month& month, const Move& move) {
  const People& people = state.people;
  if (!people.has(move.person, Trait::kKin) && !has_children(people, move.person, month)) return 0;
  const LeverValues& levers = month.levers(move.place, move.group);
  const Block block = luck(people, month, purpose::kReunion, move.person, move.place);
  if (first_uniform(block) >= levers.get<"family_reunion">()) return 0;
  const double size = month.parameters().get<"procedure.family_size">();
  return static_cast<int>(size + second_uniform(block));
}

/// How a case ends, and what follows for the person without a choice.
struct Verdict {
  Outcome outcome = Outcome::kRejected;
  bool record_found = false;
  bool appeals = false;
  bool removed = false;  ///< at once, from detention
  int appeal_ready = 0;  ///< month in which an appeal is decided
  int relatives = 0;     ///< who follow a recognised person
  Change change{};       ///< of those who are not left to choose what to do next
};

/// Works out what a final outcome brings.
void foresee_end(const State& state, const Month& month, const Move& move, Verdict& verdict) {
  if (verdict.outcome == Outcome::kRecognised) verdict.relatives = relatives_of(state, month, move);
  // Who is in detention when the refusal is final has no choice left.
  else if (verdict.outcome != Outcome::kOther)
    verdict.removed = move.detained && taken_back(state, month, move);
}

/// Lets the person live by the verdict, as far as there is no choice.
void live_by(State& state, const Month& month, const Move& move, Verdict& verdict) {
  const auto remain = [&](Status status) {
    verdict.change = change_standing(state.people, move.person, move.place, status);
  };
  if (verdict.outcome == Outcome::kRecognised) return remain(Status::kRecognised);
  if (verdict.outcome == Outcome::kOther) return remain(Status::kOther);
  if (verdict.appeals) return remain(Status::kAppeal);
  if (verdict.removed) verdict.change = go_home(state, month, move.person);
}

Verdict foresee_ruling(const State& state, const Month& month, const Move& move) {
  const Ruling ruling = decide(state, month, move);
  tell(state.people, month, move.person, event::Ruled{move.place, ruling});
  Verdict verdict{.outcome = ruling.outcome, .record_found = ruling.record_found};
  verdict.appeals = ruling.outcome == Outcome::kRejected && may_appeal(state, month, move, ruling);
  if (!verdict.appeals) {
    foresee_end(state, month, move, verdict);
    return verdict;
  }
  const Block block = luck(state.people, month, purpose::kAppeal, move.person, move.place);
  verdict.appeal_ready =
      month.index +
      whole_months(month.parameters().get<"procedure.appeal_months">(), first_uniform(block));
  return verdict;
}

Verdict foresee_appeal(const State& state, const Month& month, const Move& move) {
  const Block block = luck(state.people, month, purpose::kAppeal, move.person, move.place);
  const double chance = month.levers(move.place, move.group).get<"appeal">();
  const bool won = second_uniform(block) < chance;
  tell(state.people, month, move.person, event::AppealDecided{chance, won});
  Verdict verdict{.outcome = won ? Outcome::kRecognised : Outcome::kRejected};
  foresee_end(state, month, move, verdict);
  return verdict;
}

void welcome_relatives(State& state, const Month& month, const Move& move, int relatives) {
  if (relatives == 0) return;
  report_presence(state.communities, move.community, destination_of(month, move), relatives);
  state.measures.count<"reunions">(month.row(), destination_of(month, move)) += relatives;
  tell(state.people, month, move.person, event::Reunited{relatives});
}

void refuse(State& state, const Month& month, const Move& move, const Verdict& verdict,
            Refusals& refusals) {
  state.people.note_refusal(move.person, move.place);
  if (verdict.removed)
    return welcome_home(state, month, {move.person, move.community, verdict.change, true});
  refusals.note(state, month, move);
}

void rule(State& state, const Month& month, Move& move, const Verdict& verdict,
          Refusals& refusals) {
  const std::size_t group = move.group.index();
  const std::size_t destination = destination_of(month, move);
  ++state.measures.count<"decisions">(month.row(), destination, group,
                                      static_cast<std::size_t>(verdict.outcome));
  if (verdict.record_found)
    ++state.measures.count<"records_found">(month.row(), destination, group);
  spread_outcome(state, month, move, verdict.outcome);
  const bool is_protected =
      verdict.outcome == Outcome::kRecognised || verdict.outcome == Outcome::kOther;
  if (!is_protected && !verdict.appeals) return refuse(state, month, move, verdict, refusals);
  count_change(state, verdict.change);
  if (is_protected) return welcome_relatives(state, month, move, verdict.relatives);
  move.ready = verdict.appeal_ready;
  state.appeals.file(move);
  tell(state.people, month, move.person, event::AppealFiled{move.ready});
}

void decide_first_instance(State& state, const Month& month, ThreadTeam& team, Refusals& refusals) {
  for (std::size_t d = 0; d < state.capacity.size(); ++d) {
    const double capacity = month.levers(month.world.destinations[d], GroupId{}).get<"capacity">();
    // At most one unused case carries over, so that fractions add up and idle months do not.
    state.capacity[d] = std::min(state.capacity[d], 1.0) + capacity;
  }
  Moves ready = state.pending.take_due(month.index, [&](const Move& move) {
    double& left = state.capacity[destination_of(month, move)];
    if (left < 1.0) return false;
    left -= 1.0;
    return true;
  });
  sweep_in_two(
      state.people, team, ready,
      [&](const Move& move) {
        Verdict verdict = foresee_ruling(state, month, move);
        live_by(state, month, move, verdict);
        return verdict;
      },
      [&](const Move& move) { prefetch_evidence(state, month, move); },
      [&](Move& move, const Verdict& verdict) { rule(state, month, move, verdict, refusals); });
  // Stories become known when the month is over, so that the order of cases means nothing.
  for (const Move& move : ready) {
    if (move.coaching > 0.0) state.coached_cases[destination_of(month, move)] += 1.0;
  }
}

void decide_appeals(State& state, const Month& month, ThreadTeam& team, Refusals& refusals) {
  Moves ready = state.appeals.take_due(month.index, [](const Move&) { return true; });
  const auto foresee = [&](const Move& move) {
    Verdict verdict = foresee_appeal(state, month, move);
    live_by(state, month, move, verdict);
    return verdict;
  };
  const auto fetch = [&](const Move& move) { prefetch_evidence(state, month, move); };
  const auto conclude = [&](const Move& move, const Verdict& verdict) {
    if (verdict.outcome == Outcome::kRejected) return refuse(state, month, move, verdict, refusals);
    count_change(state, verdict.change);
    welcome_relatives(state, month, move, verdict.relatives);
    ++state.measures.count<"appeals_won">(month.row(), destination_of(month, move),
                                          move.group.index());
    spread_outcome(state, month, move, verdict.outcome);
  };
  sweep_in_two(state.people, team, ready, foresee, fetch, conclude);
}

}  // namespace

void adjudicate(State& state, const Month& month, ThreadTeam& team) {
  for (double& cases : state.coached_cases) cases *= month.world.evidence_kept;
  Refusals refusals;
  decide_first_instance(state, month, team, refusals);
  decide_appeals(state, month, team, refusals);
  go_on(state, month, team, refusals);
  thin_irregular(state, month, team);
}

}  // namespace onward
