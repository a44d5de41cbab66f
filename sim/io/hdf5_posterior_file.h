#pragma once

#include <string>

#include "model/prior.h"

namespace onward {

/// Writes a posterior file. The file has a temporary name until it is whole. Errors:
/// std::runtime_error with the path.
void write_posterior(const std::string& path, const Posterior& posterior);

/// Reads a file that is a posterior, or that holds one in its group `posterior`. The file may come
/// from anywhere: everything is checked before it is believed. Errors: InputError with the path.
Posterior read_posterior(const std::string& path);

}  // namespace onward
