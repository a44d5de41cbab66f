#include "model/departures.h"

#include "model/state.h"

namespace onward {

std::uint32_t log_departure(State& state, const Month& month, const Move& move) {
  if (!month.log_departures) return kNoDeparture;
  state.departures.push_back({.person = move.person, .month = month.index, .place = move.place});
  return static_cast<std::uint32_t>(state.departures.size() - 1);
}

void end_journey(State& state, const Move& move, Ending ending) {
  if (move.departure != kNoDeparture) state.departures[move.departure].ending = ending;
}

}  // namespace onward
