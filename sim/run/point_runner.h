#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/parallel.h"
#include "run/fit_target.h"

namespace onward {

/// A point of the space of parameters that was run.
struct FitPoint {
  std::vector<double> standard;      ///< by parameter, on the scale of run/prior_scale.h
  std::vector<std::int32_t> claims;  ///< by run, year of the fit and destination
  double distance = 0.0;             ///< to the record, see FitTarget
  int round = 0;                     ///< in which it was run

  bool operator==(const FitPoint&) const = default;
};

/// Runs points of a study.
class PointRunner {
 public:
  /// Keeps the study, which must outlive it.
  explicit PointRunner(const CalibrationStudy& study);

  const CalibrationStudy& study() const { return study_; }
  const FitTarget& target() const { return target_; }

  /// Fills `claims` and `distance` of each point. The runs of a point are those of the study's
  /// seed with replicates `first` + the point's position, times the runs of a point: no two points
  /// share their luck, and threads change nothing. Returns false if `stop` said true before the
  /// end; the points are incomplete then.
  bool run(std::span<FitPoint> points, std::size_t first, ThreadTeam& team,
           const std::function<bool()>& stop) const;

  /// Claims of some runs at a point, by run, year of the fit and destination, the first with the
  /// replicate `first`. Nothing if `stop` said true before the end.
  std::optional<std::vector<std::int32_t>> claims_at(const std::vector<double>& standard,
                                                     std::size_t first, std::size_t runs,
                                                     const std::function<bool()>& stop) const;

  /// The study's scenario with the values of a point.
  Scenario scenario_at(const std::vector<double>& standard) const;

 private:
  bool run_one(FitPoint& point, std::size_t number, const std::function<bool()>& stop) const;

  const CalibrationStudy& study_;
  FitTarget target_;
  Scenario scenario_;  ///< ends with the last year of the fit
};

}  // namespace onward
