#include "engine/attention.h"

#include <functional>

#include "core/elementary.h"
#include "core/vectorise.h"
#include "model/witness.h"

namespace onward {

namespace {

void tell_attention(const State& state, const Month& month, PersonId id, double shared) {
  if (!is_watched(state.people, month, id)) return;
  tell(state.people, month, id,
       event::Attention{.own = personal_hazard(state, month, id, 0.0),
                        .shared = restlessness(state.people, id, month.parameters()) * shared});
}

/// Talk of one mover among a hundred members, of sure protection: where reinforcement changes
/// nothing.
constexpr double kUnitTalk = 0.01;

/// Talk as it draws attention: reinforced talk counts for more than its sum.
ONWARD_VECTORISED void reinforce(std::vector<double>& talk, double power) {
  if (power == 1.0) return;
  double* all = talk.data();
  const std::size_t count = talk.size();
  for (std::size_t c = 0; c < count; ++c) {
    const double some = all[c] > 0.0 ? all[c] : kUnitTalk;  // of which there is a logarithm
    const double more = kUnitTalk * exact_exp(power * exact_log(some / kUnitTalk));
    all[c] = all[c] > 0.0 ? more : all[c];
  }
}

/// Departures that the communities of a range talk of, by the belief in protection where they went.
ONWARD_VECTORISED void find_heat(const State& state, IndexRange range, double* heat) {
  const auto destinations = static_cast<std::size_t>(state.signals.buzz.cols());
  const double* buzz = state.signals.buzz.data();
  const double* belief = state.signals.belief.data();
  for (std::size_t c = range.begin; c < range.end; ++c) {
    if (state.communities.joined[c] == 0) continue;
    double sum = 0.0;
    for (std::size_t i = c * destinations; i < (c + 1) * destinations; ++i)
      sum += buzz[i] * belief[i];
    heat[c] = sum;
  }
}

/// The same of all communities, 0 of those that have not opened.
std::vector<double> heat(const State& state, ThreadTeam& team) {
  constexpr std::size_t kPerChunk = 512;
  std::vector<double> all(state.communities.size(), 0.0);
  const auto work = [&](std::size_t chunk) {
    find_heat(state, chunk_range(chunk, kPerChunk, all.size()), all.data());
  };
  team.for_each_chunk(chunk_count(all.size(), kPerChunk), std::cref(work));
  return all;
}

}  // namespace

std::vector<double> shared_hazards(const State& state, const Month& month, ThreadTeam& team) {
  const double contagion = month.parameters().get<"attention.contagion">();
  const double recruiting = month.parameters().get<"attention.recruiting">();
  std::vector<double> hazards = heat(state, team);
  reinforce(hazards, month.parameters().get<"attention.reinforcement">());
  const std::vector<double> pressures = recruiting_pressures(state);
  for (std::size_t c = 0; c < hazards.size(); ++c) {
    if (state.communities.joined[c] == 0) continue;
    hazards[c] = contagion * hazards[c] + recruiting * pressures[c];
  }
  return hazards;
}

std::vector<Consideration> attend(const State& state, const Month& month,
                                  AttentionCalendar& calendar, ThreadTeam& team) {
  const std::vector<double> shared = shared_hazards(state, month, team);
  calendar.open(state, month, shared, team);
  const Column<Candidate> accepted =
      accept(state, month, calendar.of_month(month.index), shared, team);
  std::vector<Consideration> occasions;
  occasions.reserve(accepted.size());
  for (const Candidate& candidate : accepted) {
    const PersonId id = candidate.person;
    if (!occasions.empty() && occasions.back().person == id) continue;
    occasions.push_back({.person = id, .key = static_cast<std::uint32_t>(month.index)});
    tell_attention(state, month, id, shared[candidate.community]);
  }
  return occasions;
}

}  // namespace onward
