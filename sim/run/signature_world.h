#pragma once

#include "model/scenario.h"

namespace onward {

/// A small world, fixed here and not in a file, in which every mechanism of the model has work to
/// do: two groups, four destinations in two subnests, brokers, loud, press and silent changes.
Scenario signature_scenario();

}  // namespace onward
