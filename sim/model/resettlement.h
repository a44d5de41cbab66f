#pragma once

#include "model/state.h"

/// Resettlement: a destination takes in some of those who chose it, without a claim.
namespace onward {

/// The month's places. At most one unused place carries over, so that fractions add up and idle
/// months do not.
void renew_quota(State& state, const Month& month);

/// Whether a place is left this month for a person of the group.
bool quota_left(const State& state, const Month& month, PlaceId place, GroupId group);

/// Uses up a place at the destination that the person chose. False if others were faster.
bool take_quota(State& state, const Month& month, const Choice& choice);

/// A safe journey to a status, at no cost and without a broker.
void resettle(State& state, const Month& month, const Choice& choice);

}  // namespace onward
