#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/parallel.h"
#include "model/witness.h"

namespace onward {

/// What a person brings along: the same in every world with the same seed.
struct Portrait {
  GroupId group;
  YearMonth arrival;
  std::uint32_t number = 0;  ///< within group and month
  int age = 0;               ///< months, on arrival
  std::uint16_t traits = 0;  ///< bits of Trait
  double savings = 0.0;      ///< on arrival, money
  Tastes tastes;

  bool has(Trait trait) const { return (traits & static_cast<std::uint16_t>(trait)) != 0; }
};

/// How a person stands at the end of a run.
struct Standing {
  PlaceId place;
  Status status = Status::kSettled;
  double savings = 0.0;  ///< money
  double debt = 0.0;     ///< money
};

/// One person's life in one replicate.
struct Trace {
  Portrait portrait;
  CommunityId community;
  std::vector<Event> events;
  Standing end;
  Measures measures;  ///< of the whole replicate, as an untraced run gives them
};

/// Draws the person of this identity.
Portrait portray(const World& world, RunKey key, Entity person);

/// Runs a replicate and follows one person through it. The threads change nothing. Empty if `stop`
/// said true. Errors: the person must arrive before the end of the run.
std::optional<Trace> trace_person(const World& world, std::uint64_t seed, std::uint32_t replicate,
                                  Entity person, ThreadTeam& team,
                                  const std::function<bool()>& stop = {});

/// What a search for a mover came to.
struct MoverSearch {
  std::optional<Entity> person;
  std::uint32_t movers = 0;  ///< people found to depart up to where the search ended
  bool stopped = false;      ///< `stop` said true
};

/// The person who is the `number`th, counted from 0, to depart for the first time; those of one
/// month in order of arrival. Runs the replicate as far as that.
MoverSearch find_mover(const World& world, std::uint64_t seed, std::uint32_t replicate,
                       std::uint32_t number, ThreadTeam& team,
                       const std::function<bool()>& stop = {});

}  // namespace onward
