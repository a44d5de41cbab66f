#pragma once

#include <algorithm>
#include <cstddef>

#include "core/parallel.h"

namespace onward {

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

}  // namespace onward
