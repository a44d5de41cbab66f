#include "cli/identifiability_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace onward {

namespace {

std::string verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::kIdentified:
      return "identified";
    case Verdict::kWeakly:
      return "weakly";
    case Verdict::kNotIdentified:
      return "not identified by the record";
    default:
      return "too few draws to say";
  }
}

std::string number(double value, int width, int decimals) {
  return std::isnan(value) ? fmt::format("{:>{}}", "-", width)
                           : fmt::format("{:>{}.{}f}", value, width, decimals);
}

std::string parameter_line(const Contraction& parameter, std::size_t width) {
  return fmt::format("  {:<{}}{:>11.4g} to {:<11.4g}{}{}{}{}  {}\n", parameter.name, width,
                     parameter.posterior_low, parameter.posterior_high,
                     number(parameter.prior_sd, 9, 3), number(parameter.posterior_sd, 9, 3),
                     number(parameter.contraction, 13, 2), number(parameter.recovered, 8, 2),
                     verdict_text(parameter.verdict));
}

}  // namespace

std::string identifiability_text(const Identifiability& identifiability) {
  std::size_t width = 10;
  for (const Contraction& parameter : identifiability.parameters)
    width = std::max(width, parameter.name.size() + 2);
  std::string text =
      fmt::format("  {:<{}}{:>11}    {:<11}{:>9}{:>9}{:>13}{:>8}  verdict\n", "parameter", width,
                  "5 %", "95 %", "prior", "after", "contraction", "within");
  for (const Contraction& parameter : identifiability.parameters)
    text += parameter_line(parameter, width);
  text += fmt::format(
      "Standard deviations are of the log or logit where the prior is. Contraction is 1 - variance "
      "after / before:\nidentified from {}, weakly from {}; a convention. Within the region of the "
      "search it must be {} or more.\n",
      kIdentifiedFrom, kWeaklyFrom, kWeaklyFrom);
  if (identifiability.correlations.empty()) return text;
  text += "\nKnown better together than each by itself:\n";
  for (const ParameterCorrelation& pair : identifiability.correlations)
    text += fmt::format("  {:>6.2f}  {}  and  {}\n", pair.correlation, pair.first, pair.second);
  return text;
}

}  // namespace onward
