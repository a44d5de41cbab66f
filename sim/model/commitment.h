#pragma once

#include <span>

#include "core/parallel.h"
#include "model/state.h"

/// Commitment: the time between choosing to leave and leaving.
namespace onward {

/// Files the choices of the month: leavers start to prepare, or are resettled as long as there are
/// places; returners to the origin leave the model.
void commit(State& state, const Month& month, std::span<const Choice> choices,
            ThreadTeam& team = one_thread());

/// Lets the committed choose again where a change was heard, and sends off those who are ready and
/// find a slot, if they need a broker's. Brokers learn how many asked them for one.
void prepare(State& state, const Month& month, ThreadTeam& team = one_thread());

}  // namespace onward
