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

/// Occasions after a refusal are numbered apart from those of attention.
std::uint32_t occasion_after_refusal(std::uint8_t attempt) { return kMaxDrawIndex - attempt; }

void after_refusal(State& state, const Month& month, const Move& move) {
  const std::uint8_t attempt = state.people.attempts[move.person.index()];
  const Consideration occasion{
      .person = move.person, .key = occasion_after_refusal(attempt), .after_refusal = true};
  const Choice choice = choose(state, month, occasion);
  ++state.measures.decisions;
  switch (choice.chosen.intent) {
    case Intent::kGo:
      return depart(state, month, begin_move(state, choice));
    case Intent::kReturnHome:
      return bring_home(state, month, move.person, move.place, false);
    default:
      return live_without_status(state, month, move);
  }
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

void refuse(State& state, const Month& month, const Move& move) {
  state.people.note_refusal(move.person, move.place);
  // Who is in detention when the refusal is final has no choice left.
  if (move.detained && taken_back(state, month, move, readmission_luck(state, month, move)))
    return bring_home(state, month, move.person, move.place, true);
  after_refusal(state, month, move);
}

/// Recognition, and the relatives who follow: they are no persons of the model.
void recognise(State& state, const Month& month, const Move& move) {
  set_standing(state, move.person, move.place, Status::kRecognised);
  const People& people = state.people;
  if (!people.has(move.person, Trait::kKin) && !has_children(people, move.person, month)) return;
  const LeverValues& levers = month.levers(move.place, people.group_of(move.person));
  const Block block = luck(people, month, purpose::kReunion, move.person, move.place);
  if (first_uniform(block) >= levers.get<"family_reunion">()) return;
  const double size = month.parameters().get<"procedure.family_size">();
  const int relatives = static_cast<int>(size + second_uniform(block));
  report_presence(state.communities, people.community_of(move.person), destination_of(month, move),
                  relatives);
  state.measures.count<"reunions">(month.row(), destination_of(month, move)) += relatives;
  tell(people, month, move.person, event::Reunited{relatives});
}

void rule(State& state, const Month& month, Move move) {
  const std::size_t group = state.people.group_of(move.person).index();
  const std::size_t destination = destination_of(month, move);
  const Ruling ruling = decide(state, month, move);
  tell(state.people, month, move.person, event::Ruled{move.place, ruling});
  ++state.measures.count<"decisions">(month.row(), destination, group,
                                      static_cast<std::size_t>(ruling.outcome));
  if (ruling.record_found) ++state.measures.count<"records_found">(month.row(), destination, group);
  spread_outcome(state, month, move, ruling.outcome);
  const auto stand = [&](Status status) { set_standing(state, move.person, move.place, status); };
  if (ruling.outcome == Outcome::kRecognised) {
    recognise(state, month, move);
  } else if (ruling.outcome == Outcome::kOther) {
    stand(Status::kOther);
  } else if (ruling.outcome == Outcome::kRejected && may_appeal(state, month, move, ruling)) {
    stand(Status::kAppeal);
    const Block block = luck(state.people, month, purpose::kAppeal, move.person, move.place);
    move.ready = month.index + whole_months(month.parameters().get<"procedure.appeal_months">(),
                                            first_uniform(block));
    state.appeals.push_back(move);
    tell(state.people, month, move.person, event::AppealFiled{move.ready});
  } else {
    refuse(state, month, move);
  }
}

void decide_first_instance(State& state, const Month& month) {
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
  sweep(state.people, ready, [&](const Move& move) { rule(state, month, move); });
  // Stories become known when the month is over, so that the order of cases means nothing.
  for (const Move& move : ready) {
    if (move.coaching > 0.0) state.coached_cases[destination_of(month, move)] += 1.0;
  }
}

void decide_appeals(State& state, const Month& month) {
  std::vector<Move> ready;
  sift(state.appeals, [&](const Move& move) {
    if (move.ready > month.index) return true;
    ready.push_back(move);
    return false;
  });
  sweep(state.people, ready, [&](const Move& move) {
    const GroupId group = state.people.group_of(move.person);
    const Block block = luck(state.people, month, purpose::kAppeal, move.person, move.place);
    const double chance = month.levers(move.place, group).get<"appeal">();
    const bool won = second_uniform(block) < chance;
    tell(state.people, month, move.person, event::AppealDecided{chance, won});
    if (!won) return refuse(state, month, move);
    recognise(state, month, move);
    ++state.measures.count<"appeals_won">(month.row(), destination_of(month, move), group.index());
    spread_outcome(state, month, move, Outcome::kRecognised);
  });
}

/// Removal and voluntary return compete; the luck against both is keyed by the stay, not the month.
void thin_irregular(State& state, const Month& month) {
  const double give_up = month.parameters().get<"procedure.give_up">();
  const auto fetch = [&](PersonId id) { prefetch(state.people.group, id.index()); };
  sift_fetched(state.irregular, fetch, [&](Move& move) {
    const GroupId group = state.people.group_of(move.person);
    if (month.world.group(group).can_return == 0.0) return true;
    const double removal = taken_back(state, month, move, move.readmission)
                               ? month.levers(move.place, group).get<"removal">()
                               : 0.0;
    move.patience -= removal + give_up;
    if (move.patience > 0.0) return true;
    const Block block = luck(state.people, month, purpose::kLeaving, move.person, move.place);
    const bool removed = second_uniform(block) * (removal + give_up) < removal;
    bring_home(state, month, move.person, move.place, removed);
    return false;
  });
}

}  // namespace

void live_without_status(State& state, const Month& month, Move move) {
  set_standing(state, move.person, move.place, Status::kIrregular);
  const Block block = luck(state.people, month, purpose::kLeaving, move.person, move.place);
  move.patience = exponential(first_uniform(block));
  move.readmission = readmission_luck(state, month, move);
  state.irregular.push_back(move);
  tell(state.people, month, move.person, event::WithoutStatus{move.place});
}

void file_claim(State& state, const Month& month, Move move) {
  const Parameters& parameters = month.parameters();
  const std::size_t destination = destination_of(month, move);
  const std::size_t group = state.people.group_of(move.person).index();
  const Block block = luck(state.people, month, purpose::kClaim, move.person, move.place);
  if (first_uniform(block) < parameters.get<"claim.none">()) {
    ++state.measures.count<"unclaimed">(month.row(), destination, group);
    tell(state.people, month, move.person, event::Claim{.place = move.place});
    end_journey(state, move, Ending::kIrregular);
    return live_without_status(state, month, move);
  }
  const bool declares = move.channel == Channel::kSelf &&
                        state.people.has(move.person, Trait::kRecord) &&
                        second_uniform(block) < parameters.get<"claim.declared">();
  if (declares) move.story = Story::kDeclare;
  if (move.story == Story::kDeclare) {
    ++state.measures.count<"declared_claims">(month.row(), destination, group);
  } else {
    ++state.measures.count<"applications">(month.row(), destination, group,
                                           static_cast<std::size_t>(move.channel));
  }
  end_journey(state, move, move.story == Story::kDeclare ? Ending::kDeclared : Ending::kClaim);
  set_standing(state, move.person, move.place, Status::kPending);
  schedule_evidence(state, month, move);
  state.pending.push_back(move);
  tell(state.people, month, move.person,
       event::Claim{move.place, true, move.story, move.ready, move.hasty, move.detained});
}

void adjudicate(State& state, const Month& month) {
  for (double& cases : state.coached_cases) cases *= month.world.evidence_kept;
  decide_first_instance(state, month);
  decide_appeals(state, month);
  thin_irregular(state, month);
}

}  // namespace onward
