#include "engine/simulate.h"

#include <utility>

#include "model/observation.h"

namespace onward {

bool run_to_end(Simulation& simulation, ThreadTeam& team, const std::function<bool()>& stop) {
  for (int month = 0; month < simulation.world.scenario.months(); ++month) {
    if (stop && stop()) return false;
    step(simulation, month, team);
  }
  observe(simulation.state.measures, simulation.world, simulation.key);
  return true;
}

std::optional<Measures> simulate(const World& world, std::uint64_t seed, std::uint32_t replicate,
                                 ThreadTeam& team, const std::function<bool()>& stop) {
  Simulation simulation = begin(world, run_key(seed, replicate));
  if (!run_to_end(simulation, team, stop)) return std::nullopt;
  return std::move(simulation.state.measures);
}

}  // namespace onward
