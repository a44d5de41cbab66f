#include "model/commitment.h"

#include <algorithm>
#include <optional>

#include "core/distributions.h"
#include "core/lanes.h"
#include "core/look_through.h"
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
  const double belief = personal_belief(state, month, move.community, move.place, move.refused);
  return move.channel == Channel::kBroker
             ? offered_belief(state, month, move.community, belief, move.story)
             : belief;
}

/// Whether news since the choice makes the committed person choose again.
bool must_choose_again(const State& state, const Month& month, const Move& move) {
  if (!broker_is_there(state, month, move)) return true;
  return move.belief - believed_now(state, month, move) >
         month.parameters().get<"commitment.reopening">();
}

/// Uses up a slot of the broker, if one is needed. False if there is none left this month.
bool takes_slot(State& state, const Month& month, std::uint16_t broker) {
  if (broker == kNoBroker || month.world.scenario.interaction.brokers == ChannelMode::kHeld)
    return true;
  double& room = state.brokers.slots[broker].room;
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

/// What a committed person does this month. Most only wait.
struct SecondThoughts {
  bool gone = false;   ///< was found in first asylum before leaving
  bool again = false;  ///< chooses again
  Intent intent = Intent::kGo;
  bool elsewhere = false;            ///< goes somewhere else than before
  bool ready = false;                ///< wants to leave now
  std::uint16_t broker = kNoBroker;  ///< with whom
  Change change;                     ///< of who gives up leaving
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
  if (is_hunted(month.world, move.group) &&
      state.people.rows[move.person.index()].status != Status::kCommitted)
    return {.gone = true, .change = {}};
  SecondThoughts thoughts{.change = {}};
  if (must_choose_again(state, month, move)) thoughts = choose_again(state, month, move);
  thoughts.ready = move.ready <= month.index;
  thoughts.broker = move.broker;
  return thoughts;
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

/// Whether the choice begins a move that is to be prepared.
bool begins_move(const Choice& choice) {
  return choice.chosen.intent == Intent::kGo && !choice.chosen.resettled;
}

/// A choice that is to be filed: the move that it begins, if any.
struct Resolve {
  Move move;
  Change change;
};

Resolve resolve(State& state, const Month& month, const Choice& choice) {
  const Alternative& chosen = choice.chosen;
  const PersonId id = choice.occasion.person;
  if (begins_move(choice)) {
    return {.move = prepare_move(state, month, choice),
            .change = change_status(state.people, id, Status::kCommitted)};
  }
  Resolve none{.move = new_move(state.people, id, chosen.place), .change = {}};
  if (chosen.intent == Intent::kReturnOrigin)
    none.change = change_status(state.people, id, Status::kReturnedOrigin);
  return none;
}

/// Counts a choice and does as it says, but for the list of those who prepare.
void book_choice(State& state, const Month& month, const Choice& choice, const Resolve& resolved) {
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
  tell_commitment(state, month, move);
}

/// Second thoughts from which something follows, of who is at a position among those who prepare.
struct Reconsidered {
  std::uint32_t position = 0;
  SecondThoughts thoughts;
};

/// Calls `then(reconsidered)`, in order, for all who do more than wait.
template <class Then>
void reconsider(State& state, const Month& month, ThreadTeam& team, Then then) {
  Moves& preparing = state.preparing;
  // Of those who only wait, the move says enough.
  const auto fetch = [&](std::size_t i) {
    fetch_line(row_of(state.signals.belief, preparing[i].community.index()) +
               destination_of(month, preparing[i]));
    if (is_hunted(month.world, preparing[i].group)) state.people.prefetch_row(preparing[i].person);
  };
  const auto look = [&](std::size_t i) -> std::optional<Reconsidered> {
    const SecondThoughts thoughts = think_again(state, month, preparing[i]);
    if (!thoughts.gone && !thoughts.again && !thoughts.ready) return {};
    return Reconsidered{static_cast<std::uint32_t>(i), thoughts};
  };
  look_through(team, preparing.size(), fetch, look, then);
}

/// Positions, among those who prepare, of those who leave now, and of all who prepare no longer.
struct Leaving {
  std::vector<std::uint32_t> now;
  std::vector<std::uint32_t> gone;
};

/// Lets the committed think again and counts by broker's slot those who want to leave now.
Leaving take_leave(State& state, const Month& month, ThreadTeam& team,
                   std::vector<double>& waiting) {
  const auto leaves = [&](const Move& move, const SecondThoughts& thoughts) {
    if (thoughts.broker != kNoBroker) waiting[thoughts.broker] += 1.0;
    if (takes_slot(state, month, thoughts.broker)) return true;
    if (month.witness != nullptr)
      tell(state.people, month, move.person, event::NoRoom{thoughts.broker});
    return false;
  };
  Leaving leaving;
  reconsider(state, month, team, [&](const Reconsidered& who) {
    const SecondThoughts& thoughts = who.thoughts;
    const Move& move = state.preparing[who.position];
    const bool gives_up =
        thoughts.gone || (thoughts.again && !reopen(state, month, move, thoughts));
    const bool leaves_now = !gives_up && thoughts.ready && leaves(move, thoughts);
    if (leaves_now) leaving.now.push_back(who.position);
    if (leaves_now || gives_up) leaving.gone.push_back(who.position);
  });
  return leaving;
}

/// Lists those who leave now as travellers.
std::span<Move> list_travellers(State& state, ThreadTeam& team,
                                std::span<const std::uint32_t> leaving) {
  const std::size_t before = state.travelling.size();
  const std::size_t after = before + leaving.size();
  // More room than it takes, as the next month's are often a few more.
  if (after > state.travelling.capacity()) state.travelling.reserve(after + after / 2);
  state.travelling.resize(after);
  const auto copy = [&](std::size_t chunk) {
    const IndexRange range = chunk_range(chunk, kCasesPerBatch, leaving.size());
    for (std::size_t i = range.begin; i < range.end; ++i)
      state.travelling[before + i] = state.preparing[leaving[i]];
  };
  team.for_each_chunk(chunk_count(leaving.size(), kCasesPerBatch), std::cref(copy));
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

/// Savings of those who leave now, a few at a time. Beside it those who are gone are taken out of
/// the list of those who prepare.
Column<double> savings_of(State& state, const Month& month, std::span<const Move> moves,
                          std::span<const std::uint32_t> gone, ThreadTeam& team) {
  Column<double> money(moves.size());
  const auto work = [&](std::size_t chunk) {
    if (chunk == 0) return drop(state.preparing, gone);
    const IndexRange range = chunk_range(chunk - 1, kCasesPerChunk, moves.size());
    const std::span<const Move> some = moves.subspan(range.begin, range.end - range.begin);
    const auto few = [&](std::size_t k) {
      const IndexRange part = chunk_range(k, kFewLanes, some.size());
      return some.subspan(part.begin, part.end - part.begin);
    };
    visit_fetched(
        {0, chunk_count(some.size(), kFewLanes)}, 1,
        [&](std::size_t k) {
          for (const Move& move : few(k)) state.people.prefetch(move.person);
        },
        [&](std::size_t k) {
          list_savings(state.people, month, few(k), &money[range.begin + k * kFewLanes]);
        });
  };
  team.for_each_chunk(1 + chunk_count(moves.size(), kCasesPerChunk), std::cref(work));
  return money;
}

}  // namespace

void commit(State& state, const Month& month, std::span<const Choice> choices, ThreadTeam& team) {
  const auto list = strand([&](std::size_t i, const Resolve& resolved) {
    if (begins_move(choices[i])) state.preparing.push_back(resolved.move);
  });
  const auto book = strand([&](std::size_t i, const Resolve& resolved) {
    book_choice(state, month, choices[i], resolved);
  });
  sweep_in_two(
      team, choices.size(),
      [&](std::size_t i) { state.people.prefetch(choices[i].occasion.person); },
      [&](std::size_t i) { return resolve(state, month, choices[i]); }, list, book);
}

void prepare(State& state, const Month& month, ThreadTeam& team) {
  std::vector<double> waiting(state.brokers.slots.size(), 0.0);
  const Leaving leaving = take_leave(state, month, team, waiting);
  const std::span<Move> leavers = list_travellers(state, team, leaving.now);
  const Column<double> money = savings_of(state, month, leavers, leaving.gone, team);
  Communities& communities = state.communities;
  const auto report = strand(
      [&](std::size_t i, const Parting*) { prefetch_parting(communities, month, leavers[i]); },
      [&](std::size_t i, const Parting&) { report_parting(communities, month, leavers[i]); });
  const auto report_to_ties =
      strand([&](std::size_t i,
                 const Parting*) { prefetch_parting_of_ties(communities, month, leavers[i]); },
             [&](std::size_t i, const Parting&) {
               report_parting_to_ties(communities, month, leavers[i]);
             });
  const auto book = strand([&](std::size_t i, const Parting& parting) {
    book_parting(state, month, leavers[i], parting);
  });
  sweep_in_two(
      team, leavers.size(), [&](std::size_t i) { state.people.prefetch(leavers[i].person); },
      [&](std::size_t i) { return set_out(state, month, leavers[i], money[i]); }, report_to_ties,
      report, book);
  for (std::size_t slot = 0; slot < waiting.size(); ++slot) {
    Broker& broker = state.brokers.slots[slot];
    broker.demand =
        month.world.buzz_kept * broker.demand + (1.0 - month.world.buzz_kept) * waiting[slot];
  }
}

}  // namespace onward
