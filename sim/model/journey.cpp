#include "model/journey.h"

#include <algorithm>

#include "core/distributions.h"
#include "model/claim.h"
#include "model/irregular_stay.h"
#include "model/life.h"
#include "model/purpose.h"
#include "model/sweep.h"
#include "model/witness.h"

namespace onward {

namespace {

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
  Person& person = state.people.rows[move.person.index()];
  const double own = std::min(cost, money);
  person.spent += static_cast<float>(own);
  const double owed =
      own >= cost ? 0.0 : (cost - own) * (1.0 + month.parameters().get<"broker.credit_cost">());
  tell(state.people, month, move.person,
       event::Departed{state.people.place_of(move.person), move.place, move.broker, cost, own,
                       owed});
  if (own >= cost) return false;
  const bool first = person.debt == 0.0f;
  person.debt += static_cast<float>(owed);
  return first;
}

/// The broker takes the price.
void credit_broker(State& state, const Month& month, const Move& move) {
  Broker& broker = state.brokers.slots[move.broker];
  broker.margin += broker.price;
  state.brokers.takings[product_of(destination_of(month, move), move.story)] += broker.price;
  ++state.measures.count<"broker_clients">(month.row(), move.broker);
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
  move.refused = state.people.was_refused(move.person, move.place);
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

void report_parting_to_ties(Communities& communities, const Month& month, const Move& move) {
  report_departure_to_ties(communities, move.community, destination_of(month, move));
}

void prefetch_parting(const Communities& communities, const Month& month, const Move& move) {
  prefetch_own(communities.departures, move.community, destination_of(month, move));
}

void prefetch_parting_of_ties(const Communities& communities, const Month& month,
                              const Move& move) {
  prefetch_tied(communities, communities.tied_departures, move.community,
                destination_of(month, move));
}

void report_parting(Communities& communities, const Month& month, const Move& move) {
  report_departure(communities, move.community, destination_of(month, move));
  if (!move.onward) report_residence(communities, move.community, -1);
}

void book_parting(State& state, const Month& month, Move& move, const Parting& parting) {
  count_change(state, parting.change);
  if (move.channel == Channel::kBroker) credit_broker(state, month, move);
  if (parting.first_debt) state.debtors.push_back(move.person.value);
  if (!move.onward) move.departure = log_departure(state, month, move);
  ++state.measures.count<"departures">(month.row(), destination_of(month, move),
                                       move.group.index());
  move.ready = month.index + static_cast<int>(month.parameters().get<"journey.travel">());
}

void depart(State& state, const Month& month, const Move& move, double money) {
  const Parting parting = set_out(state, month, move, money);
  report_parting(state.communities, month, move);
  report_parting_to_ties(state.communities, month, move);
  state.travelling.push_back(move);
  book_parting(state, month, state.travelling.back(), parting);
}

namespace {

/// Chance of being stopped, by interception or by visa rules, which brokers may get people past.
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

/// The community knows who has arrived, and who is back.
void report_landing(Communities& communities, const Month& month, const Move& move,
                    const Landing& landing) {
  if (landing.stopped) {
    if (!move.onward) report_residence(communities, move.community, 1);
    return;
  }
  if (move.onward) {
    const PlaceId from = landing.change.from.place;
    report_presence(communities, move.community, month.world.destination_of[from.index()], -1);
  }
  report_presence(communities, move.community, destination_of(month, move), 1);
}

/// Counts the arrival and the claim, or lists the stay.
void book_landing(State& state, const Month& month, const Move& move, const Landing& landing) {
  if (!landing.stopped) {
    ++state.measures.count<"moves">(month.row(), landing.change.from.place.index(),
                                    move.place.index());
    count_change(state, landing.change);
    return book_claim(state, month, move, landing.filing);
  }
  const PersonId id = move.person;
  ++state.measures.count<"intercepted">(month.row(), destination_of(month, move));
  end_journey(state, move, Ending::kStopped);
  if (!move.onward) return count_change(state, landing.change);
  live_without_status(state, month, new_move(state.people, id, state.people.place_of(id)));
}

}  // namespace

void travel(State& state, const Month& month, ThreadTeam& team) {
  const auto begin = state.travelling.begin();
  const auto end = std::stable_partition(
      begin, state.travelling.end(), [&](const Move& move) { return move.ready <= month.index; });
  Communities& communities = state.communities;
  const auto report = strand(
      [&](const Move& move, const Landing* landing) {
        if (landing != nullptr && landing->stopped) return;
        const std::size_t destination = destination_of(month, move);
        prefetch_own(communities.abroad, move.community, destination);
        prefetch_tied(communities, communities.tied_abroad, move.community, destination);
      },
      [&](const Move& move, const Landing& landing) {
        report_landing(communities, month, move, landing);
      });
  const auto book = strand(
      [&](const Move& move, const Landing& landing) { book_landing(state, month, move, landing); });
  const auto file = strand([&](const Move& move, const Landing& landing) {
    if (!landing.stopped && landing.filing.claims) state.pending.file(move);
  });
  sweep_in_two(
      state.people, team, std::span(begin, end),
      [&](Move& move) { return land(state, month, move); }, report, book, file);
  state.travelling.erase(begin, end);
}

}  // namespace onward
