#pragma once

#include "engine/observer.h"
#include "run/observed_table.h"
#include "run/worlds.h"

namespace onward {

/// How a draw's claims become what is shown: the factor and the variance of the noise, as in
/// model/observation.h.
struct ObservationNoise {
  double factor = 1.0;
  double variance = 0.0;
};

/// Draws from the predictive distribution of yearly claims. Whoever fills it decides what a draw
/// is: a replicate of one world, or a replicate of a world with parameters drawn from a posterior.
struct PredictiveDraws {
  PredictiveDraws(YearSpan years, std::size_t destinations, std::size_t draws)
      : claims(years, destinations, std::vector<double>(draws, 0.0)), shown(claims), noise(draws) {}

  YearGrid<std::vector<double>> claims;  ///< as simulated, by draw
  YearGrid<std::vector<double>> shown;   ///< as a statistician would have seen them, by draw
  std::vector<ObservationNoise> noise;   ///< by draw

  std::size_t count() const { return noise.size(); }
};

/// Puts each replicate of some worlds into the draw `first_draw` + its position in the plan, with
/// the noise of its own world.
class DrawCollector : public Observer {
 public:
  DrawCollector(Worlds worlds, std::uint32_t first_replicate, PredictiveDraws& draws,
                std::size_t first_draw = 0)
      : worlds_(std::move(worlds)),
        first_replicate_(first_replicate),
        first_draw_(first_draw),
        draws_(draws) {}
  void replicate_finished(std::uint32_t replicate, const Measures& measures) override;

 private:
  Worlds worlds_;
  std::uint32_t first_replicate_;
  std::size_t first_draw_;
  PredictiveDraws& draws_;
};

}  // namespace onward
