#include "model/commitment.h"

#include <algorithm>

#include "core/distributions.h"
#include "core/lanes.h"
#include "model/journey.h"
#include "model/life.h"
#include "model/purpose.h"
#include "model/resettlement.h"
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
  return broker.active && broker.generation == move.generation &&
         broker.offers[product_of(destination_of(month, move), move.story)] != 0;
}

/// Chance of protection that a committed person believes in today.
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

/// Uses up a slot of the broker, if one is needed. False if there is none left this month.
bool takes_slot(State& state, const Month& month, const Move& move) {
  if (move.channel != Channel::kBroker ||
      month.world.scenario.interaction.brokers == ChannelMode::kHeld)
    return true;
  double& room = state.brokers.slots[move.broker].room;
  if (room < 1.0) return false;
  room -= 1.0;
  return true;
}

/// A person has left the country of settlement for the country of origin, and the model.
void report_return_to_origin(State& state, const Month& month, const Move& move) {
  report_residence(state.communities, move.community, -1);
  ++state.measures.count<"origin_returns">(month.row(), move.group.index());
  tell(state.people, month, move.person, event::LeftForOrigin{});
}

void record_commitment(State& state, const Month& month, const Move& move) {
  ++state.measures.count<"commitments">(month.row(), destination_of(month, move),
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
  bool gone = false;   ///< was found in first asylum before leaving
  bool again = false;  ///< chooses again
  Intent intent = Intent::kGo;
  bool elsewhere = false;  ///< goes somewhere else than before
  Change change;           ///< of who gives up leaving
};

/// Lets a committed person choose again with the errors of the first time.
SecondThoughts choose_again(State& state, const Month& month, Move& move) {
  tell_reopening(state, month, move);
  const Consideration occasion{.person = move.person,
                               .key = move.occasion,
                               .sunk = month.parameters().get<"commitment.sunk">()};
  const Choice choice = choose(state, month, occasion);
  SecondThoughts thoughts{.again = true, .intent = choice.chosen.intent, .change = {}};
  if (thoughts.intent == Intent::kStay)
    thoughts.change = change_status(state.people, move.person, Status::kSettled);
  if (thoughts.intent == Intent::kReturnOrigin)
    thoughts.change = change_status(state.people, move.person, Status::kReturnedOrigin);
  if (thoughts.intent != Intent::kGo) return thoughts;
  const int ready = move.ready;
  thoughts.elsewhere = choice.chosen.place != move.place;
  move = prepare_move(state, month, choice);
  if (!thoughts.elsewhere) move.ready = ready;
  return thoughts;
}

SecondThoughts think_again(State& state, const Month& month, Move& move) {
  if (state.people.rows[move.person.index()].status != Status::kCommitted)
    return {.gone = true, .change = {}};
  if (must_choose_again(state, month, move)) return choose_again(state, month, move);
  return {};
}

/// Does as second thoughts told. False if the person gives up leaving.
bool reopen(State& state, const Month& month, const Move& move, const SecondThoughts& thoughts) {
  ++state.measures.count<"reopened">(month.row(), move.group.index());
  ++state.measures.decisions;
  if (thoughts.intent != Intent::kGo) {
    count_change(state, thoughts.change);
    if (thoughts.intent == Intent::kReturnOrigin) report_return_to_origin(state, month, move);
    return false;
  }
  if (thoughts.elsewhere) record_commitment(state, month, move);
  tell_commitment(state, month, move);
  return true;
}

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

/// Lets the committed think again, in order, and counts by broker's slot those who want to leave
/// now. Returns those who do; they are listed as travellers and no longer as preparing.
std::span<Move> take_leave(State& state, const Month& month, ThreadTeam& team,
                           std::vector<double>& waiting) {
  const std::size_t before = state.travelling.size();
  const auto fetch = [&](const Move& move) { state.people.prefetch(move.person); };
  const auto foresee = [&](Move& move) { return think_again(state, month, move); };
  const auto keep = [&](const Move& move, const SecondThoughts& thoughts) {
    if (thoughts.gone) return false;
    if (thoughts.again && !reopen(state, month, move, thoughts)) return false;
    if (move.ready > month.index) return true;
    if (move.channel == Channel::kBroker) waiting[move.broker] += 1.0;
    if (!takes_slot(state, month, move)) {
      tell(state.people, month, move.person, event::NoRoom{move.broker});
      return true;
    }
    state.travelling.push_back(move);
    return false;
  };
  sift_in_two(team, state.preparing, fetch, foresee, keep);
  return std::span(state.travelling).subspan(before);
}

/// Savings on arrival of up to kFewLanes people, drawn together.
FewDoubles savings_on_arrival(const People& people, const Month& month,
                              std::span<const Move> moves) {
  LaneBlocks blocks{};
  FewDoubles median{};
  FewDoubles spread{};
  for (std::size_t i = 0; i < moves.size(); ++i) {
    const Group& group = month.world.group(people.group_of(moves[i].person));
    blocks.ask(i, people.entity_of(moves[i].person), purpose::kSavings, 0, 0);
    median[i] = group.savings;
    spread[i] = group.savings_spread;
  }
  draw_few_in_place(month.key, blocks);
  return log_normal_lanes(median, spread, blocks);
}

/// Works out the savings of up to kFewLanes people.
void list_savings(const People& people, const Month& month, std::span<const Move> moves,
                  double* money) {
  const FewDoubles on_arrival = savings_on_arrival(people, month, moves);
  for (std::size_t i = 0; i < moves.size(); ++i)
    money[i] = savings(people, moves[i].person, month, on_arrival[i]);
}

/// Savings of those who leave now, a few at a time.
Column<double> savings_of(const People& people, const Month& month, std::span<const Move> moves,
                          ThreadTeam& team) {
  Column<double> money(moves.size());
  const auto work = [&](std::size_t chunk) {
    const IndexRange range = chunk_range(chunk, kCasesPerChunk, moves.size());
    for (std::size_t i = range.begin; i < range.end; i += kFewLanes)
      list_savings(people, month, moves.subspan(i, std::min(kFewLanes, range.end - i)), &money[i]);
  };
  team.for_each_chunk(chunk_count(moves.size(), kCasesPerChunk), std::cref(work));
  return money;
}

}  // namespace

void commit(State& state, const Month& month, std::span<const Choice> choices, ThreadTeam& team) {
  sweep_in_two(
      team, choices.size(),
      [&](std::size_t i) { state.people.prefetch(choices[i].occasion.person); },
      [&](std::size_t i) { return resolve(state, month, choices[i]); },
      strand([&](std::size_t i, const Resolve& resolved) {
        file(state, month, choices[i], resolved);
      }));
}

void prepare(State& state, const Month& month, ThreadTeam& team) {
  std::vector<double> waiting(state.brokers.slots.size(), 0.0);
  const std::span<Move> leavers = take_leave(state, month, team, waiting);
  const Column<double> money = savings_of(state.people, month, leavers, team);
  Communities& communities = state.communities;
  const auto report = strand(
      [&](std::size_t i) {
        prefetch_ties(communities, communities.tied_departures, leavers[i].community,
                      destination_of(month, leavers[i]));
      },
      [&](std::size_t i, const Parting&) { report_parting(communities, month, leavers[i]); });
  const auto book = strand([&](std::size_t i, const Parting& parting) {
    book_parting(state, month, leavers[i], parting);
  });
  sweep_in_two(
      team, leavers.size(), [&](std::size_t i) { state.people.prefetch(leavers[i].person); },
      [&](std::size_t i) { return set_out(state, month, leavers[i], money[i]); }, report, book);
  for (std::size_t slot = 0; slot < waiting.size(); ++slot) {
    Broker& broker = state.brokers.slots[slot];
    broker.demand =
        month.world.buzz_kept * broker.demand + (1.0 - month.world.buzz_kept) * waiting[slot];
  }
}

}  // namespace onward
