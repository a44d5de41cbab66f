#pragma once

#include <span>

#include "core/parallel.h"
#include "model/state.h"

/// People who arrive in the place of settlement.
namespace onward {

/// The people of a group who arrive in one month.
struct Intake {
  GroupId group;
  YearMonth arrival;
};

/// Adds the people of each intake, in order, to the communities that are filling up: to the same as
/// if one intake came after the other. All are drawn on all threads at once.
void admit(State& state, const World& world, RunKey key, std::span<const Intake> intakes,
           ThreadTeam& team);

/// Admits the month's arrivals of every group.
void admit_arrivals(State& state, const Month& month, ThreadTeam& team = one_thread());

}  // namespace onward
