#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/fetching.h"
#include "core/parallel.h"
#include "model/state.h"

/// Going through cases, each of a person of its own, who lie here and there in memory: whoever
/// comes next is fetched while others are dealt with. Changes no result.
namespace onward {

inline constexpr std::size_t kCasesPerChunk = 32;
/// Few enough that what was fetched for a case is still near when it is acted on.
inline constexpr std::size_t kCasesPerBatch = 2048;

/// What is done about cases when their turn comes. `fetch(i, plan)` asks for what `act(i, *plan)`
/// changes; `plan` is null if the case has not been foreseen by then.
template <class Fetch, class Act>
struct Strand {
  Fetch fetch;
  Act act;
};
template <class Fetch, class Act>
Strand<Fetch, Act> strand(Fetch fetch, Act act) {
  return {fetch, act};
}
/// The same where what `act` changes is at hand.
template <class Act>
auto strand(Act act) {
  return strand([](const auto&, const auto*) {}, act);
}

/// Deals with `count` cases in two passes. `foresee(i)` returns what can be known of a case before
/// its turn: it runs on any thread and in any order, so it reads only what no strand changes but
/// for its own case, and writes to nothing but its own case, the row of the person included. The
/// strands do what others can see, each in order, one case at a time, while the cases of the next
/// batch are foreseen on the other threads; they had better leave the people alone, who are near
/// the thread that foresaw. Strands go on at once: none touches what another changes. `fetch(i)`
/// asks for what `foresee` looks at. One thread does everything for one case after the other, with
/// the same results.
template <class Fetch, class Foresee, class... Strands>
void sweep_in_two(ThreadTeam& team, std::size_t count, Fetch fetch, Foresee foresee,
                  Strands... strands) {
  using Plan = decltype(foresee(std::size_t{}));
  if (team.size() == 1) {
    const auto fetch_all = [&](std::size_t i) {
      fetch(i);
      (strands.fetch(i, static_cast<const Plan*>(nullptr)), ...);
    };
    return visit_fetched({0, count}, kFetchAhead, fetch_all, [&](std::size_t i) {
      const Plan plan = foresee(i);
      (strands.act(i, plan), ...);
    });
  }
  struct Foreseen {  // so that flags lie apart, which threads write at once
    Plan plan;
  };
  std::vector<Foreseen> plans(std::min(count, 2 * kCasesPerBatch));  // of two batches in turn
  IndexRange foreseen;
  while (foreseen.end < count || foreseen.begin < foreseen.end) {
    const IndexRange next{foreseen.end, std::min(foreseen.end + kCasesPerBatch, count)};
    const auto act_on = [&](const auto& strand) {
      const auto fetch_case = [&](std::size_t i) {
        const Foreseen& of_case = plans[i % plans.size()];
        fetch_lines(of_case);
        strand.fetch(i, &of_case.plan);
      };
      visit_fetched(foreseen, kFetchAhead, fetch_case,
                    [&](std::size_t i) { strand.act(i, plans[i % plans.size()].plan); });
    };
    const auto work = [&](std::size_t chunk) {
      std::size_t number = 0;
      ((chunk == number++ ? act_on(strands) : void()), ...);
      if (chunk < number) return;
      const IndexRange part = chunk_range(chunk - number, kCasesPerChunk, next.end - next.begin);
      visit_fetched({next.begin + part.begin, next.begin + part.end}, kFetchAhead, fetch,
                    [&](std::size_t i) { plans[i % plans.size()].plan = foresee(i); });
    };
    team.for_each_chunk(sizeof...(strands) + chunk_count(next.end - next.begin, kCasesPerChunk),
                        std::cref(work));
    foreseen = next;
  }
}

/// The same for moves in a list of any kind, whose people are fetched; `foresee` may change the
/// move, and strands take moves.
template <class List, class Foresee, class... Strands>
void sweep_in_two(const People& people, ThreadTeam& team, List&& moves, Foresee foresee,
                  Strands... strands) {
  const auto of_cases = [&](const auto& of_moves) {
    return strand(
        [&](std::size_t i, const auto* plan) {
          if (plan != nullptr) fetch_lines(moves[i]);  // another thread has worked on it
          of_moves.fetch(std::as_const(moves[i]), plan);
        },
        [&](std::size_t i, const auto& plan) { of_moves.act(std::as_const(moves[i]), plan); });
  };
  sweep_in_two(
      team, moves.size(), [&](std::size_t i) { people.prefetch(moves[i].person); },
      [&](std::size_t i) { return foresee(moves[i]); }, of_cases(strands)...);
}

/// Takes the cases at the ascending positions `gone` out; the others keep their order.
template <class Cases>
void drop(Cases& cases, std::span<const std::uint32_t> gone) {
  if (gone.empty()) return;
  std::size_t to = gone.front();
  for (std::size_t k = 0; k < gone.size(); ++k) {
    const std::size_t end = k + 1 < gone.size() ? gone[k + 1] : cases.size();
    for (std::size_t i = gone[k] + std::size_t{1}; i < end; ++i) cases[to++] = cases[i];
  }
  cases.resize(to);
}

}  // namespace onward
