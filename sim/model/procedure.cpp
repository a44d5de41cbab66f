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

double readmission_luck(const State& state, const Month& month, const Move& move) {
  return first_uniform(luck(state.people, month, purpose::kReadmission, move.person, move.place));
}

/// Whether the person's place of settlement takes the person back from there, by the luck `u`.
bool taken_back(const Month& month, const Move& move, double u) {
  if (month.world.group(move.group).can_return == 0.0) return false;
  return u < month.levers(move.place, move.group).get<"readmission">();
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
    verdict.removed =
        move.detained && taken_back(month, move, readmission_luck(state, month, move));
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
    people.push_back({.move = move,
                      .trust = broker_trust(state.communities, month.parameters(), move.community),
                      .evidence = evidence.size()});
    note_evidence(state, month, move.person, evidence);
  }
};

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
      [&](const Move& move) {
        Verdict verdict = foresee_ruling(state, month, move);
        live_by(state, month, move, verdict);
        return verdict;
      },
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
  const auto foresee = [&](const Move& move) {
    Verdict verdict = foresee_appeal(state, month, move);
    live_by(state, month, move, verdict);
    return verdict;
  };
  sweep_in_two(state.people, team, ready, foresee, [&](const Move& move, const Verdict& verdict) {
    if (verdict.outcome == Outcome::kRejected) return refuse(state, month, move, verdict, refusals);
    count_change(state, verdict.change);
    welcome_relatives(state, month, move, verdict.relatives);
    ++state.measures.count<"appeals_won">(month.row(), destination_of(month, move),
                                          move.group.index());
    spread_outcome(state, month, move, verdict.outcome);
  });
}

/// A stay without status at `move.place`, with the luck against removal and giving up.
Stay draw_stay(const State& state, const Month& month, const Move& move) {
  const Block block = luck(state.people, month, purpose::kLeaving, move.person, move.place);
  return {.person = move.person,
          .group = static_cast<std::uint16_t>(move.group.value),
          .destination = static_cast<std::uint16_t>(destination_of(month, move)),
          .patience = exponential(first_uniform(block)),
          .readmission = readmission_luck(state, month, move)};
}

/// The person is left at the destination without status.
void stay_on(State& state, const Month& month, const Stay& stay) {
  state.irregular.push_back(stay);
  tell(state.people, month, stay.person,
       event::WithoutStatus{month.world.destinations[stay.destination]});
}

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

/// Lets the refused go on, go home or stay on.
void go_on(State& state, const Month& month, ThreadTeam& team, Refusals& refusals) {
  const auto fetch = [&](std::size_t i) { state.people.prefetch(refusals.people[i].move.person); };
  const auto foresee = [&](std::size_t i) {
    Refusals::Refused& refused = refusals.people[i];
    const double* evidence = refusals.evidence.data() + refused.evidence;
    return take_next(state, month, refused.move, {.trust = refused.trust, .evidence = evidence});
  };
  const auto act = [&](std::size_t i, const NextStep& next) {
    const Move& move = refusals.people[i].move;
    ++state.measures.decisions;
    if (next.intent == Intent::kGo) return see_off(state, month, move, next.parting);
    if (next.intent == Intent::kReturnHome)
      return welcome_home(state, month, {move.person, move.community, next.change, false});
    count_change(state, next.change);
    stay_on(state, month, next.stay);
  };
  sweep_in_two(team, refusals.people.size(), fetch, foresee, act);
}

/// What a month without status wears off the patience of a group's people at a destination.
struct Wear {
  double readmission = 0.0;  ///< share whom their place of settlement takes back
  double removal = 0.0;      ///< hazard of removal of those
  double give_up = 0.0;      ///< hazard of going back by oneself, 0 for those who cannot
};

/// By destination and group.
std::vector<Wear> wear_of(const Month& month) {
  std::vector<Wear> all;
  all.reserve(month.world.destinations.size() * month.world.group_count());
  for (const PlaceId place : month.world.destinations) {
    for (std::size_t g = 0; g < month.world.group_count(); ++g) {
      const LeverValues& levers = month.levers(place, GroupId{g});
      const bool can_return = month.world.group(GroupId{g}).can_return != 0.0;
      all.push_back({.readmission = can_return ? levers.get<"readmission">() : 0.0,
                     .removal = levers.get<"removal">(),
                     .give_up = can_return ? month.parameters().get<"procedure.give_up">() : 0.0});
    }
  }
  return all;
}

/// Somebody whose patience is at an end.
struct Leaver {
  Stay stay;
  double removal = 0.0;  ///< hazard
  double give_up = 0.0;  ///< hazard
};

/// Lets a month without status pass. Returns those who leave; they are no longer in the list.
std::vector<Leaver> wear_out(State& state, const Month& month) {
  const std::vector<Wear> by_cell = wear_of(month);
  const std::size_t groups = month.world.group_count();
  std::vector<Leaver> leavers;
  sift(state.irregular, [&](Stay& stay) {
    const Wear& wear = by_cell[stay.destination * groups + stay.group];
    const double removal = stay.readmission < wear.readmission ? wear.removal : 0.0;
    stay.patience -= removal + wear.give_up;
    if (stay.patience > 0.0) return true;
    leavers.push_back({.stay = stay, .removal = removal, .give_up = wear.give_up});
    return false;
  });
  return leavers;
}

/// Removal and voluntary return compete; the luck against both is keyed by the stay, not the month.
bool is_removed(const State& state, const Month& month, const Leaver& leaver) {
  const PlaceId place = month.world.destinations[leaver.stay.destination];
  const Block block = luck(state.people, month, purpose::kLeaving, leaver.stay.person, place);
  return second_uniform(block) * (leaver.removal + leaver.give_up) < leaver.removal;
}

void thin_irregular(State& state, const Month& month, ThreadTeam& team) {
  const std::vector<Leaver> leavers = wear_out(state, month);
  const auto fetch = [&](std::size_t i) { state.people.prefetch(leavers[i].stay.person); };
  const auto foresee = [&](std::size_t i) {
    const PersonId id = leavers[i].stay.person;
    const bool removed = is_removed(state, month, leavers[i]);
    const CommunityId community = state.people.community_of(id);
    return Return{id, community, go_home(state, month, id), removed};
  };
  sweep_in_two(team, leavers.size(), fetch, foresee,
               [&](std::size_t, const Return& back) { welcome_home(state, month, back); });
}

}  // namespace

void live_without_status(State& state, const Month& month, const Move& move) {
  set_standing(state, move.person, move.place, Status::kIrregular);
  stay_on(state, month, draw_stay(state, month, move));
}

Filing draw_claim(const State& state, const Month& month, Move& move) {
  const Parameters& parameters = month.parameters();
  const Block block = luck(state.people, month, purpose::kClaim, move.person, move.place);
  if (first_uniform(block) < parameters.get<"claim.none">())
    return {.stay = draw_stay(state, month, move)};
  const bool declares = move.channel == Channel::kSelf &&
                        state.people.has(move.person, Trait::kRecord) &&
                        second_uniform(block) < parameters.get<"claim.declared">();
  if (declares) move.story = Story::kDeclare;
  schedule_evidence(state, month, move);
  return {.claims = true, .stay = {}};
}

Change take_up(People& people, const Move& move, const Filing& filing) {
  return change_standing(people, move.person, move.place,
                         filing.claims ? Status::kPending : Status::kIrregular);
}

void file_claim(State& state, const Month& month, const Move& move, const Filing& filing) {
  const std::size_t destination = destination_of(month, move);
  const std::size_t group = move.group.index();
  if (!filing.claims) {
    ++state.measures.count<"unclaimed">(month.row(), destination, group);
    tell(state.people, month, move.person, event::Claim{.place = move.place});
    end_journey(state, move, Ending::kIrregular);
    return stay_on(state, month, filing.stay);
  }
  if (move.story == Story::kDeclare) {
    ++state.measures.count<"declared_claims">(month.row(), destination, group);
  } else {
    ++state.measures.count<"applications">(month.row(), destination, group,
                                           static_cast<std::size_t>(move.channel));
  }
  end_journey(state, move, move.story == Story::kDeclare ? Ending::kDeclared : Ending::kClaim);
  state.pending.push_back(move);
  tell(state.people, month, move.person,
       event::Claim{move.place, true, move.story, move.ready, move.hasty, move.detained});
}

void file_claim(State& state, const Month& month, Move move) {
  const Filing filing = draw_claim(state, month, move);
  count_change(state, take_up(state.people, move, filing));
  file_claim(state, month, move, filing);
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
