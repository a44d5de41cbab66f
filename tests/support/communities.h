#pragma once

#include <cmath>
#include <cstdint>
#include <set>

#include "support/small_world.h"

/// Communities of the small world with other regions or ties, and what they believe.
namespace onward::small {

inline constexpr std::size_t kRecognition = lever_index<"recognition">();

/// Log odds of a chance, on which announcements act, and back.
inline double logit(double p) { return std::log(p / (1.0 - p)); }
inline double inverse_logit(double x) { return 1.0 / (1.0 + std::exp(-x)); }

/// 600 people in communities of twenty, a quarter of them in one region, with near and far ties.
inline Scenario two_regions() {
  Scenario s = scenario(600);
  s.communities = {
      .size = 20, .ties = 4, .far_ties = 2, .regions = {{"hills", 1.0}, {"plain", 3.0}}};
  return s;
}

/// Ties each of the first `n` communities to the next and the one before, in a ring, and no other.
inline void tie_in_ring(Communities& communities, std::uint32_t n) {
  communities.tie_begin = {0};
  communities.tie_list.clear();
  for (std::uint32_t c = 0; c < communities.size(); ++c) {
    if (c < n) {
      const std::set<std::uint32_t> partners{(c + 1) % n, (c + n - 1) % n};
      communities.tie_list.insert(communities.tie_list.end(), partners.begin(), partners.end());
    }
    communities.tie_begin.push_back(static_cast<std::uint32_t>(communities.tie_list.size()));
  }
  for (std::uint32_t c = 0; c < communities.size(); ++c) {
    communities.tied_members[c] = 0;
    for (const std::uint32_t tie : communities.ties(CommunityId{c}))
      communities.tied_members[c] += communities.members[tie];
  }
}

}  // namespace onward::small
