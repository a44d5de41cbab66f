#pragma once

#include <cstdint>
#include <string>

namespace onward {

/// Runs small fixed worlds and folds everything that they measure into one hash of 16 hexadecimal
/// digits: it changes if and only if the behaviour of the model does. The threads change nothing.
std::string signature(int threads);

}  // namespace onward
