#include "model/journey.h"

#include <algorithm>
#include <cmath>

#include "core/distributions.h"
#include "model/life.h"
#include "model/procedure.h"
#include "model/purpose.h"
#include "model/resettlement.h"
#include "model/state.h"
#include "model/sweep.h"
#include "model/witness.h"

namespace onward {

namespace {

/// A move as it was chosen, which begins with preparation.
Move prepare_move(const State& state, const Month& month, const Choice& choice) {
  Move move = begin_move(state, choice);
  const Block block = luck(state.people, month, purpose::kPreparation, move.person, move.place);
  const double wait =
      month.parameters().get<"commitment.preparation">() * exponential(first_uniform(block));
  move.ready = month.index + static_cast<int>(wait + 0.5);
  return move;
}

bool broker_is_there(const State& state, const Month& month, const Move& move) {
  if (move.channel == Channel::kSelf) return true;
  const Broker& broker = state.brokers.slots[move.broker];
  const std::size_t destination = month.world.destination_of[move.place.index()];
  return broker.active && broker.generation == move.generation &&
         broker.offers[product_of(destination, move.story)] != 0;
}

/// Chance of protection that a person on the way believes in today.
double believed_now(const State& state, const Month& month, const Move& move) {
  const double belief = personal_belief(state, month, move.person, move.place);
  return move.channel == Channel::kBroker
             ? offered_belief(state, month, move.person, belief, move.story)
             : belief;
}

/// Whether news since the choice makes the committed person choose again.
bool must_choose_again(const State& state, const Month& month, const Move& move) {
  if (!broker_is_there(state, month, move)) return true;
  return move.belief - believed_now(state, month, move) >
         month.parameters().get<"commitment.reopening">();
}

/// Whether the move waits for a broker's slot.
bool needs_slot(const Month& month, const Move& move) {
  return move.channel == Channel::kBroker &&
         month.world.scenario.interaction.brokers != ChannelMode::kHeld;
}

/// Whether the broker, if one is needed, has a slot left this month.
bool finds_slot(const State& state, const Month& month, const Move& move) {
  return !needs_slot(month, move) || state.brokers.slots[move.broker].room >= 1.0;
}

/// The same; uses it up.
bool takes_slot(State& state, const Month& month, const Move& move) {
  if (!finds_slot(state, month, move)) return false;
  if (needs_slot(month, move)) state.brokers.slots[move.broker].room -= 1.0;
  return true;
}

void set_status(State& state, PersonId id, Status status) {
  set_standing(state, id, state.people.place_of(id), status);
}

/// Leaves the country of settlement for the country of origin, and the model.
void leave_for_origin(State& state, const Month& month, PersonId id) {
  set_status(state, id, Status::kReturnedOrigin);
  report_residence(state.communities, state.people.community_of(id), -1);
  ++state.measures.count<"origin_returns">(month.row(), state.people.group_of(id).index());
  tell(state.people, month, id, event::LeftForOrigin{});
}

void record_commitment(State& state, const Month& month, const Move& move) {
  const std::size_t destination = month.world.destination_of[move.place.index()];
  ++state.measures.count<"commitments">(month.row(), destination,
                                        static_cast<std::size_t>(move.channel));
}

void tell_commitment(const State& state, const Month& month, const Move& move) {
  tell(state.people, month, move.person,
       event::Committed{move.place, move.channel, move.story, move.broker, move.ready});
}

void tell_reopening(const State& state, const Month& month, const Move& move) {
  if (!is_watched(state.people, month, move.person)) return;
  tell(state.people, month, move.person,
       event::Reopened{move.place, !broker_is_there(state, month, move), move.belief,
                       believed_now(state, month, move)});
}

/// What a committed person does this month.
struct SecondThoughts {
  bool again = false;  ///< chooses again
  Intent intent = Intent::kGo;
  bool elsewhere = false;  ///< goes somewhere else than before
  double money = 0.0;      ///< the person's own, if ready to leave
};

/// Lets a committed person choose again with the errors of the first time.
SecondThoughts choose_again(const State& state, const Month& month, Move& move) {
  tell_reopening(state, month, move);
  const Consideration occasion{.person = move.person,
                               .key = move.occasion,
                               .sunk = month.parameters().get<"commitment.sunk">()};
  const Choice choice = choose(state, month, occasion);
  SecondThoughts found{.again = true, .intent = choice.chosen.intent};
  if (found.intent != Intent::kGo) return found;
  const int ready = move.ready;
  found.elsewhere = choice.chosen.place != move.place;
  move = prepare_move(state, month, choice);
  if (!found.elsewhere) move.ready = ready;
  return found;
}

SecondThoughts think_again(const State& state, const Month& month, Move& move) {
  SecondThoughts found;
  if (state.people.rows[move.person.index()].status != Status::kCommitted) return found;
  if (must_choose_again(state, month, move)) found = choose_again(state, month, move);
  // Slots only get fewer: who finds none now finds none when it is their turn.
  if (move.ready <= month.index && finds_slot(state, month, move))
    found.money = savings(state.people, move.person, month);
  return found;
}

/// Does as second thoughts told. False if the person gives up leaving.
bool reopen(State& state, const Month& month, const Move& move, const SecondThoughts& found) {
  ++state.measures.count<"reopened">(month.row(), state.people.group_of(move.person).index());
  ++state.measures.decisions;
  if (found.intent == Intent::kStay) {
    set_status(state, move.person, Status::kSettled);
    return false;
  }
  if (found.intent == Intent::kReturnOrigin) {
    leave_for_origin(state, month, move.person);
    return false;
  }
  if (found.elsewhere) record_commitment(state, month, move);
  tell_commitment(state, month, move);
  return true;
}

/// Pays for the journey from savings first and owes the rest: to the broker, or to kin and friends.
void pay(State& state, const Month& month, const Move& move, double money) {
  double cost = month.world.place(move.place).travel_cost;
  if (move.channel == Channel::kBroker) {
    Broker& broker = state.brokers.slots[move.broker];
    cost += broker.price;
    broker.margin += broker.price;
    const std::size_t destination = month.world.destination_of[move.place.index()];
    state.brokers.takings[product_of(destination, move.story)] += broker.price;
    ++state.measures.count<"broker_clients">(month.row(), move.broker);
  }
  const std::size_t person = move.person.index();
  const double own = std::min(cost, money);
  state.people.rows[person].spent += static_cast<float>(own);
  const double owed =
      own >= cost ? 0.0 : (cost - own) * (1.0 + month.parameters().get<"broker.credit_cost">());
  tell(state.people, month, move.person,
       event::Departed{state.people.place_of(move.person), move.place, move.broker, cost, own,
                       owed});
  if (own >= cost) return;
  if (state.people.rows[person].debt == 0.0f) state.debtors.push_back(move.person.value);
  state.people.rows[person].debt += static_cast<float>(owed);
}

void prepare(State& state, const Month& month, ThreadTeam& team) {
  std::vector<double> waiting(state.brokers.slots.size(), 0.0);
  const auto fetch = [&](const Move& move) { state.people.prefetch(move.person); };
  const auto foresee = [&](Move& move) { return think_again(state, month, move); };
  sift_in_two(team, state.preparing, fetch, foresee, [&](Move& move, const SecondThoughts& found) {
    // Some are found in first asylum before they can leave.
    if (state.people.rows[move.person.index()].status != Status::kCommitted) return false;
    if (found.again && !reopen(state, month, move, found)) return false;
    if (move.ready > month.index) return true;
    if (move.channel == Channel::kBroker) waiting[move.broker] += 1.0;
    if (!takes_slot(state, month, move)) {
      tell(state.people, month, move.person, event::NoRoom{move.broker});
      return true;
    }
    depart(state, month, move, found.money);
    return false;
  });
  for (std::size_t slot = 0; slot < waiting.size(); ++slot) {
    Broker& broker = state.brokers.slots[slot];
    broker.demand =
        month.world.buzz_kept * broker.demand + (1.0 - month.world.buzz_kept) * waiting[slot];
  }
}

/// Chance of being stopped: visa rules bind those who travel without a broker.
double stopping_chance(const Month& month, const Move& move, GroupId group) {
  const LeverValues& levers = month.levers(move.place, group);
  const double obstacle = move.channel == Channel::kSelf
                              ? month.parameters().get<"journey.visa_obstacle">()
                              : month.parameters().get<"journey.visa_evasion">();
  const double visa = (1.0 - levers.get<"visa_free">()) * obstacle;
  return 1.0 - (1.0 - levers.get<"interception">()) * (1.0 - visa);
}

/// How a journey ends.
struct Landing {
  bool stopped = false;
  bool claims = false;
};

Landing land(const State& state, const Month& month, Move& move) {
  const People& people = state.people;
  const PersonId id = move.person;
  const Block block = luck(people, month, purpose::kJourney, id, move.place);
  const double chance = stopping_chance(month, move, people.group_of(id));
  const bool stopped = first_uniform(block) < chance;
  tell(people, month, id, event::JourneyEnded{people.place_of(id), move.place, chance, stopped});
  return {.stopped = stopped, .claims = !stopped && draw_claim(state, month, move)};
}

void arrive(State& state, const Month& month, const Move& move, const Landing& landing) {
  People& people = state.people;
  const PersonId id = move.person;
  const PlaceId from = people.place_of(id);
  const std::size_t destination = month.world.destination_of[move.place.index()];
  if (landing.stopped) {
    ++state.measures.count<"intercepted">(month.row(), destination);
    end_journey(state, move, Ending::kStopped);
    if (move.onward) {
      live_without_status(state, month, {.person = id, .occasion = move.occasion, .place = from});
    } else {
      set_status(state, id, Status::kSettled);
      report_residence(state.communities, people.community_of(id), 1);
    }
    return;
  }
  if (move.onward) {
    report_presence(state.communities, people.community_of(id),
                    month.world.destination_of[from.index()], -1);
  }
  ++state.measures.count<"moves">(month.row(), from.index(), move.place.index());
  set_standing(state, id, move.place, Status::kTravelling);
  report_presence(state.communities, people.community_of(id), destination, 1);
  file_claim(state, month, move, landing.claims);
}

}  // namespace

Move begin_move(const State& state, const Choice& choice) {
  const Alternative& chosen = choice.chosen;
  Move move{.person = choice.occasion.person, .occasion = choice.occasion.key};
  move.place = chosen.place;
  move.channel = chosen.channel;
  move.story = chosen.story;
  move.belief = chosen.belief;
  move.onward = choice.occasion.after_refusal;
  move.broker = chosen.broker;
  if (chosen.broker == kNoBroker) return move;
  move.generation = state.brokers.slots[chosen.broker].generation;
  move.coaching = state.brokers.slots[chosen.broker].coaching;
  return move;
}

void depart(State& state, const Month& month, Move move, double money) {
  pay(state, month, move, money);
  begin_attempt(state.people, move.person);
  set_status(state, move.person, Status::kTravelling);
  const CommunityId community = state.people.community_of(move.person);
  const std::size_t destination = month.world.destination_of[move.place.index()];
  report_departure(state.communities, community, destination);
  if (!move.onward) {
    report_residence(state.communities, community, -1);
    move.departure = log_departure(state, month, move);
  }
  ++state.measures.count<"departures">(month.row(), destination,
                                       state.people.group_of(move.person).index());
  move.ready = month.index + static_cast<int>(month.parameters().get<"journey.travel">());
  state.travelling.push_back(move);
}

void commit(State& state, const Month& month, std::span<const Choice> choices, ThreadTeam& team) {
  const auto fetch = [&](std::size_t i) { state.people.prefetch(choices[i].occasion.person); };
  const auto foresee = [&](std::size_t i) {
    const Alternative& chosen = choices[i].chosen;
    const bool prepares = chosen.intent == Intent::kGo && !chosen.resettled;
    return prepares ? prepare_move(state, month, choices[i]) : Move{};
  };
  sweep_in_two(team, choices.size(), fetch, foresee, [&](std::size_t i, const Move& move) {
    const Choice& choice = choices[i];
    const PersonId id = choice.occasion.person;
    ++state.measures.decisions;
    ++state.measures.count<"considerations">(month.row(), state.people.group_of(id).index());
    if (choice.chosen.intent == Intent::kReturnOrigin) leave_for_origin(state, month, id);
    if (choice.chosen.intent != Intent::kGo) return;
    if (choice.chosen.resettled) {
      // Who comes too late stays, and may consider again.
      if (take_quota(state, month, choice)) resettle(state, month, choice);
      return;
    }
    record_commitment(state, month, move);
    set_status(state, id, Status::kCommitted);
    state.preparing.push_back(move);
    tell_commitment(state, month, move);
  });
}

void travel(State& state, const Month& month, ThreadTeam& team) {
  prepare(state, month, team);
  std::vector<Move> arriving;
  sift(state.travelling, [&](const Move& move) {
    if (move.ready > month.index) return true;
    arriving.push_back(move);
    return false;
  });
  sweep_in_two(
      state.people, team, arriving, [&](Move& move) { return land(state, month, move); },
      [&](const Move& move, const Landing& landing) { arrive(state, month, move, landing); });
}

void bring_home(State& state, const Month& month, PersonId id, PlaceId from, bool removed) {
  const GroupId group = state.people.group_of(id);
  const PlaceId home = month.world.group(group).home;
  const CommunityId community = state.people.community_of(id);
  const std::size_t destination = month.world.destination_of[from.index()];
  const auto limit = static_cast<int>(month.levers(home, group).get<"passport_limit">());
  set_standing(state, id, home, Status::kSettled);
  state.people.rows[id.index()].barred = static_cast<std::uint16_t>(month.index + limit);
  report_presence(state.communities, community, destination, -1);
  report_residence(state.communities, community, 1);
  ++state.measures.count<"moves">(month.row(), from.index(), home.index());
  if (removed) {
    ++state.measures.count<"removals">(month.row(), destination);
  } else {
    ++state.measures.count<"returns">(month.row(), destination);
  }
  tell(state.people, month, id, event::CameHome{from, removed, month.index + limit});
}

}  // namespace onward
