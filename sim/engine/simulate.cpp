#include "engine/simulate.h"

#include <utility>

#include "model/observation.h"

namespace onward {

std::optional<Measures> simulate(const World& world, std::uint64_t seed, std::uint32_t replicate,
                                 ThreadTeam& team, const std::function<bool()>& stop) {
  Simulation simulation = begin(world, run_key(seed, replicate));
  for (int month = 0; month < world.scenario.months(); ++month) {
    if (stop && stop()) return std::nullopt;
    step(simulation, month, team);
  }
  observe(simulation.state.measures, world, simulation.key);
  return std::move(simulation.state.measures);
}

}  // namespace onward
