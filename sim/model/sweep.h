#pragma once

#include <algorithm>
#include <vector>

#include "core/fetching.h"
#include "core/parallel.h"
#include "model/state.h"

/// Going through cases, each of a person of its own, who lie here and there in memory: whoever
/// comes next is fetched while others are dealt with. Changes no result.
namespace onward {

inline constexpr std::size_t kFetchAhead = 8;
inline constexpr std::size_t kCasesPerChunk = 64;
/// Few enough that what was fetched for a case is still near when it is acted on.
inline constexpr std::size_t kCasesPerBatch = 1024;

/// Takes out of `cases` those for which `take` is true, asked in order.
template <class Cases, class Take>
Cases take_out(Cases& cases, Take take) {
  Cases taken;
  taken.reserve(cases.size());
  std::size_t kept = 0;
  for (const auto& one : cases) {
    if (take(one)) {
      taken.push_back(one);
    } else {
      cases[kept++] = one;
    }
  }
  cases.resize(kept);
  return taken;
}

/// Deals with `count` cases in two passes. `foresee(i)` returns what can be known of a case before
/// its turn: it runs on any thread and in any order, so it reads only what no `act` changes but for
/// its own case, and writes to nothing but its own case, the row of the person included.
/// `act(i, plan)` does what others can see, in order, one at a time, while the cases of the next
/// batch are foreseen on the other threads; it had better leave the people alone, who are near the
/// thread that foresaw. `fetch(i)` asks for what `foresee` looks at, `fetch_told(i)` for what `act`
/// changes. One thread does both for one case after the other, with the same results.
template <class Fetch, class Foresee, class FetchTold, class Act>
void sweep_in_two(ThreadTeam& team, std::size_t count, Fetch fetch, Foresee foresee,
                  FetchTold fetch_told, Act act) {
  if (team.size() == 1) {
    const auto fetch_all = [&](std::size_t i) {
      fetch(i);
      fetch_told(i);
    };
    return visit_fetched({0, count}, kFetchAhead, fetch_all,
                         [&](std::size_t i) { act(i, foresee(i)); });
  }
  using Plan = decltype(foresee(std::size_t{}));
  std::vector<Plan> plans(std::min(count, 2 * kCasesPerBatch));  // of two batches in turn
  IndexRange foreseen;
  while (foreseen.end < count || foreseen.begin < foreseen.end) {
    const IndexRange next{foreseen.end, std::min(foreseen.end + kCasesPerBatch, count)};
    const auto work = [&](std::size_t chunk) {
      if (chunk == 0) {
        return visit_fetched(foreseen, kFetchAhead, fetch_told,
                             [&](std::size_t i) { act(i, plans[i % plans.size()]); });
      }
      const IndexRange part = chunk_range(chunk - 1, kCasesPerChunk, next.end - next.begin);
      visit_fetched({next.begin + part.begin, next.begin + part.end}, kFetchAhead, fetch,
                    [&](std::size_t i) { plans[i % plans.size()] = foresee(i); });
    };
    team.for_each_chunk(1 + chunk_count(next.end - next.begin, kCasesPerChunk), std::cref(work));
    foreseen = next;
  }
}

/// The same where what `act` changes is at hand.
template <class Fetch, class Foresee, class Act>
void sweep_in_two(ThreadTeam& team, std::size_t count, Fetch fetch, Foresee foresee, Act act) {
  sweep_in_two(
      team, count, fetch, foresee, [](std::size_t) {}, act);
}

/// The same for moves, whose people are fetched; `foresee` may change the move. `fetch_told(move)`
/// asks for what `act` changes.
template <class Foresee, class FetchTold, class Act>
void sweep_in_two(const People& people, ThreadTeam& team, Moves& moves, Foresee foresee,
                  FetchTold fetch_told, Act act) {
  sweep_in_two(
      team, moves.size(), [&](std::size_t i) { people.prefetch(moves[i].person); },
      [&](std::size_t i) { return foresee(moves[i]); },
      [&](std::size_t i) { fetch_told(moves[i]); },
      [&](std::size_t i, const auto& plan) { act(moves[i], plan); });
}

/// Goes through `cases` in two passes and keeps those for which `keep(case, plan)` is true;
/// `foresee` and `keep` may change them. `fetch(case)` asks for what the two look at.
template <class Cases, class Fetch, class Foresee, class Keep>
void sift_in_two(ThreadTeam& team, Cases& cases, Fetch fetch, Foresee foresee, Keep keep) {
  std::size_t kept = 0;
  sweep_in_two(
      team, cases.size(), [&](std::size_t i) { fetch(cases[i]); },
      [&](std::size_t i) { return foresee(cases[i]); },
      [&](std::size_t i, const auto& plan) {
        if (!keep(cases[i], plan)) return;
        if (kept != i) cases[kept] = cases[i];
        ++kept;
      });
  cases.resize(kept);
}

}  // namespace onward
