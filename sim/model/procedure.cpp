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

bool is_protection(Outcome outcome) {
  return outcome == Outcome::kRecognised || outcome == Outcome::kOther;
}

/// How much a case speaks for claims at its destination and how much against them, in cases.
struct Lesson {
  double success = 0.0;
  double failure = 0.0;
};

Lesson lesson_of(const Parameters& parameters, Outcome outcome) {
  if (is_protection(outcome)) return {.success = 1.0};
  if (outcome == Outcome::kRejected) return {.failure = 1.0};
  if (outcome == Outcome::kClosed) return {.failure = parameters.get<"belief.closed_weight">()};
  return {};
}

bool communities_learn(const Month& month) {
  return month.world.scenario.interaction.beliefs == ChannelMode::kOn;
}

/// The community learns how a case ended, and what brokers' promises are worth.
void report_ending(Communities& communities, const Month& month, const Move& move,
                   Outcome outcome) {
  if (!communities_learn(month)) return;
  const Parameters& parameters = month.parameters();
  const Lesson lesson = lesson_of(parameters, outcome);
  // What a declared claim meets teaches nobody about claims that conceal.
  if (move.story == Story::kConceal) {
    report_outcome(communities, parameters, move.community, destination_of(month, move),
                   lesson.success, lesson.failure);
  }
  if (move.broker != kNoBroker)
    report_promise(communities, parameters, move.community, lesson.success, lesson.failure);
}

/// The broker learns how the client's case ended.
void book_ending(Brokers& brokers, const Month& month, const Move& move, Outcome outcome) {
  if (move.broker == kNoBroker) return;
  const Lesson lesson = lesson_of(month.parameters(), outcome);
  report_client_outcome(brokers, move.broker, move.generation,
                        product_of(destination_of(month, move), move.story), lesson.success,
                        lesson.failure);
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
  bool removed = false;        ///< at once, from detention
  int appeal_ready = 0;        ///< month in which an appeal is decided
  std::uint32_t refusals = 0;  ///< of the person's row
  int relatives = 0;           ///< who follow a recognised person
  Change change{};             ///< of those who are not left to choose what to do next
};

/// Asks for what changes when the community learns how a case ended, whatever the verdict if it is
/// null.
void prefetch_ending(const Communities& communities, const Month& month, const Move& move,
                     const Verdict* verdict) {
  if (move.story != Story::kConceal) return;
  const auto prefetch = [&](const CommunityTable& table) {
    const std::size_t destination = destination_of(month, move);
    prefetch_own(table, move.community, destination);
    prefetch_tied(communities, table, move.community, destination);
  };
  if (verdict == nullptr || is_protection(verdict->outcome)) prefetch(communities.positive);
  if (verdict == nullptr || !is_protection(verdict->outcome)) prefetch(communities.negative);
}

/// Whether the refusal is final.
bool is_refused(const Verdict& verdict) {
  return !is_protection(verdict.outcome) && !verdict.appeals;
}

/// How somebody comes home who is removed at once.
Return removal_of(const Move& move, const Verdict& verdict) {
  return {move.person, move.community, verdict.change, true};
}

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

/// A final refusal: the community knows of those who are removed at once. What the others choose is
/// for later; what their communities know now is noted for it.
void report_refusal(State& state, const Month& month, const Move& move, const Verdict& verdict,
                    Refusals& refusals) {
  const std::uint32_t refused_by = state.people.add_refusal(verdict.refusals, move.place);
  if (!verdict.removed) return refusals.note(state, month, move, refused_by);
  state.people.rows[move.person.index()].refusals = refused_by;
  report_return(state.communities, month, removal_of(move, verdict));
}

void report_relatives(Communities& communities, const Month& month, const Move& move,
                      const Verdict& verdict) {
  if (verdict.relatives == 0) return;
  report_presence(communities, move.community, destination_of(month, move), verdict.relatives);
}

void book_relatives(State& state, const Month& month, const Move& move, const Verdict& verdict) {
  if (verdict.relatives == 0) return;
  state.measures.count<"reunions">(month.row(), destination_of(month, move)) += verdict.relatives;
  tell(state.people, month, move.person, event::Reunited{verdict.relatives});
}

/// What follows a ruling for communities and for those who are refused.
void report_ruling(State& state, const Month& month, const Move& move, const Verdict& verdict,
                   Refusals& refusals) {
  report_ending(state.communities, month, move, verdict.outcome);
  if (is_refused(verdict)) return report_refusal(state, month, move, verdict, refusals);
  report_relatives(state.communities, month, move, verdict);
}

/// What follows a ruling for counts, brokers and appeals.
void book_ruling(State& state, const Month& month, const Move& move, const Verdict& verdict) {
  const std::size_t group = move.group.index();
  const std::size_t destination = destination_of(month, move);
  ++state.measures.count<"decisions">(month.row(), destination, group,
                                      static_cast<std::size_t>(verdict.outcome));
  if (verdict.record_found)
    ++state.measures.count<"records_found">(month.row(), destination, group);
  book_ending(state.brokers, month, move, verdict.outcome);
  if (verdict.removed) book_return(state, month, removal_of(move, verdict));
  if (is_refused(verdict)) return;
  count_change(state, verdict.change);
  book_relatives(state, month, move, verdict);
  if (!verdict.appeals) return;
  Move appeal = move;
  appeal.ready = verdict.appeal_ready;
  state.appeals.file(appeal);
  tell(state.people, month, move.person, event::AppealFiled{appeal.ready});
}

void report_appeal(State& state, const Month& month, const Move& move, const Verdict& verdict,
                   Refusals& refusals) {
  if (is_refused(verdict)) return report_refusal(state, month, move, verdict, refusals);
  report_relatives(state.communities, month, move, verdict);
  report_ending(state.communities, month, move, verdict.outcome);
}

void book_appeal(State& state, const Month& month, const Move& move, const Verdict& verdict) {
  if (verdict.removed) book_return(state, month, removal_of(move, verdict));
  if (is_refused(verdict)) return;
  count_change(state, verdict.change);
  book_relatives(state, month, move, verdict);
  ++state.measures.count<"appeals_won">(month.row(), destination_of(month, move),
                                        move.group.index());
  book_ending(state.brokers, month, move, verdict.outcome);
}

/// Lets an instance decide the cases that it has taken up.
template <class Foresee, class Report, class Book>
void decide_all(State& state, const Month& month, ThreadTeam& team, Blocks<Move>& cases,
                Refusals& refusals, Foresee foresee, Report report, Book book) {
  sweep_in_two(
      state.people, team, cases,
      [&](const Move& move) {
        Verdict verdict = foresee(state, month, move);
        live_by(state, month, move, verdict);
        verdict.refusals = state.people.rows[move.person.index()].refusals;
        return verdict;
      },
      strand(
          [&](const Move& move, const Verdict* verdict) {
            prefetch_ending(state.communities, month, move, verdict);
          },
          [&](const Move& move, const Verdict& verdict) {
            report(state, month, move, verdict, refusals);
          }),
      strand([&](const Move& move, const Verdict& verdict) { book(state, month, move, verdict); }));
}

void decide_first_instance(State& state, const Month& month, ThreadTeam& team, Refusals& refusals) {
  for (std::size_t d = 0; d < state.capacity.size(); ++d) {
    const double capacity = month.levers(month.world.destinations[d], GroupId{}).get<"capacity">();
    // At most one unused case carries over, so that fractions add up and idle months do not.
    state.capacity[d] = std::min(state.capacity[d], 1.0) + capacity;
  }
  Blocks<Move> ready = state.pending.take_due(month.index, [&](const Move& move) {
    double& left = state.capacity[destination_of(month, move)];
    if (left < 1.0) return false;
    left -= 1.0;
    return true;
  });
  decide_all(state, month, team, ready, refusals, foresee_ruling, report_ruling, book_ruling);
  // Stories become known when the month is over, so that the order of cases means nothing.
  for (std::size_t i = 0; i < ready.size(); ++i) {
    const Move& move = ready[i];
    if (move.coaching > 0.0) state.coached_cases[destination_of(month, move)] += 1.0;
  }
}

void decide_appeals(State& state, const Month& month, ThreadTeam& team, Refusals& refusals) {
  Blocks<Move> ready = state.appeals.take_due(month.index, [](const Move&) { return true; });
  decide_all(state, month, team, ready, refusals, foresee_appeal, report_appeal, book_appeal);
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
