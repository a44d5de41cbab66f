#pragma once

#include <string>

#include "io/yaml_tree.h"

namespace onward {

/// What differs between two worlds, one line for each change, as in "parameters.choice.broker:
/// 4 -> 2"; "no change" if nothing does. Names, titles and remarks are left out.
std::string describe_difference(const Tree& before, const Tree& after);

}  // namespace onward
