#pragma once

#include <cstdint>
#include <span>

#include "model/communities.h"

namespace onward {

/// Brokers praise the concealed claims that they sell to the communities they serve: to `some`,
/// positions of communities that have opened. The others will be told by their ties.
void advertise(State& state, std::span<const std::uint32_t> some, const Month& month);

}  // namespace onward
