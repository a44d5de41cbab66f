#pragma once

#include <vector>

#include "core/parallel.h"
#include "engine/acceptance.h"
#include "engine/attention_calendar.h"

namespace onward {

/// Hazard that a whole community shares (buzz and recruiting), by community, 1/month.
std::vector<double> shared_hazards(const State& state, const Month& month,
                                   ThreadTeam& team = one_thread());

/// The month's occasions to choose: accepted candidates of settled people, at most one each (the
/// earliest), ordered by person.
std::vector<Consideration> attend(const State& state, const Month& month,
                                  AttentionCalendar& calendar, ThreadTeam& team);

}  // namespace onward
