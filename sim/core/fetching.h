#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>

#include "core/parallel.h"

namespace onward {

/// How many visits ahead of its turn something is fetched, as a rule.
inline constexpr std::size_t kFetchAhead = 8;

/// Asks for the line of memory at `address`, which will be read soon. The empty instruction keeps
/// g++ from taking a function that only fetches for one without effect, whose calls it drops.
inline void fetch_line(const void* address) {
  __builtin_prefetch(address);
  asm volatile("");
}
/// The same of a line that will be changed.
inline void fetch_line_to_change(const void* address) {
  __builtin_prefetch(address, 1);
  asm volatile("");
}

/// Asks for all lines of a value, wherever it begins in one.
template <class Value>
void fetch_lines(const Value& value) {
  constexpr std::size_t kLine = 64;
  const char* const begin = reinterpret_cast<const char*>(&value);
  for (std::size_t at = 0; at < sizeof value; at += kLine) fetch_line(begin + at);
  fetch_line(begin + sizeof value - 1);
}

/// Visits a range in order while what is visited next comes from memory: `fetch(i)` asks for what
/// `visit(i)` looks at, `ahead` positions before its turn. Changes no result.
template <class Fetch, class Visit>
void visit_fetched(IndexRange range, std::size_t ahead, Fetch fetch, Visit visit) {
  const std::size_t first = std::min(range.begin + ahead, range.end);
  for (std::size_t i = range.begin; i < first; ++i) fetch(i);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (i + ahead < range.end) fetch(i + ahead);
    visit(i);
  }
}

/// The same on all threads of a team, in chunks of `per_chunk`; allocates nothing.
template <class Fetch, class Visit>
void visit_fetched(ThreadTeam& team, IndexRange range, std::size_t per_chunk, std::size_t ahead,
                   Fetch fetch, Visit visit) {
  const std::size_t count = range.end - range.begin;
  const auto work = [&](std::size_t chunk) {
    const IndexRange part = chunk_range(chunk, per_chunk, count);
    visit_fetched({range.begin + part.begin, range.begin + part.end}, ahead, fetch, visit);
  };
  team.for_each_chunk(chunk_count(count, per_chunk), std::cref(work));
}

}  // namespace onward
