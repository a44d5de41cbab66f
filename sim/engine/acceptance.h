#pragma once

#include <vector>

#include "core/column.h"
#include "core/parallel.h"
#include "engine/attention_streams.h"

/// Which candidates draw attention.
namespace onward {

/// Whether the person is old enough to consider moving.
bool is_adult(const People& people, PersonId id, const Month& month);

/// Hazard of considering moving, 1/month, of a person whose community shares the hazard `shared`.
double personal_hazard(const State& state, const Month& month, PersonId id, double shared);

/// The candidates of the month that draw attention, ordered by person, then time. `shared`: hazard
/// that people share, by community. What becomes of `candidates` means nothing.
Column<Candidate> accept(const State& state, const Month& month, const CandidateParts& candidates,
                         const std::vector<double>& shared, ThreadTeam& team);

}  // namespace onward
