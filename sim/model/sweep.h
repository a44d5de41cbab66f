#pragma once

#include <span>
#include <vector>

#include "model/state.h"

/// Going through people who lie here and there in memory: whoever comes next is fetched while
/// others are dealt with. Changes no result.
namespace onward {

inline constexpr std::size_t kFetchAhead = 8;

/// Calls `act(thing)` for each thing in order, such as a move; `person_of(thing)` is the person.
template <class Thing, class PersonOf, class Act>
void sweep(const People& people, std::span<const Thing> things, PersonOf person_of, Act act) {
  for (std::size_t i = 0; i < things.size(); ++i) {
    if (i + kFetchAhead < things.size()) people.prefetch(person_of(things[i + kFetchAhead]));
    act(things[i]);
  }
}

/// The same for moves.
template <class Act>
void sweep(const People& people, const std::vector<Move>& moves, Act act) {
  sweep(
      people, std::span<const Move>(moves), [](const Move& move) { return move.person; }, act);
}

/// As `sift`; `fetch(person)` asks for what `keep` looks at.
template <class Fetch, class Keep>
void sift_fetched(std::vector<Move>& moves, Fetch fetch, Keep keep) {
  // Nothing before `next` has been moved out of its place yet when it is looked at.
  std::size_t next = 0;
  sift(moves, [&](Move& move) {
    if (next + kFetchAhead < moves.size()) fetch(moves[next + kFetchAhead].person);
    ++next;
    return keep(move);
  });
}

}  // namespace onward
