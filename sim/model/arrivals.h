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

/// Whether stayers of the group have rows: where they are merely slow to consider moving, or may be
/// sent back to the country of origin.
bool keeps_stayers(const World& world, GroupId group);

/// Expected number of people who have rows by the end of a run; of all people if stayers have them.
double expected_rows(const World& world, bool with_stayers);

/// Expected number of people, up to the end of a run, who can come to consider moving.
double expected_attentive(const World& world);

/// Adds the people of each intake, in order, to the communities that are filling up: to the same as
/// if one intake came after the other. All are drawn on all threads at once.
void admit(State& state, const World& world, RunKey key, std::span<const Intake> intakes,
           ThreadTeam& team);

/// Admits the month's arrivals of every group.
void admit_arrivals(State& state, const Month& month, ThreadTeam& team = one_thread());

}  // namespace onward
