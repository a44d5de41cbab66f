#include "cli/calibration_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "io/study_text.h"
#include "run/fit_target.h"

namespace onward {

namespace {

/// The value below which a share `p` of sorted values lies.
double quantile(const std::vector<double>& sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

std::string calibration_text(const CalibrationState& state, const CalibrationStudy& study,
                             const Posterior& posterior) {
  const std::size_t cells = FitTarget(study).cells().size();
  const RoundReport& last = state.rounds.back();
  std::string text = fmt::format(
      "{}: fitted to {} ({} cells), {} points in {} rounds, {} in the bank\n"
      "log score of a cell: {:.2f} at the last tolerance, {:.2f} at best\n\n"
      "{:<24}{:>12}{:>12}{:>12}\n",
      study.name, describe_fit(study.fit, study.scenario), cells, state.points.size(),
      state.rounds.size(), state.bank_size, -last.tolerance / static_cast<double>(cells),
      -last.best / static_cast<double>(cells), "parameter", "5 %", "median", "95 %");
  for (std::size_t p = 0; p < posterior.parameters.size(); ++p) {
    std::vector<double> values;
    for (const std::vector<double>& draw : posterior.draws) values.push_back(draw[p]);
    std::sort(values.begin(), values.end());
    text += fmt::format("{:<24}{:>12.4g}{:>12.4g}{:>12.4g}\n", posterior.parameters[p].name,
                        quantile(values, 0.05), quantile(values, 0.5), quantile(values, 0.95));
  }
  return text;
}

}  // namespace onward
