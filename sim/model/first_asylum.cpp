#include "model/first_asylum.h"

#include <algorithm>

#include "core/distributions.h"
#include "model/purpose.h"
#include "model/sweep.h"
#include "model/witness.h"

namespace onward {

namespace {

/// Enters `spell` for month `when`, unless that lies after the run.
void note(std::vector<std::vector<Spell>>& calendar, std::size_t when, Spell spell) {
  if (when < calendar.size()) calendar[when].push_back(spell);
}

/// Someone already on the way is out of reach.
bool in_hiding(const People& people, PersonId id, const World& world) {
  const Status status = people.rows[id.index()].status;
  return (status == Status::kSettled || status == Status::kCommitted) &&
         people.place_of(id) == world.group(people.group_of(id)).home;
}

void send_back(State& state, const Month& month, Spell spell) {
  const PersonId id{spell.person};
  const People& people = state.people;
  if (!in_hiding(people, id, month.world)) return;
  set_standing(state, id, people.place_of(id), Status::kReturnedOrigin);
  report_residence(state.communities, people.community_of(id), -1);
  tell(people, month, id, event::SentBack{});
  ++state.measures.count<"refoulements">(month.row(), people.group_of(id).index());
  const Block block = draw(month.key, people.entity_of(id), purpose::kCapture, spell.number, 1);
  const Parameters& parameters = month.parameters();
  if (first_uniform(block) >= parameters.get<"first_asylum.retry">()) return;
  const double captivity =
      parameters.get<"first_asylum.captivity">() * exponential(second_uniform(block));
  const auto when = month.row() + 1 + static_cast<std::size_t>(captivity);
  note(state.first_asylum.flights, when, spell);
}

void flee_again(State& state, const Month& month, Spell spell) {
  const PersonId id{spell.person};
  set_standing(state, id, state.people.place_of(id), Status::kSettled);
  report_residence(state.communities, state.people.community_of(id), 1);
  tell(state.people, month, id, event::FledAgain{});
  ++state.measures.count<"new_flights">(month.row(), state.people.group_of(id).index());
  ++spell.number;
  hide(state, month.world, month.key, spell, month.index + 1);
}

/// Position from `first` on of the first of ascending numbers that is at least `least`; their count
/// if none is. Without branches, as nothing tells beforehand which it is.
std::size_t first_reaching(const std::vector<double>& numbers, std::size_t first, double least) {
  for (std::size_t count = numbers.size() - first; count > 0;) {
    const std::size_t half = count / 2;
    const bool is_below = numbers[first + half] < least;
    first += is_below ? half + 1 : 0;
    count = is_below ? count - half - 1 : half;
  }
  return first;
}

}  // namespace

bool is_hunted(const World& world, GroupId group) {
  return world.refoulement[group.index()].back() > 0.0;
}

void hide(State& state, const World& world, RunKey key, Spell spell, int month) {
  const PersonId id{spell.person};
  if (!is_hunted(world, state.people.group_of(id))) return;
  const std::vector<double>& hazard = world.refoulement[state.people.group_of(id).index()];
  const auto from = static_cast<std::size_t>(std::max(month, 0));
  if (from + 1 >= hazard.size()) return;
  const double luck =
      exponential(draw_uniform(key, state.people.entity_of(id), purpose::kCapture, spell.number));
  const std::size_t reached = first_reaching(hazard, from + 1, hazard[from] + luck);
  note(state.first_asylum.captures, reached - 1, spell);
}

void live_in_first_asylum(State& state, const Month& month) {
  const std::vector<Spell> found = std::move(state.first_asylum.captures[month.row()]);
  const std::vector<Spell> flights = std::move(state.first_asylum.flights[month.row()]);
  visit_fetched(
      {0, found.size()}, kFetchAhead,
      [&](std::size_t i) { state.people.prefetch(PersonId{found[i].person}); },
      [&](std::size_t i) { send_back(state, month, found[i]); });
  for (const Spell spell : flights) flee_again(state, month, spell);
}

}  // namespace onward
