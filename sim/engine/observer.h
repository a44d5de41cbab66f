#pragma once

#include <cstdint>
#include <functional>

#include "model/measures.h"

namespace onward {

/// Receives what a run measured, from any thread, in any order of replicates.
class Observer {
 public:
  virtual ~Observer() = default;
  /// Takes in a replicate. Not to be called beside other calls.
  virtual void replicate_finished(std::uint32_t replicate, const Measures& measures) = 0;
  /// The same in two steps. This one does what may be done beside other calls of it, and returns
  /// what may not; `measures` must live until that is done.
  virtual std::function<void()> receive(std::uint32_t replicate, const Measures& measures) {
    return [this, replicate, &measures] { replicate_finished(replicate, measures); };
  }
};

}  // namespace onward
