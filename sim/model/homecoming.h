#pragma once

#include "model/state.h"

/// Coming back from a destination to the place of settlement.
namespace onward {

/// Puts a person back into the place of settlement, from which nobody may leave again before the
/// passport limit of the month is over. Changes the person's own row alone; `welcome_home` has to
/// follow.
Change go_home(State& state, const Month& month, PersonId id);

/// A person who was removed from a destination, or left it, and is back.
struct Return {
  PersonId person{};
  CommunityId community{};
  Change change;
  bool removed = false;
};

/// Counts the return and lets the community know of it.
void welcome_home(State& state, const Month& month, const Return& back);

}  // namespace onward
