#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <utility>

#include "core/column.h"
#include "core/fetching.h"
#include "core/parallel.h"

namespace onward {

/// Looks at `count` cases on all threads, of most of which nothing comes. `look(i)` returns what
/// came of one, as an optional; it runs in any order, and writes to nothing but its own case.
/// `then(found)` is called for what came, in order of the cases, on this thread. `fetch(i)` asks
/// for what `look(i)` looks at.
template <class Fetch, class Look, class Then>
void look_through(ThreadTeam& team, std::size_t count, Fetch fetch, Look look, Then then) {
  constexpr std::size_t kPerChunk = 1024;
  constexpr std::size_t kPerBatch = 64 * kPerChunk;
  using Found = typename decltype(look(std::size_t{}))::value_type;
  Column<Found> found(std::min(count, kPerBatch));  // each chunk fills its part from the front
  std::array<std::size_t, kPerBatch / kPerChunk> ends;
  for (std::size_t begin = 0; begin < count; begin += kPerBatch) {
    const std::size_t size = std::min(count - begin, kPerBatch);
    const std::size_t chunks = chunk_count(size, kPerChunk);
    const auto work = [&](std::size_t chunk) {
      const IndexRange part = chunk_range(chunk, kPerChunk, size);
      std::size_t end = part.begin;  // not in `ends`, which threads write to at once
      visit_fetched({begin + part.begin, begin + part.end}, kFetchAhead, fetch, [&](std::size_t i) {
        if (const auto what = look(i)) found[end++] = *what;
      });
      ends[chunk] = end;
    };
    team.for_each_chunk(chunks, std::cref(work));
    for (std::size_t chunk = 0; chunk < chunks; ++chunk)
      for (std::size_t k = chunk * kPerChunk; k < ends[chunk]; ++k) then(std::as_const(found[k]));
  }
}

}  // namespace onward
