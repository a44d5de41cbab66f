#pragma once

#include <optional>

#include "engine/step.h"

namespace onward {

/// Disturbs a run at the start of month `month` in the smallest way that reaches every channel of
/// interaction: one settled adult of the largest community, drawn by key, leaves for a destination,
/// drawn by key too. Stayers have to have rows (`initial_state`), or it is none of them. Returns
/// the person, or nothing if there is nobody to disturb.
std::optional<PersonId> disturb(Simulation& simulation, int month);

}  // namespace onward
