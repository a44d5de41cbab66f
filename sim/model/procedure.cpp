#include "model/procedure.h"

#include <algorithm>
#include <cmath>

#include "core/distributions.h"
#include "model/journey.h"
#include "model/purpose.h"
#include "model/state.h"

namespace onward {

namespace {

std::size_t destination_of(const Month& month, const Move& move) {
  return month.world.destination_of[move.place.index()];
}

/// Whole months, at least one, of an exponential wait of the given mean.
int whole_months(double mean, double u) {
  return std::max(1, static_cast<int>(mean * exponential(u) + 0.5));
}

/// What first instance made of a case.
struct Ruling {
  Outcome outcome = Outcome::kRejected;
  bool record_found = false;
};

/// Closure first, then the evidence stage, then the decision; each with luck of its own, so that a
/// change of one lever leaves the others' luck alone.
Ruling decide(const State& state, const Month& month, const Move& move) {
  const People& people = state.people;
  const LeverValues& levers = month.levers(move.place, people.group_of(move.person));
  const Block evidence = luck(state.people, month, purpose::kEvidence, move.person, move.place);
  const Block decision = luck(state.people, month, purpose::kDecision, move.person, move.place);

  Ruling ruling;
  if (people.has(move.person, Trait::kRecord)) {
    const double chance = levers.get<"detection">() * (1.0 - move.coaching);
    ruling.record_found = move.story == Story::kDeclare || unit_interval(evidence[2]) < chance;
  }
  if (unit_interval(decision[0]) < levers.get<"closure">()) {
    ruling.outcome = Outcome::kClosed;
    return ruling;
  }
  const bool genuine = people.has(move.person, Trait::kGenuine);
  const double fails = genuine ? month.parameters().get<"procedure.language_error">() : 1.0;
  if (unit_interval(evidence[3]) < levers.get<"language_analysis">() * fails) return ruling;
  const double recognition =
      ruling.record_found ? levers.get<"recognition_record">() : levers.get<"recognition">();
  const double other = ruling.record_found ? 0.0 : levers.get<"other_protection">();
  const double u = unit_interval(decision[1]);
  if (u < recognition) {
    ruling.outcome = Outcome::kRecognised;
  } else if (u < recognition + (1.0 - recognition) * other) {
    ruling.outcome = Outcome::kOther;
  }
  return ruling;
}

/// The community and the broker learn how a case ended.
void spread_outcome(State& state, const Month& month, const Move& move, Outcome outcome) {
  const Parameters& parameters = month.parameters();
  const bool success = outcome == Outcome::kRecognised || outcome == Outcome::kOther;
  const double failure = outcome == Outcome::kRejected ? 1.0
                         : outcome == Outcome::kClosed ? parameters.get<"belief.closed_weight">()
                                                       : 0.0;
  const std::size_t destination = destination_of(month, move);
  report_outcome(state.communities, parameters, state.people.community_of(move.person), destination,
                 success ? 1.0 : 0.0, failure);
  if (move.broker == kNoBroker) return;
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
      ++state.measures.count<"returns">(month.row(), destination_of(month, move));
      return bring_home(state, month, move.person, move.place);
    default:
      return live_without_status(state, month, move);
  }
}

void refuse(State& state, const Month& month, const Move& move) {
  state.people.refused_by[move.person.index()] |= std::uint64_t{1} << move.place.index();
  after_refusal(state, month, move);
}

void rule(State& state, const Month& month, Move move) {
  const std::size_t group = state.people.group_of(move.person).index();
  const std::size_t destination = destination_of(month, move);
  const Ruling ruling = decide(state, month, move);
  ++state.measures.count<"decisions">(month.row(), destination, group,
                                      static_cast<std::size_t>(ruling.outcome));
  if (ruling.record_found) ++state.measures.count<"records_found">(month.row(), destination, group);
  spread_outcome(state, month, move, ruling.outcome);
  const auto stand = [&](Status status) { set_standing(state, move.person, move.place, status); };
  if (ruling.outcome == Outcome::kRecognised) {
    stand(Status::kRecognised);
  } else if (ruling.outcome == Outcome::kOther) {
    stand(Status::kOther);
  } else if (ruling.outcome == Outcome::kRejected &&
             month.levers(move.place, GroupId{group}).get<"appeal">() > 0.0) {
    stand(Status::kAppeal);
    const Block block = luck(state.people, month, purpose::kAppeal, move.person, move.place);
    move.ready = month.index + whole_months(month.parameters().get<"procedure.appeal_months">(),
                                            first_uniform(block));
    state.appeals.push_back(move);
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
  for (const Move& move : ready) rule(state, month, move);
}

void decide_appeals(State& state, const Month& month) {
  std::vector<Move> ready;
  sift(state.appeals, [&](const Move& move) {
    if (move.ready > month.index) return true;
    ready.push_back(move);
    return false;
  });
  for (const Move& move : ready) {
    const GroupId group = state.people.group_of(move.person);
    const Block block = luck(state.people, month, purpose::kAppeal, move.person, move.place);
    if (second_uniform(block) >= month.levers(move.place, group).get<"appeal">()) {
      refuse(state, month, move);
      continue;
    }
    set_standing(state, move.person, move.place, Status::kRecognised);
    ++state.measures.count<"appeals_won">(month.row(), destination_of(month, move), group.index());
    spread_outcome(state, month, move, Outcome::kRecognised);
  }
}

/// Removal and voluntary return compete; the luck against both is keyed by the stay, not the month.
void thin_irregular(State& state, const Month& month) {
  const double give_up = month.parameters().get<"procedure.give_up">();
  sift(state.irregular, [&](Move& move) {
    const GroupId group = state.people.group_of(move.person);
    if (month.world.group(group).can_return == 0.0) return true;
    const double removal = month.levers(move.place, group).get<"removal">();
    move.patience -= removal + give_up;
    if (move.patience > 0.0) return true;
    const Block block = luck(state.people, month, purpose::kLeaving, move.person, move.place);
    const bool removed = second_uniform(block) * (removal + give_up) < removal;
    const std::size_t destination = destination_of(month, move);
    if (removed) {
      ++state.measures.count<"removals">(month.row(), destination);
    } else {
      ++state.measures.count<"returns">(month.row(), destination);
    }
    bring_home(state, month, move.person, move.place);
    return false;
  });
}

}  // namespace

void live_without_status(State& state, const Month& month, Move move) {
  set_standing(state, move.person, move.place, Status::kIrregular);
  const Block block = luck(state.people, month, purpose::kLeaving, move.person, move.place);
  move.patience = exponential(first_uniform(block));
  state.irregular.push_back(move);
}

void file_claim(State& state, const Month& month, Move move) {
  const Parameters& parameters = month.parameters();
  const std::size_t destination = destination_of(month, move);
  const std::size_t group = state.people.group_of(move.person).index();
  const Block block = luck(state.people, month, purpose::kClaim, move.person, move.place);
  if (first_uniform(block) < parameters.get<"claim.none">()) {
    ++state.measures.count<"unclaimed">(month.row(), destination, group);
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
  const Block evidence = luck(state.people, month, purpose::kEvidence, move.person, move.place);
  const double mean = month.levers(move.place, GroupId{group}).get<"evidence_months">();
  move.ready = month.index + whole_months(mean, first_uniform(evidence));
  state.pending.push_back(move);
}

void adjudicate(State& state, const Month& month) {
  decide_first_instance(state, month);
  decide_appeals(state, month);
  thin_irregular(state, month);
}

}  // namespace onward
