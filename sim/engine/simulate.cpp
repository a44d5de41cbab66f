#include "engine/simulate.h"

#include <utility>

#include "model/observation.h"

namespace onward {

bool run_to_end(Simulation& simulation, ThreadTeam& team, const std::function<bool()>& stop,
                const std::function<void()>& after_month) {
  for (int month = 0; month < simulation.world.scenario.months(); ++month) {
    if (stop && stop()) return false;
    step(simulation, month, team);
    if (after_month) after_month();
  }
  observe(simulation.state.measures, simulation.world, simulation.key);
  return true;
}

std::optional<Measures> simulate(const World& world, std::uint64_t seed, std::uint32_t replicate,
                                 ThreadTeam& team, const std::function<bool()>& stop,
                                 const std::function<void()>& after_month) {
  Simulation simulation = begin(world, run_key(seed, replicate), team);
  simulation.log_departures = false;  // nobody sees the state
  if (!run_to_end(simulation, team, stop, after_month)) return std::nullopt;
  return std::move(simulation.state.measures);
}

}  // namespace onward
