#pragma once

#include "model/measures.h"
#include "model/world.h"

namespace onward {

/// A yearly count as a statistician would have seen it: the simulated `claims` times the source
/// factor and multiplicative gamma noise of mean 1, in whole persons, with small counts rounded up.
/// The noise is keyed by the destination's name and the year.
std::int32_t observe_count(std::int64_t claims, const Parameters& parameters, RunKey key,
                           std::uint32_t place_key, int year);

/// Fills the series `observed_claims` from `applications`.
void observe(Measures& measures, const World& world, RunKey key);

}  // namespace onward
