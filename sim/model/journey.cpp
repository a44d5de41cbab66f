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

/// A person has left the country of settlement for the country of origin, and the model.
void report_return_to_origin(State& state, const Month& month, const Move& move) {
  report_residence(state.communities, move.community, -1);
  ++state.measures.count<"origin_returns">(month.row(), move.group.index());
  tell(state.people, month, move.person, event::LeftForOrigin{});
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
  bool found = false;  ///< was found in first asylum before leaving
  bool again = false;  ///< chooses again
  Intent intent = Intent::kGo;
  bool elsewhere = false;  ///< goes somewhere else than before
  double money = 0.0;      ///< the person's own, if ready to leave
  Change change;           ///< of who gives up leaving
};

/// Lets a committed person choose again with the errors of the first time.
SecondThoughts choose_again(State& state, const Month& month, Move& move) {
  tell_reopening(state, month, move);
  const Consideration occasion{.person = move.person,
                               .key = move.occasion,
                               .sunk = month.parameters().get<"commitment.sunk">()};
  const Choice choice = choose(state, month, occasion);
  SecondThoughts found{.again = true, .intent = choice.chosen.intent, .change = {}};
  if (found.intent == Intent::kStay)
    found.change = change_status(state.people, move.person, Status::kSettled);
  if (found.intent == Intent::kReturnOrigin)
    found.change = change_status(state.people, move.person, Status::kReturnedOrigin);
  if (found.intent != Intent::kGo) return found;
  const int ready = move.ready;
  found.elsewhere = choice.chosen.place != move.place;
  move = prepare_move(state, month, choice);
  if (!found.elsewhere) move.ready = ready;
  return found;
}

SecondThoughts think_again(State& state, const Month& month, Move& move) {
  SecondThoughts found;
  found.found = state.people.rows[move.person.index()].status != Status::kCommitted;
  if (found.found) return found;
  if (must_choose_again(state, month, move)) found = choose_again(state, month, move);
  // Slots only get fewer: who finds none now finds none when it is their turn.
  if (move.ready <= month.index && finds_slot(state, month, move))
    found.money = savings(state.people, move.person, month);
  return found;
}

/// Does as second thoughts told. False if the person gives up leaving.
bool reopen(State& state, const Month& month, const Move& move, const SecondThoughts& found) {
  ++state.measures.count<"reopened">(month.row(), move.group.index());
  ++state.measures.decisions;
  if (found.intent != Intent::kGo) {
    count_change(state, found.change);
    if (found.intent == Intent::kReturnOrigin) report_return_to_origin(state, month, move);
    return false;
  }
  if (found.elsewhere) record_commitment(state, month, move);
  tell_commitment(state, month, move);
  return true;
}

/// What the journey costs: the broker's price included.
double cost_of(const State& state, const Month& month, const Move& move) {
  const double travel = month.world.place(move.place).travel_cost;
  return move.channel == Channel::kBroker ? travel + state.brokers.slots[move.broker].price
                                          : travel;
}

/// Pays for the journey from savings first and owes the rest: to the broker, or to kin and friends.
/// Returns whether this is the person's first debt.
bool pay(State& state, const Month& month, const Move& move, double money) {
  const double cost = cost_of(state, month, move);
  const std::size_t person = move.person.index();
  const double own = std::min(cost, money);
  state.people.rows[person].spent += static_cast<float>(own);
  const double owed =
      own >= cost ? 0.0 : (cost - own) * (1.0 + month.parameters().get<"broker.credit_cost">());
  tell(state.people, month, move.person,
       event::Departed{state.people.place_of(move.person), move.place, move.broker, cost, own,
                       owed});
  if (own >= cost) return false;
  const bool first = state.people.rows[person].debt == 0.0f;
  state.people.rows[person].debt += static_cast<float>(owed);
  return first;
}

/// The broker takes the price.
void credit_broker(State& state, const Month& month, const Move& move) {
  Broker& broker = state.brokers.slots[move.broker];
  broker.margin += broker.price;
  const std::size_t destination = month.world.destination_of[move.place.index()];
  state.brokers.takings[product_of(destination, move.story)] += broker.price;
  ++state.measures.count<"broker_clients">(month.row(), move.broker);
}

/// Somebody who leaves now, with money of the person's own.
struct Leaver {
  Move move;
  double money = 0.0;
};

/// Lets the committed think again, in order. Returns those who leave now; they are no longer among
/// those who prepare.
std::vector<Leaver> take_leave(State& state, const Month& month, ThreadTeam& team,
                               std::vector<double>& waiting) {
  std::vector<Leaver> leavers;
  const auto fetch = [&](const Move& move) { state.people.prefetch(move.person); };
  const auto foresee = [&](Move& move) { return think_again(state, month, move); };
  sift_in_two(team, state.preparing, fetch, foresee, [&](Move& move, const SecondThoughts& found) {
    if (found.found) return false;
    if (found.again && !reopen(state, month, move, found)) return false;
    if (move.ready > month.index) return true;
    if (move.channel == Channel::kBroker) waiting[move.broker] += 1.0;
    if (!takes_slot(state, month, move)) {
      tell(state.people, month, move.person, event::NoRoom{move.broker});
      return true;
    }
    leavers.push_back({.move = move, .money = found.money});
    return false;
  });
  return leavers;
}

void prepare(State& state, const Month& month, ThreadTeam& team) {
  std::vector<double> waiting(state.brokers.slots.size(), 0.0);
  const std::vector<Leaver> leavers = take_leave(state, month, team, waiting);
  sweep_in_two(
      team, leavers.size(), [&](std::size_t i) { state.people.prefetch(leavers[i].move.person); },
      [&](std::size_t i) { return set_out(state, month, leavers[i].move, leavers[i].money); },
      [&](std::size_t i, const Parting& parting) {
        see_off(state, month, leavers[i].move, parting);
      });
  for (std::size_t slot = 0; slot < waiting.size(); ++slot) {
    Broker& broker = state.brokers.slots[slot];
    broker.demand =
        month.world.buzz_kept * broker.demand + (1.0 - month.world.buzz_kept) * waiting[slot];
  }
}

/// Chance of being stopped: visa rules bind those who travel without a broker.
double stopping_chance(const Month& month, const Move& move) {
  const LeverValues& levers = month.levers(move.place, move.group);
  const double obstacle = move.channel == Channel::kSelf
                              ? month.parameters().get<"journey.visa_obstacle">()
                              : month.parameters().get<"journey.visa_evasion">();
  const double visa = (1.0 - levers.get<"visa_free">()) * obstacle;
  return 1.0 - (1.0 - levers.get<"interception">()) * (1.0 - visa);
}

/// How a journey ends.
struct Landing {
  bool stopped = false;
  Filing filing;  ///< of those who were not
  Change change;
};

Landing land(State& state, const Month& month, Move& move) {
  People& people = state.people;
  const PersonId id = move.person;
  const Block block = luck(people, month, purpose::kJourney, id, move.place);
  const double chance = stopping_chance(month, move);
  const bool stopped = first_uniform(block) < chance;
  tell(people, month, id, event::JourneyEnded{people.place_of(id), move.place, chance, stopped});
  if (!stopped) {
    const Filing filing = draw_claim(state, month, move);
    return {.filing = filing, .change = take_up(people, move, filing)};
  }
  if (move.onward) return {.stopped = true, .filing = {}, .change = {}};
  return {.stopped = true, .filing = {}, .change = change_status(people, id, Status::kSettled)};
}

void arrive(State& state, const Month& month, const Move& move, const Landing& landing) {
  const PersonId id = move.person;
  const std::size_t destination = month.world.destination_of[move.place.index()];
  if (landing.stopped) {
    ++state.measures.count<"intercepted">(month.row(), destination);
    end_journey(state, move, Ending::kStopped);
    if (move.onward) {
      live_without_status(state, month, new_move(state.people, id, state.people.place_of(id)));
    } else {
      count_change(state, landing.change);
      report_residence(state.communities, move.community, 1);
    }
    return;
  }
  const PlaceId from = landing.change.from.place;
  if (move.onward) {
    report_presence(state.communities, move.community, month.world.destination_of[from.index()],
                    -1);
  }
  ++state.measures.count<"moves">(month.row(), from.index(), move.place.index());
  count_change(state, landing.change);
  report_presence(state.communities, move.community, destination, 1);
  file_claim(state, month, move, landing.filing);
}

}  // namespace

Move begin_move(const State& state, const Choice& choice) {
  const Alternative& chosen = choice.chosen;
  Move move = new_move(state.people, choice.occasion.person, chosen.place);
  move.occasion = choice.occasion.key;
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

Parting set_out(State& state, const Month& month, const Move& move, double money) {
  const bool first_debt = pay(state, month, move, money);
  begin_attempt(state.people, move.person);
  return {.change = change_status(state.people, move.person, Status::kTravelling),
          .first_debt = first_debt};
}

void see_off(State& state, const Month& month, Move move, const Parting& parting) {
  count_change(state, parting.change);
  if (move.channel == Channel::kBroker) credit_broker(state, month, move);
  if (parting.first_debt) state.debtors.push_back(move.person.value);
  const std::size_t destination = month.world.destination_of[move.place.index()];
  report_departure(state.communities, move.community, destination);
  if (!move.onward) {
    report_residence(state.communities, move.community, -1);
    move.departure = log_departure(state, month, move);
  }
  ++state.measures.count<"departures">(month.row(), destination, move.group.index());
  move.ready = month.index + static_cast<int>(month.parameters().get<"journey.travel">());
  state.travelling.push_back(move);
}

void depart(State& state, const Month& month, const Move& move, double money) {
  see_off(state, month, move, set_out(state, month, move, money));
}

namespace {

/// A choice that is to be filed: the move that it begins, if any.
struct Resolve {
  Move move;
  Change change;
};

Resolve resolve(State& state, const Month& month, const Choice& choice) {
  const Alternative& chosen = choice.chosen;
  const PersonId id = choice.occasion.person;
  if (chosen.intent == Intent::kGo && !chosen.resettled) {
    return {.move = prepare_move(state, month, choice),
            .change = change_status(state.people, id, Status::kCommitted)};
  }
  Resolve none{.move = new_move(state.people, id, chosen.place), .change = {}};
  if (chosen.intent == Intent::kReturnOrigin)
    none.change = change_status(state.people, id, Status::kReturnedOrigin);
  return none;
}

void file(State& state, const Month& month, const Choice& choice, const Resolve& resolved) {
  const Move& move = resolved.move;
  ++state.measures.decisions;
  ++state.measures.count<"considerations">(month.row(), move.group.index());
  if (choice.chosen.intent == Intent::kGo && choice.chosen.resettled) {
    // Who comes too late stays, and may consider again.
    if (take_quota(state, month, choice)) resettle(state, month, choice);
    return;
  }
  count_change(state, resolved.change);
  if (choice.chosen.intent == Intent::kReturnOrigin) report_return_to_origin(state, month, move);
  if (choice.chosen.intent != Intent::kGo) return;
  record_commitment(state, month, move);
  state.preparing.push_back(move);
  tell_commitment(state, month, move);
}

}  // namespace

void commit(State& state, const Month& month, std::span<const Choice> choices, ThreadTeam& team) {
  sweep_in_two(
      team, choices.size(),
      [&](std::size_t i) { state.people.prefetch(choices[i].occasion.person); },
      [&](std::size_t i) { return resolve(state, month, choices[i]); },
      [&](std::size_t i, const Resolve& resolved) { file(state, month, choices[i], resolved); });
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

namespace {

/// Month of the run from which somebody who is back may leave again.
int barred_until(const State& state, const Month& month, PersonId id) {
  const GroupId group = state.people.group_of(id);
  const PlaceId home = month.world.group(group).home;
  return month.index + static_cast<int>(month.levers(home, group).get<"passport_limit">());
}

}  // namespace

Change go_home(State& state, const Month& month, PersonId id) {
  const PlaceId home = month.world.group(state.people.group_of(id)).home;
  state.people.rows[id.index()].barred = static_cast<std::uint16_t>(barred_until(state, month, id));
  return change_standing(state.people, id, home, Status::kSettled);
}

void welcome_home(State& state, const Month& month, const Return& back) {
  count_change(state, back.change);
  const PlaceId from = back.change.from.place;
  const std::size_t destination = month.world.destination_of[from.index()];
  report_presence(state.communities, back.community, destination, -1);
  report_residence(state.communities, back.community, 1);
  ++state.measures.count<"moves">(month.row(), from.index(), back.change.to.place.index());
  if (back.removed) {
    ++state.measures.count<"removals">(month.row(), destination);
  } else {
    ++state.measures.count<"returns">(month.row(), destination);
  }
  if (is_watched(state.people, month, back.person))
    tell(state.people, month, back.person,
         event::CameHome{from, back.removed, barred_until(state, month, back.person)});
}

void bring_home(State& state, const Month& month, PersonId id, bool removed) {
  welcome_home(state, month,
               {.person = id,
                .community = state.people.community_of(id),
                .change = go_home(state, month, id),
                .removed = removed});
}

}  // namespace onward
