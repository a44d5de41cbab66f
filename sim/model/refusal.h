#pragma once

#include <vector>

#include "core/parallel.h"
#include "model/state.h"

/// What the refused do next.
namespace onward {

/// People refused for good who choose what to do next. They choose by what their communities knew
/// when they were refused, the own case included, whatever comes in later in the month.
struct Refusals {
  struct Refused {
    Move move;
    double trust = 0.0;          ///< in brokers
    std::size_t evidence = 0;    ///< position of the first
    std::uint32_t refusals = 0;  ///< what the person's row has to have
  };
  std::vector<Refused> people;
  std::vector<double> evidence;

  /// Notes somebody whom the move's place has refused. The row, which may be near another thread,
  /// is left as it was until the person chooses.
  void note(const State& state, const Month& month, const Move& move, std::uint32_t refusals);
};

/// Lets the refused go on, go home or stay on.
void go_on(State& state, const Month& month, ThreadTeam& team, Refusals& refusals);

}  // namespace onward
