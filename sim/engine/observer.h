#pragma once

#include <cstdint>

#include "model/measures.h"

namespace onward {

/// Receives what a run measured. Calls come one at a time, from any thread, in any order of
/// replicates.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void replicate_finished(std::uint32_t replicate, const Measures& measures) = 0;
};

}  // namespace onward
