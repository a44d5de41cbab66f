#pragma once

#include <cstddef>
#include <cstdlib>

/// Number of draws of a statistical test: `draws`, divided by $ONWARD_TEST_THINNING where that is
/// set (slow checkers set it), and at least 1000. Tolerances must follow it.
inline std::size_t sample_size(std::size_t draws) {
  const char* thinning = std::getenv("ONWARD_TEST_THINNING");
  const double divisor = thinning == nullptr ? 1.0 : std::strtod(thinning, nullptr);
  const auto thinned =
      static_cast<std::size_t>(static_cast<double>(draws) / (divisor >= 1.0 ? divisor : 1.0));
  return thinned < 1000 ? (draws < 1000 ? draws : 1000) : thinned;
}

/// Whether a slow checker such as valgrind runs the tests (it sets $ONWARD_TEST_THINNING).
inline bool under_slow_checker() { return std::getenv("ONWARD_TEST_THINNING") != nullptr; }
