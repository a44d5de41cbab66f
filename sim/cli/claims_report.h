#pragma once

#include <string>

#include "model/world.h"
#include "run/group_outcomes.h"

namespace onward {

/// Seconds that the parts of a run took, by the wall clock.
struct RunSeconds {
  double setup = 0.0;   ///< reading and laying out the scenario
  double steps = 0.0;   ///< simulating
  double output = 0.0;  ///< writing
  double total = 0.0;
};

/// Simulated claims by destination and year with the 90 % interval of what would be observed,
/// beside the record.
std::string claims_table(const World& world, const YearlyClaims& claims);

/// Each group's share of the claims, of the protected and of the refused, over the whole run.
std::string groups_table(const World& world, const GroupOutcomes& outcomes);

/// Both for programs; the keys are part of the stable contract.
std::string claims_json(const World& world, const YearlyClaims& claims,
                        const GroupOutcomes& outcomes, std::uint64_t seed,
                        std::uint32_t replicates, const RunSeconds& seconds);

}  // namespace onward
