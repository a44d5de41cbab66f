#include "model/homecoming.h"

#include "model/witness.h"

namespace onward {

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

void report_return(Communities& communities, const Month& month, const Return& back) {
  const PlaceId from = back.change.from.place;
  report_presence(communities, back.community, month.world.destination_of[from.index()], -1);
  report_residence(communities, back.community, 1);
}

void book_return(State& state, const Month& month, const Return& back) {
  count_change(state, back.change);
  const PlaceId from = back.change.from.place;
  const std::size_t destination = month.world.destination_of[from.index()];
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

}  // namespace onward
