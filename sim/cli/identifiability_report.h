#pragma once

#include <string>

#include "run/identifiability.h"

namespace onward {

/// For readers: each parameter's spread before and after, with the verdict, and which parameters
/// are known only together.
std::string identifiability_text(const Identifiability& identifiability);

}  // namespace onward
