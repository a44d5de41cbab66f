#pragma once

#include <cstdint>
#include <vector>

#include "model/people.h"

/// First asylum: people in hiding at their group's home are found under the lever `refoulement` and
/// sent back to the country of origin; some flee again.
namespace onward {

/// One stay in hiding, or one captivity after it.
struct Spell {
  std::uint32_t person = 0;
  std::uint16_t number = 0;  ///< stays in hiding before this one
  bool operator==(const Spell&) const = default;
};

/// What is to happen in each month of the run, should the person still be there.
struct FirstAsylum {
  std::vector<std::vector<Spell>> captures;
  std::vector<std::vector<Spell>> flights;
  bool operator==(const FirstAsylum&) const = default;
};

/// Whether anybody of the group can be found at all.
bool is_hunted(const World& world, GroupId group);

/// A person begins to live in hiding in month `month` of the run (those before it count from its
/// start). The month of capture follows from an Exp(1) luck of the stay and the hazard lived
/// through, so that the same person has the same luck in every world.
void hide(State& state, const World& world, RunKey key, Spell spell, int month);

/// Sends back those who are found this month, and lets others flee again.
void live_in_first_asylum(State& state, const Month& month);

}  // namespace onward
