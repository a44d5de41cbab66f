#include "engine/acceptance.h"

#include <algorithm>
#include <array>

#include "core/fetching.h"
#include "engine/attention_calendar.h"
#include "model/life.h"

namespace onward {

namespace {

constexpr std::size_t kAhead = 16;  ///< candidates whose people are fetched while others are seen

double hazard_under(double push, const State& state, const Month& month, PersonId id,
                    double shared) {
  const double restless = restlessness(state.people, id, month.parameters());
  const double alone = month.parameters().get<"attention.base">() * push;
  return restless * (alone + contact(state.people, id, month.parameters()) * shared);
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

/// Whether the person is there to consider moving, and the candidate accepted.
bool draws_attention(const Candidate& candidate, const State& state, const Month& month,
                     double shared) {
  const Person& person = state.people.rows[candidate.person.index()];
  return person.status == Status::kSettled && person.barred <= month.index &&
         is_accepted(candidate, state, month, shared);
}

/// Moves those candidates to the front that are not too high for anybody of their community,
/// without looking at people and without branches, as nothing tells beforehand which they are.
std::span<Candidate> take_low(std::span<Candidate> candidates, double alone,
                              const std::vector<double>& shared) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Candidate candidate = candidates[i];
    candidates[count] = candidate;
    count += candidate.height < alone + shared[candidate.community] ? 1 : 0;
  }
  return candidates.first(count);
}

/// Moves those that draw attention to the front.
std::span<Candidate> take_accepted(std::span<Candidate> candidates, const State& state,
                                   const Month& month, const std::vector<double>& shared) {
  const double alone = hazard_bound(month.parameters(), 0.0);
  const std::span<Candidate> low = take_low(candidates, alone, shared);
  std::size_t count = 0;
  visit_fetched(
      {0, low.size()}, kAhead, [&](std::size_t i) { state.people.prefetch_row(low[i].person); },
      [&](std::size_t i) {
        if (draws_attention(low[i], state, month, shared[low[i].community])) low[count++] = low[i];
      });
  return low.first(count);
}

/// Ranges of people that are put in order apart from one another.
constexpr std::size_t kRanges = 64;
using ByRange = std::array<std::uint32_t, kRanges>;

/// Candidates of a part that were accepted, and how many of them lie in each range of people; then
/// where those go.
struct Accepted {
  std::span<Candidate> candidates;
  ByRange by_range{};
};

/// Turns counts into positions: by range, then by part. Returns where the ranges begin, and the
/// end.
std::array<std::size_t, kRanges + 1> lay_out(std::vector<Accepted>& parts) {
  std::array<std::size_t, kRanges + 1> begin{};
  std::uint32_t next = 0;
  for (std::size_t range = 0; range < kRanges; ++range) {
    begin[range] = next;
    for (Accepted& part : parts) {
      const std::uint32_t count = part.by_range[range];
      part.by_range[range] = next;
      next += count;
    }
  }
  begin[kRanges] = next;
  return begin;
}

/// Puts the accepted candidates of all parts together, ordered by person, then time.
Column<Candidate> put_in_order(std::vector<Accepted>& parts, std::size_t people_per_range,
                               ThreadTeam& team) {
  const auto begin = lay_out(parts);
  Column<Candidate> all(begin[kRanges]);
  team.for_each_chunk(parts.size(), [&](std::size_t i) {
    for (const Candidate& candidate : parts[i].candidates)
      all[parts[i].by_range[candidate.person.index() / people_per_range]++] = candidate;
  });
  team.for_each_chunk(kRanges, [&](std::size_t range) {
    const auto at = [&](std::size_t i) { return all.begin() + static_cast<std::ptrdiff_t>(i); };
    std::sort(at(begin[range]), at(begin[range + 1]), [](const Candidate& a, const Candidate& b) {
      return a.person != b.person ? a.person < b.person : a.time < b.time;
    });
  });
  return all;
}

}  // namespace

bool is_adult(const People& people, PersonId id, const Month& month) {
  return age_months(people, id, month) >= 12.0 * month.parameters().get<"attention.adult_age">();
}

double personal_hazard(const State& state, const Month& month, PersonId id, double shared) {
  if (!is_adult(state.people, id, month)) return 0.0;
  return hazard_under(push(state.people, id, month), state, month, id, shared);
}

Column<Candidate> accept(const State& state, const Month& month, const CandidateParts& candidates,
                         const std::vector<double>& shared, ThreadTeam& team) {
  const std::size_t people_per_range = state.people.size() / kRanges + 1;
  std::vector<Accepted> parts(candidates.size());
  team.for_each_chunk(parts.size(), [&](std::size_t i) {
    Accepted& part = parts[i];
    part.candidates = take_accepted(candidates[i], state, month, shared);
    for (const Candidate& candidate : part.candidates)
      ++part.by_range[candidate.person.index() / people_per_range];
  });
  return put_in_order(parts, people_per_range, team);
}

}  // namespace onward
