#pragma once

#include "model/state.h"

/// Coming back from a destination to the place of settlement.
namespace onward {

/// Puts a person back into the place of settlement, from which nobody may leave again before the
/// passport limit of the month is over. Changes the person's own row alone; `report_return` and
/// `book_return` have to follow.
Change go_home(State& state, const Month& month, PersonId id);

/// A person who was removed from a destination, or left it, and is back.
struct Return {
  PersonId person{};
  CommunityId community{};
  Change change;
  bool removed = false;
};

/// The community knows of the return.
void report_return(Communities& communities, const Month& month, const Return& back);

/// Counts the return. Leaves the communities alone.
void book_return(State& state, const Month& month, const Return& back);

}  // namespace onward
