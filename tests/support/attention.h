#pragma once

#include <algorithm>
#include <span>
#include <tuple>
#include <vector>

#include "engine/attention_calendar.h"
#include "support/small_world.h"

/// Hazards and candidates of the small world.
namespace onward::small {

/// One community of `people` whose whole hazard is the shared one.
inline Scenario crowd(std::size_t people) {
  Scenario s = scenario(static_cast<int>(people));
  s.communities.size = static_cast<int>(people);
  s.parameters.set<"attention.base">(0.0);
  s.parameters.set<"attention.contagion">(1.0);
  return s;
}

/// Lets buzz and belief give the community this shared hazard.
inline void set_hazard(State& state, double hazard) {
  state.signals.buzz.setZero();
  state.signals.belief.setZero();
  state.signals.buzz.col(0).setConstant(hazard);
  state.signals.belief.col(0).setConstant(1.0);
}

/// The same shared hazard in every community.
inline std::vector<double> hazards(const State& state, double hazard) {
  return std::vector<double>(state.communities.size(), hazard);
}

/// The candidates of all parts.
inline std::vector<Candidate> together(const CandidateParts& parts) {
  std::vector<Candidate> all;
  for (const std::span<Candidate> part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

/// By person, time and height.
inline std::vector<Candidate> in_order(std::vector<Candidate> all) {
  std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(a.person.value, a.time, a.height) < std::tie(b.person.value, b.time, b.height);
  });
  return all;
}

}  // namespace onward::small
