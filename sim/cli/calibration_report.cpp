#include "cli/calibration_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "cli/identifiability_report.h"
#include "io/study_text.h"
#include "run/abc_smc.h"
#include "run/climb.h"
#include "run/prior_scale.h"
#include "run/self_check.h"
#include "run/summary.h"

namespace onward {

namespace {

std::string head(const CalibrationState& state, const CalibrationStudy& study, double cells) {
  if (state.rounds.empty()) {
    return fmt::format("{}: fitted to {} ({} cells); {} points in the bank of another study\n",
                       study.name, describe_fit(study.fit, study.scenario), cells,
                       state.bank.size());
  }
  const RoundReport& last = state.rounds.back();
  return fmt::format(
      "{}: fitted to {} ({} cells); {} points in {} rounds, and {} in the bank\n"
      "log score of a cell over the population: {:.2f} to {:.2f}\n",
      study.name, describe_fit(study.fit, study.scenario), cells, state.points.size(),
      state.rounds.size(), state.bank.size(), -last.tolerance / cells, -last.best / cells);
}

/// Where each climb ended.
std::string climbs_text(const std::vector<Summit>& all, const std::vector<Summit>& highest,
                        double cells) {
  if (all.empty()) return "";
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i) {
    text += fmt::format("climb {} ended at {:.2f} a cell, log density {:.1f}\n", i + 1,
                        -all[i].distance / cells, all[i].height);
  }
  return text + fmt::format("the population comes from the highest {}\n", highest.size());
}

/// The values of a parameter in all draws.
std::vector<double> values_of(const Posterior& posterior, std::size_t parameter) {
  std::vector<double> values;
  for (const std::vector<double>& draw : posterior.draws) values.push_back(draw[parameter]);
  return values;
}

/// The parameters in which the highest summits lie further apart than the posterior is wide.
std::string parted_text(const std::vector<Summit>& highest, const Posterior& posterior) {
  std::string parted;
  for (std::size_t p = 0; p < posterior.parameters.size() && !highest.empty(); ++p) {
    const auto at = [&](const Summit& summit) {
      return from_standard(posterior.parameters[p].prior,
                           summit.around.mean[static_cast<Eigen::Index>(p)]);
    };
    const auto [low, high] =
        std::minmax_element(highest.begin(), highest.end(),
                            [&](const Summit& a, const Summit& b) { return at(a) < at(b); });
    const std::vector<double> values = values_of(posterior, p);
    if (at(*high) - at(*low) > quantile(values, 0.95) - quantile(values, 0.05))
      parted += ' ' + posterior.parameters[p].name;
  }
  if (parted.empty()) return "";
  return "the highest climbs ended further apart than the 90 % interval is wide:" + parted + '\n';
}

/// The most probable point, by parameter; empty if nothing climbed there.
std::vector<double> summit_values(const CalibrationStudy& study,
                                  const std::vector<Summit>& highest) {
  if (highest.empty()) return {};
  const Eigen::VectorXd& mean = highest.front().around.mean;
  return from_standard(study.parameters, {mean.begin(), mean.end()});
}

/// Quantiles of each parameter, from the bank and from the population, and the highest summit; the
/// last two if the study has searched.
std::string quantile_table(const Posterior& posterior, const std::optional<Posterior>& population,
                           const std::vector<double>& summit) {
  const std::string quantiles = fmt::format("{:>10}{:>10}{:>10}", "5 %", "50 %", "95 %");
  std::string text = fmt::format("{:<22}{:>30}{}{}\n{:<22}{}{}\n", "", "posterior",
                                 population ? fmt::format("{:>32}", "last population") : "",
                                 summit.empty() ? "" : fmt::format("{:>12}", "summit"), "parameter",
                                 quantiles, population ? "  " + quantiles : "");
  const auto columns = [](const Posterior& from, std::size_t p) {
    const std::vector<double> values = values_of(from, p);
    return fmt::format("{:>10.4g}{:>10.4g}{:>10.4g}", quantile(values, 0.05), quantile(values, 0.5),
                       quantile(values, 0.95));
  };
  for (std::size_t p = 0; p < posterior.parameters.size(); ++p) {
    text += fmt::format("{:<22}{}", posterior.parameters[p].name, columns(posterior, p));
    if (population) text += "  " + columns(*population, p);
    if (!summit.empty()) text += fmt::format("{:>12.4g}", summit[p]);
    text += '\n';
  }
  return text;
}

/// What the bank says of records whose parameters are known.
std::string recovery_table(const std::vector<Recovery>& all, const CalibrationStudy& study) {
  if (all.empty()) return "";
  const std::vector<int>& ranks = all.front().ranks;
  const int records = std::accumulate(ranks.begin(), ranks.end(), 0);
  std::string text = fmt::format(
      "\nself-check with {} records of known parameters from the bank\n"
      "{:<22}{:>8}{:>8}{:>14}{:>10}  ranks\n",
      records, "parameter", "50 %", "90 %", "contraction", "p");
  for (std::size_t p = 0; p < all.size(); ++p) {
    text += fmt::format("{:<22}{:>8.2f}{:>8.2f}{:>14.2f}{:>10.3f} ", study.parameters[p].name,
                        all[p].coverage50, all[p].coverage90, all[p].contraction, all[p].rank_p);
    for (const int bin : all[p].ranks) text += fmt::format(" {}", bin);
    text += '\n';
  }
  std::string untold;
  for (std::size_t p = 0; p < all.size(); ++p) {
    if (all[p].contraction < kWeaklyFrom) untold += ' ' + study.parameters[p].name;
  }
  if (!untold.empty()) {
    text += fmt::format(
        "contraction under {} within the bank: what is narrow of these is the search's region, and "
        "no "
        "knowledge of the record:{}\n",
        kWeaklyFrom, untold);
  }
  return text;
}

}  // namespace

std::string calibration_text(const CalibrationState& state, const CalibrationStudy& study,
                             const CalibrationAnswer& answer) {
  const auto cells = static_cast<double>(FitTarget(study).cells().size());
  const std::vector<Summit> summits = find_summits(state, study);
  const std::vector<Summit> highest = highest_of(summits);
  std::optional<Posterior> population;
  if (!state.rounds.empty()) population = posterior_of(state, study);
  std::string text = head(state, study, cells) + climbs_text(summits, highest, cells) + '\n' +
                     quantile_table(answer.posterior, population, summit_values(study, highest)) +
                     parted_text(highest, answer.posterior) + '\n' +
                     identifiability_text(identify(answer.posterior));
  if (!answer.bank) return text;
  text += fmt::format("\nthe bank's answer is worth {:.0f} draws", answer.sample.effective_size());
  const std::vector<double> outside = share_outside(*answer.bank, answer.sample);
  for (std::size_t p = 0; p < outside.size(); ++p) {
    if (outside[p] > 0.1)
      text += fmt::format("; {} leaves the bank's range ({:.0f} %)", study.parameters[p].name,
                          100.0 * outside[p]);
  }
  return text + '\n' + recovery_table(answer.recovered, study);
}

}  // namespace onward
