#pragma once

#include "model/choice_draws.h"

namespace onward {

/// A person as the choice sees one: worked out once for all alternatives.
struct Chooser {
  PersonId id;
  GroupId group;
  CommunityId community;
  PlaceId home;
  ChoiceDraws draws;
  double income = 0.0;   ///< at home, money per month
  double support = 0.0;  ///< settlement support still to come, money
  double savings = 0.0;  ///< money
  double lent = 0.0;     ///< money that a broker lends
  double trust = 0.0;    ///< in what brokers claim
  const Lessons* lessons = nullptr;
  bool kin = false;
  bool children = false;
  bool english = false;
  bool record = false;
  bool genuine = false;
};

Chooser look_at(const State& state, const Month& month, const Consideration& occasion,
                const Lessons* lessons);

}  // namespace onward
