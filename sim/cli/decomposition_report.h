#pragma once

#include <string>

#include "run/decomposition.h"

namespace onward {

/// For readers: the full effect, what is left of it with each channel held, and what runs through
/// each.
std::string decomposition_text(const Decomposition& decomposition);

}  // namespace onward
