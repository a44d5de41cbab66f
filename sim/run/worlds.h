#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/prior.h"
#include "model/world.h"

namespace onward {

/// The world that each replicate runs: always the same one, or one with the parameters of a draw
/// from a posterior. Cheap to copy; safe to ask from any thread.
class Worlds {
 public:
  /// The same world in every replicate. It must outlive what is made here.
  Worlds(const World& world);  // NOLINT: a world is the plain case of worlds
  explicit Worlds(Scenario scenario);
  /// Replicate r gets the draw r modulo the number of draws: each target of each parameter, the
  /// rest as in the scenario. `file` is what errors call the posterior. Errors: InputError for
  /// targets that the scenario does not have, that two parameters set, and for values that it does
  /// not allow.
  Worlds(Scenario scenario, Posterior posterior, std::string file);

  /// The scenario as it is, without any draw.
  const World& centre() const { return *centre_; }
  /// The draws; null if every replicate runs the same world.
  const Posterior* posterior() const { return posterior_.get(); }

  /// Builds a replicate's world. Takes a few hundredths of the replicate's own time.
  std::shared_ptr<const World> of(std::uint32_t replicate) const;
  /// The parameters of a replicate's world, which take no time.
  Parameters parameters_of(std::uint32_t replicate) const;

  /// The same draws in another scenario. Errors: as the constructors.
  Worlds in(Scenario other) const;

 private:
  Scenario scenario_of(std::uint32_t replicate) const;

  std::shared_ptr<const World> centre_;
  std::shared_ptr<const Posterior> posterior_;
  std::string file_;
};

/// The posterior without some targets, which keep the scenario's value in every draw, and without
/// the parameters that have no other; nothing if no parameter is left.
std::optional<Posterior> without_targets(Posterior posterior,
                                         const std::vector<std::string>& fixed);

/// The targets of a posterior at which two scenarios have different numbers. Names that one of them
/// does not know are left out.
std::vector<std::string> targets_that_differ(const Posterior& posterior, Scenario one,
                                             Scenario other);

}  // namespace onward
