#pragma once

#include "model/policy.h"

namespace onward {

/// What can make a difference in a world, decided once. What cannot (its weight or its lever is 0
/// throughout) is neither drawn nor worked out; it counts for exactly 0.
struct Needs {
  Needs(const Scenario& scenario, const PolicyTimeline& policy);

  // Of choices.
  bool nest;            ///< an error that all destinations share
  bool subnests;        ///< errors that the destinations of a subnest share
  bool discrimination;  ///< felt by those who may stay
  bool support;         ///< still to come
  bool satisfaction;
  bool known;     ///< acquaintances at the destinations
  bool means;     ///< money of one's own, and what a broker lends
  bool children;  ///< who go to school or may follow
  bool resettlement;
  // Of attention.
  bool push_discrimination;
  bool push_support;
};

}  // namespace onward
