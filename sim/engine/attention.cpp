#include "engine/attention.h"

#include <algorithm>
#include <array>

#include "core/distributions.h"
#include "core/fetching.h"
#include "core/vectorise.h"
#include "model/life.h"
#include "model/witness.h"

namespace onward {

namespace {

constexpr std::size_t kCandidatesPerChunk = 1024;
constexpr std::size_t kAhead = 16;  ///< candidates whose people are fetched while others are seen

double hazard_under(double push, const State& state, const Month& month, PersonId id,
                    double shared) {
  const double restless = restlessness(state.people, id, month.parameters());
  const double alone = month.parameters().get<"attention.base">() * push;
  return restless * (alone + contact(state.people, id, month.parameters()) * shared);
}

double personal_hazard(const State& state, const Month& month, PersonId id, double shared) {
  if (!is_adult(state.people, id, month)) return 0.0;
  return hazard_under(push(state.people, id, month), state, month, id, shared);
}

bool is_accepted(const Candidate& candidate, const State& state, const Month& month,
                 double shared) {
  const PersonId id = candidate.person;
  const auto is_under = [&](double push) {
    return candidate.height < hazard_under(push, state, month, id, shared);
  };
  if (!is_adult(state.people, id, month)) return false;
  const std::array<double, 2> pushes = push_by_discrimination(state.people, id, month);
  const bool if_not_felt = is_under(pushes[0]);
  if (!month.world.needs.push_discrimination || if_not_felt == is_under(pushes[1]))
    return if_not_felt;
  // Only now does it matter what the person felt, which takes draws to know.
  return felt_discrimination(state.people, id, month) != if_not_felt;
}

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

/// Departures that each community talks of, by the belief in protection where they went.
ONWARD_VECTORISED std::vector<double> heat(const State& state) {
  const auto destinations = static_cast<std::size_t>(state.signals.buzz.cols());
  const double* buzz = state.signals.buzz.data();
  const double* belief = state.signals.belief.data();
  std::vector<double> all(state.communities.size(), 0.0);
  for (std::size_t c = 0; c < all.size(); ++c) {
    if (state.communities.joined[c] == 0) continue;
    double sum = 0.0;
    for (std::size_t i = c * destinations; i < (c + 1) * destinations; ++i)
      sum += buzz[i] * belief[i];
    all[c] = sum;
  }
  return all;
}

}  // namespace

bool is_adult(const People& people, PersonId id, const Month& month) {
  return age_months(people, id, month) >= 12.0 * month.parameters().get<"attention.adult_age">();
}

std::vector<double> shared_hazards(const State& state, const Month& month) {
  const double contagion = month.parameters().get<"attention.contagion">();
  const double recruiting = month.parameters().get<"attention.recruiting">();
  std::vector<double> hazards = heat(state);
  reinforce(hazards, month.parameters().get<"attention.reinforcement">());
  const std::vector<double> pressures = recruiting_pressures(state);
  for (std::size_t c = 0; c < hazards.size(); ++c) {
    if (state.communities.joined[c] == 0) continue;
    hazards[c] = contagion * hazards[c] + recruiting * pressures[c];
  }
  return hazards;
}

namespace {

/// Whether the person is there to consider moving, and the candidate accepted.
bool draws_attention(const Candidate& candidate, const State& state, const Month& month,
                     double shared) {
  const Person& person = state.people.rows[candidate.person.index()];
  return person.status == Status::kSettled && person.barred <= month.index &&
         is_accepted(candidate, state, month, shared);
}

/// Lists the candidates of a range that are not too high for anybody of their community, without
/// looking at people and without branches, as nothing tells beforehand which they are.
std::span<const std::size_t> list_low(std::span<const Candidate> candidates, IndexRange range,
                                      double alone, const std::vector<double>& shared,
                                      std::array<std::size_t, kCandidatesPerChunk>& low) {
  std::size_t count = 0;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    low[count] = i;
    count += candidates[i].height < alone + shared[candidates[i].community] ? 1 : 0;
  }
  return {low.data(), count};
}

/// The candidates that draw attention, ordered by person, then time.
std::vector<Candidate> accepted(const State& state, const Month& month,
                                std::span<const Candidate> candidates,
                                const std::vector<double>& shared, ThreadTeam& team) {
  std::vector<std::uint8_t> is_good(candidates.size());
  const double alone = hazard_bound(month.parameters(), 0.0);
  team.for_each_chunk(chunk_count(candidates.size(), kCandidatesPerChunk), [&](std::size_t chunk) {
    std::array<std::size_t, kCandidatesPerChunk> memory;
    const IndexRange range = chunk_range(chunk, kCandidatesPerChunk, candidates.size());
    const auto low = list_low(candidates, range, alone, shared, memory);
    visit_fetched(
        {0, low.size()}, kAhead,
        [&](std::size_t k) { state.people.prefetch(candidates[low[k]].person); },
        [&](std::size_t k) {
          const Candidate& candidate = candidates[low[k]];
          is_good[low[k]] =
              draws_attention(candidate, state, month, shared[candidate.community]) ? 1 : 0;
        });
  });
  std::vector<Candidate> all;
  all.reserve(static_cast<std::size_t>(std::count(is_good.begin(), is_good.end(), 1)));
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (is_good[i] != 0) all.push_back(candidates[i]);
  }
  std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    return a.person != b.person ? a.person < b.person : a.time < b.time;
  });
  return all;
}

}  // namespace

std::vector<Consideration> attend(const State& state, const Month& month,
                                  AttentionCalendar& calendar, ThreadTeam& team) {
  const std::vector<double> shared = shared_hazards(state, month);
  calendar.open(state, month, shared, team);
  std::vector<Consideration> occasions;
  for (const Candidate& candidate :
       accepted(state, month, calendar.of_month(month.index), shared, team)) {
    const PersonId id = candidate.person;
    if (!occasions.empty() && occasions.back().person == id) continue;
    occasions.push_back({.person = id, .key = static_cast<std::uint32_t>(month.index)});
    tell_attention(state, month, id, shared[candidate.community]);
  }
  return occasions;
}

}  // namespace onward
