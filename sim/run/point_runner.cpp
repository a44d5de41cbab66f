#include "run/point_runner.h"

#include <algorithm>
#include <atomic>

#include "core/check.h"
#include "engine/simulate.h"
#include "io/adjustable.h"
#include "run/prior_scale.h"

namespace onward {

namespace {

/// Nothing after the last year of the fit can change what the fit sees.
Scenario shortened(Scenario scenario, int last_year) {
  scenario.end = std::min(scenario.end, YearMonth{last_year, 12});
  return scenario;
}

/// Adds the claims of one run by year and destination.
void add_claims(const Measures& measures, int first_year, std::size_t destinations,
                std::span<std::int32_t> claims) {
  const MeasureShape& shape = measures.shape();
  const auto counts = measures.counts(measure_index<"applications">());
  const std::size_t cells = shape.groups.size() * kChannelNames.size();
  for (int month = 0; month < shape.months; ++month) {
    const int year = (shape.start + month).year() - first_year;
    if (year < 0) continue;
    for (std::size_t d = 0; d < destinations; ++d) {
      const std::size_t begin = (static_cast<std::size_t>(month) * destinations + d) * cells;
      std::int32_t& sum = claims[static_cast<std::size_t>(year) * destinations + d];
      for (const std::int32_t count : counts.subspan(begin, cells)) sum += count;
    }
  }
}

}  // namespace

PointRunner::PointRunner(const CalibrationStudy& study)
    : study_(study), target_(study), scenario_(shortened(study.scenario, study.fit.years.last)) {}

Scenario PointRunner::scenario_at(const std::vector<double>& standard) const {
  Scenario scenario = scenario_;
  set_values(scenario, study_.parameters, from_standard(study_.parameters, standard));
  return scenario;
}

std::optional<std::vector<std::int32_t>> PointRunner::claims_at(
    const std::vector<double>& standard, std::size_t first, std::size_t runs,
    const std::function<bool()>& stop) const {
  const World world(scenario_at(standard));
  const std::size_t length = target_.claims_per_run();
  std::vector<std::int32_t> claims(runs * length, 0);
  ThreadTeam alone(1);
  for (std::size_t r = 0; r < runs; ++r) {
    const auto replicate = static_cast<std::uint32_t>(first + r);
    const auto measures =
        simulate(world, static_cast<std::uint64_t>(study_.plan.seed), replicate, alone, stop);
    if (!measures) return std::nullopt;
    add_claims(*measures, target_.first_year(), target_.destinations(),
               std::span(claims).subspan(r * length, length));
  }
  return claims;
}

bool PointRunner::run_one(FitPoint& point, std::size_t number,
                          const std::function<bool()>& stop) const {
  const auto runs = static_cast<std::size_t>(study_.plan.replicates);
  auto claims = claims_at(point.standard, number * runs, runs, stop);
  if (!claims) return false;
  point.claims = std::move(*claims);
  point.distance = target_.distance(point.claims, observation_noise(scenario_at(point.standard)));
  return true;
}

bool PointRunner::run(std::span<FitPoint> points, std::size_t first, ThreadTeam& team,
                      const std::function<bool()>& stop) const {
  std::atomic<bool> stopped{false};
  team.for_each_chunk(points.size(), [&](std::size_t i) {
    if (!stopped && !run_one(points[i], first + i, stop)) stopped = true;
  });
  return !stopped;
}

}  // namespace onward
