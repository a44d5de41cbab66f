#include "run/calibration_state.h"

#include <algorithm>

#include "model/purpose.h"

namespace onward {

DrawSequence calibration_draws(const CalibrationStudy& study, std::size_t round,
                               std::size_t particle, std::size_t move) {
  return {run_key(static_cast<std::uint64_t>(study.plan.seed), static_cast<std::uint32_t>(round)),
          Entity{particle}, purpose::kCalibration, static_cast<std::uint32_t>(move)};
}

bool run_and_keep(std::vector<FitPoint>& fresh, CalibrationState& state,
                  const CalibrationRun& run) {
  constexpr std::size_t kPiece = 50;  // so that progress can be shown
  const std::span<FitPoint> all(fresh);
  for (std::size_t i = 0; i < fresh.size(); i += kPiece) {
    const std::size_t count = std::min(kPiece, fresh.size() - i);
    if (!run.runner.run(all.subspan(i, count), state.points.size() + i, run.team, run.stop))
      return false;
    if (run.progress)
      run.progress(static_cast<double>(i + count), static_cast<double>(fresh.size()));
  }
  std::move(fresh.begin(), fresh.end(), std::back_inserter(state.points));
  return true;
}

void sort_by_distance(std::vector<std::size_t>& positions, const std::vector<FitPoint>& points) {
  std::sort(positions.begin(), positions.end(), [&](std::size_t a, std::size_t b) {
    if (points[a].distance != points[b].distance) return points[a].distance < points[b].distance;
    return a < b;
  });
}

}  // namespace onward
