#include "model/procedure.h"

#include <algorithm>
#include <cmath>

#include "core/distributions.h"
#include "model/journey.h"
#include "model/life.h"
#include "model/purpose.h"
#include "model/ruling.h"
#include "model/state.h"
#include "model/sweep.h"
#include "model/witness.h"

namespace onward {

namespace {

std::size_t destination_of(const Month& month, const Move& move) {
  return month.world.destination_of[move.place.index()];
}

/// The community and the broker learn how a case ended.
void spread_outcome(State& state, const Month& month, const Move& move, Outcome outcome) {
  const Parameters& parameters = month.parameters();
  const bool success = outcome == Outcome::kRecognised || outcome == Outcome::kOther;
  const double failure = outcome == Outcome::kRejected ? 1.0
                         : outcome == Outcome::kClosed ? parameters.get<"belief.closed_weight">()
                                                       : 0.0;
  const std::size_t destination = destination_of(month, move);
  const CommunityId community = state.people.community_of(move.person);
  const bool learns = month.world.scenario.interaction.beliefs == ChannelMode::kOn;
  // What a declared claim meets teaches nobody about claims that conceal.
  if (learns && move.story == Story::kConceal) {
    report_outcome(state.communities, parameters, community, destination, success ? 1.0 : 0.0,
                   failure);
  }
  if (move.broker == kNoBroker) return;
  if (learns) {
    report_promise(state.communities, parameters, community, success ? 1.0 : 0.0, failure);
  }
  report_client_outcome(state.brokers, move.broker, move.generation,
                        product_of(destination, move.story), success ? 1.0 : 0.0, failure);
}

double readmission_luck(const State& state, const Month& month, const Move& move) {
  return first_uniform(luck(state.people, month, purpose::kReadmission, move.person, move.place));
}

/// Whether the person's place of settlement takes the person back from there, by the luck `u`.
bool taken_back(const State& state, const Month& month, const Move& move, double u) {
  const GroupId group = state.people.group_of(move.person);
  if (month.world.group(group).can_return == 0.0) return false;
  return u < month.levers(move.place, group).get<"readmission">();
}

/// Relatives who follow a recognised person: they are no persons of the model.
int relatives_of(const State& state, const Month& month, const Move& move) {
  const People& people = state.people;
  if (!people.has(move.person, Trait::kKin) && !has_children(people, move.person, month)) return 0;
  const LeverValues& levers = month.levers(move.place, people.group_of(move.person));
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
};

/// Works out what a final outcome brings.
void foresee_end(const State& state, const Month& month, const Move& move, Verdict& verdict) {
  if (verdict.outcome == Outcome::kRecognised) verdict.relatives = relatives_of(state, month, move);
  // Who is in detention when the refusal is final has no choice left.
  else if (verdict.outcome != Outcome::kOther)
    verdict.removed =
        move.detained && taken_back(state, month, move, readmission_luck(state, month, move));
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
  const GroupId group = state.people.group_of(move.person);
  const Block block = luck(state.people, month, purpose::kAppeal, move.person, move.place);
  const double chance = month.levers(move.place, group).get<"appeal">();
  const bool won = second_uniform(block) < chance;
  tell(state.people, month, move.person, event::AppealDecided{chance, won});
  Verdict verdict{.outcome = won ? Outcome::kRecognised : Outcome::kRejected};
  foresee_end(state, month, move, verdict);
  return verdict;
}

void recognise(State& state, const Month& month, const Move& move, int relatives) {
  set_standing(state, move.person, move.place, Status::kRecognised);
  if (relatives == 0) return;
  report_presence(state.communities, state.people.community_of(move.person),
                  destination_of(month, move), relatives);
  state.measures.count<"reunions">(month.row(), destination_of(month, move)) += relatives;
  tell(state.people, month, move.person, event::Reunited{relatives});
}

/// People refused for good who choose what to do next. They choose by what their communities knew
/// when they were refused, the own case included, whatever comes in later in the month.
struct Refusals {
  struct Refused {
    Move move;
    double trust = 0.0;
    std::size_t evidence = 0;  ///< position of the first
  };
  std::vector<Refused> people;
  std::vector<double> evidence;

  void note(const State& state, const Month& month, const Move& move) {
    const CommunityId community = state.people.community_of(move.person);
    people.push_back({.move = move,
                      .trust = broker_trust(state.communities, month.parameters(), community),
                      .evidence = evidence.size()});
    note_evidence(state, month, move.person, evidence);
  }
};

void refuse(State& state, const Month& month, const Move& move, bool removed, Refusals& refusals) {
  state.people.note_refusal(move.person, move.place);
  if (removed) return bring_home(state, month, move.person, move.place, true);
  refusals.note(state, month, move);
}

void rule(State& state, const Month& month, Move& move, const Verdict& verdict,
          Refusals& refusals) {
  const std::size_t group = state.people.group_of(move.person).index();
  const std::size_t destination = destination_of(month, move);
  ++state.measures.count<"decisions">(month.row(), destination, group,
                                      static_cast<std::size_t>(verdict.outcome));
  if (verdict.record_found)
    ++state.measures.count<"records_found">(month.row(), destination, group);
  spread_outcome(state, month, move, verdict.outcome);
  if (verdict.outcome == Outcome::kRecognised)
    return recognise(state, month, move, verdict.relatives);
  if (verdict.outcome == Outcome::kOther)
    return set_standing(state, move.person, move.place, Status::kOther);
  if (!verdict.appeals) return refuse(state, month, move, verdict.removed, refusals);
  set_standing(state, move.person, move.place, Status::kAppeal);
  move.ready = verdict.appeal_ready;
  state.appeals.push_back(move);
  tell(state.people, month, move.person, event::AppealFiled{move.ready});
}

void decide_first_instance(State& state, const Month& month, ThreadTeam& team, Refusals& refusals) {
  for (std::size_t d = 0; d < state.capacity.size(); ++d) {
    const double capacity = month.levers(month.world.destinations[d], GroupId{}).get<"capacity">();
    // At most one unused case carries over, so that fractions add up and idle months do not.
    state.capacity[d] = std::min(state.capacity[d], 1.0) + capacity;
  }
  std::vector<Move> ready;
  sift(state.pending, [&](const Move& move) {
    double& left = state.capacity[destination_of(month, move)];
    if (move.ready > month.index || left < 1.0) return true;
    left -= 1.0;
    ready.push_back(move);
    return false;
  });
  sweep_in_two(
      state.people, team, ready,
      [&](const Move& move) { return foresee_ruling(state, month, move); },
      [&](Move& move, const Verdict& verdict) { rule(state, month, move, verdict, refusals); });
  // Stories become known when the month is over, so that the order of cases means nothing.
  for (const Move& move : ready) {
    if (move.coaching > 0.0) state.coached_cases[destination_of(month, move)] += 1.0;
  }
}

void decide_appeals(State& state, const Month& month, ThreadTeam& team, Refusals& refusals) {
  std::vector<Move> ready;
  sift(state.appeals, [&](const Move& move) {
    if (move.ready > month.index) return true;
    ready.push_back(move);
    return false;
  });
  const auto foresee = [&](const Move& move) { return foresee_appeal(state, month, move); };
  sweep_in_two(state.people, team, ready, foresee, [&](const Move& move, const Verdict& verdict) {
    if (verdict.outcome == Outcome::kRejected)
      return refuse(state, month, move, verdict.removed, refusals);
    recognise(state, month, move, verdict.relatives);
    ++state.measures.count<"appeals_won">(month.row(), destination_of(month, move),
                                          state.people.group_of(move.person).index());
    spread_outcome(state, month, move, verdict.outcome);
  });
}

/// Luck of a stay without status against removal and giving up.
void draw_stay(const State& state, const Month& month, Move& move) {
  const Block block = luck(state.people, month, purpose::kLeaving, move.person, move.place);
  move.patience = exponential(first_uniform(block));
  move.readmission = readmission_luck(state, month, move);
}

/// Leaves the person at `move.place` without status; the luck is drawn.
void stay_on(State& state, const Month& month, const Move& move) {
  set_standing(state, move.person, move.place, Status::kIrregular);
  state.irregular.push_back(move);
  tell(state.people, month, move.person, event::WithoutStatus{move.place});
}

/// Occasions after a refusal are numbered apart from those of attention.
std::uint32_t occasion_after_refusal(std::uint8_t attempt) { return kMaxDrawIndex - attempt; }

/// What a refused person does next.
struct NextStep {
  Intent intent = Intent::kStay;
  double money = 0.0;  ///< the person's own, if it is to go on
};

NextStep choose_next(const State& state, const Month& month, Move& move, const Lessons& lessons) {
  const std::uint8_t attempt = state.people.rows[move.person.index()].attempts;
  const Consideration occasion{
      .person = move.person, .key = occasion_after_refusal(attempt), .after_refusal = true};
  const Choice choice = choose(state, month, occasion, &lessons);
  NextStep next{.intent = choice.chosen.intent};
  if (next.intent == Intent::kGo) {
    move = begin_move(state, choice);
    next.money = savings(state.people, move.person, month);
  } else if (next.intent != Intent::kReturnHome) {
    draw_stay(state, month, move);
  }
  return next;
}

/// Lets the refused go on, go home or stay on.
void go_on(State& state, const Month& month, ThreadTeam& team, Refusals& refusals) {
  const auto fetch = [&](std::size_t i) { state.people.prefetch(refusals.people[i].move.person); };
  const auto foresee = [&](std::size_t i) {
    Refusals::Refused& refused = refusals.people[i];
    const double* evidence = refusals.evidence.data() + refused.evidence;
    return choose_next(state, month, refused.move, {.trust = refused.trust, .evidence = evidence});
  };
  sweep_in_two(team, refusals.people.size(), fetch, foresee, [&](std::size_t i, NextStep next) {
    const Move& move = refusals.people[i].move;
    ++state.measures.decisions;
    switch (next.intent) {
      case Intent::kGo:
        return depart(state, month, move, next.money);
      case Intent::kReturnHome:
        return bring_home(state, month, move.person, move.place, false);
      default:
        return stay_on(state, month, move);
    }
  });
}

/// What a month without status comes to.
enum class Leaving : std::uint8_t { kStays, kReturns, kRemoved };

/// Removal and voluntary return compete; the luck against both is keyed by the stay, not the month.
Leaving wear_out(const State& state, const Month& month, Move& move) {
  const GroupId group = state.people.group_of(move.person);
  if (month.world.group(group).can_return == 0.0) return Leaving::kStays;
  const double give_up = month.parameters().get<"procedure.give_up">();
  const double removal = taken_back(state, month, move, move.readmission)
                             ? month.levers(move.place, group).get<"removal">()
                             : 0.0;
  move.patience -= removal + give_up;
  if (move.patience > 0.0) return Leaving::kStays;
  const Block block = luck(state.people, month, purpose::kLeaving, move.person, move.place);
  const bool removed = second_uniform(block) * (removal + give_up) < removal;
  return removed ? Leaving::kRemoved : Leaving::kReturns;
}

void thin_irregular(State& state, const Month& month, ThreadTeam& team) {
  const auto fetch = [&](const Move& move) { state.people.prefetch(move.person); };
  const auto foresee = [&](Move& move) { return wear_out(state, month, move); };
  sift_in_two(team, state.irregular, fetch, foresee, [&](const Move& move, Leaving leaving) {
    if (leaving == Leaving::kStays) return true;
    bring_home(state, month, move.person, move.place, leaving == Leaving::kRemoved);
    return false;
  });
}

}  // namespace

void live_without_status(State& state, const Month& month, Move move) {
  draw_stay(state, month, move);
  stay_on(state, month, move);
}

bool draw_claim(const State& state, const Month& month, Move& move) {
  const Parameters& parameters = month.parameters();
  const Block block = luck(state.people, month, purpose::kClaim, move.person, move.place);
  if (first_uniform(block) < parameters.get<"claim.none">()) {
    draw_stay(state, month, move);
    return false;
  }
  const bool declares = move.channel == Channel::kSelf &&
                        state.people.has(move.person, Trait::kRecord) &&
                        second_uniform(block) < parameters.get<"claim.declared">();
  if (declares) move.story = Story::kDeclare;
  schedule_evidence(state, month, move);
  return true;
}

void file_claim(State& state, const Month& month, const Move& move, bool claims) {
  const std::size_t destination = destination_of(month, move);
  const std::size_t group = state.people.group_of(move.person).index();
  if (!claims) {
    ++state.measures.count<"unclaimed">(month.row(), destination, group);
    tell(state.people, month, move.person, event::Claim{.place = move.place});
    end_journey(state, move, Ending::kIrregular);
    return stay_on(state, month, move);
  }
  if (move.story == Story::kDeclare) {
    ++state.measures.count<"declared_claims">(month.row(), destination, group);
  } else {
    ++state.measures.count<"applications">(month.row(), destination, group,
                                           static_cast<std::size_t>(move.channel));
  }
  end_journey(state, move, move.story == Story::kDeclare ? Ending::kDeclared : Ending::kClaim);
  set_standing(state, move.person, move.place, Status::kPending);
  state.pending.push_back(move);
  tell(state.people, month, move.person,
       event::Claim{move.place, true, move.story, move.ready, move.hasty, move.detained});
}

void file_claim(State& state, const Month& month, Move move) {
  const bool claims = draw_claim(state, month, move);
  file_claim(state, month, move, claims);
}

void adjudicate(State& state, const Month& month, ThreadTeam& team) {
  for (double& cases : state.coached_cases) cases *= month.world.evidence_kept;
  Refusals refusals;
  decide_first_instance(state, month, team, refusals);
  decide_appeals(state, month, team, refusals);
  go_on(state, month, team, refusals);
  thin_irregular(state, month, team);
}

}  // namespace onward
