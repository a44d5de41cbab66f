#pragma once

#include "model/procedure.h"
#include "support/small_world.h"

/// Cases before the small world's destinations, for tests of the procedure.
namespace onward::small {

inline constexpr std::size_t kRecognised = static_cast<std::size_t>(Outcome::kRecognised);
inline constexpr std::size_t kOther = static_cast<std::size_t>(Outcome::kOther);
inline constexpr std::size_t kRejected = static_cast<std::size_t>(Outcome::kRejected);
inline constexpr std::size_t kClosed = static_cast<std::size_t>(Outcome::kClosed);

inline Move move_of(std::size_t person, PlaceId place = kAlpha) {
  return {.person = PersonId{person}, .place = place};
}

/// A world of `people` in which the refused stay where they are.
inline Scenario court(std::size_t people) {
  Scenario s = scenario(static_cast<int>(people));
  s.parameters.set<"procedure.after_refusal_stay">(50.0);
  return s;
}

/// Gives everyone these traits and no others.
inline void set_traits(State& state, std::initializer_list<Trait> traits) {
  std::uint16_t all = 0;
  for (const Trait trait : traits)
    all = static_cast<std::uint16_t>(all | static_cast<std::uint16_t>(trait));
  for (Person& person : state.people.rows) person.traits = all;
}

/// Files a case of a person.
inline void file_case(State& state, std::size_t person, Move move) {
  move.person = PersonId{person};
  move.community = state.people.community_of(move.person);
  set_standing(state, move.person, move.place, Status::kPending);
  state.pending.file(move);
}

/// Files a ready case of each of the first `n` people, in their order.
inline void file_ready_cases(State& state, std::size_t n, const Move& like = move_of(0)) {
  for (std::size_t i = 0; i < n; ++i) file_case(state, i, like);
}

inline std::size_t decided(State& state, std::size_t outcome, std::size_t month = 0) {
  return static_cast<std::size_t>(state.measures.count<"decisions">(month, 0, 0, outcome));
}

/// Decides one case of each person under the same levers and says how many were protected.
inline std::size_t protected_of(Stage& stage, std::size_t n, const Move& like = move_of(0)) {
  file_ready_cases(stage.state, n, like);
  adjudicate(stage.state, stage.month(0));
  return decided(stage.state, kRecognised) + decided(stage.state, kOther);
}

}  // namespace onward::small
