#include "cli/compare_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/decomposition_report.h"

namespace onward {

namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string share_cells(const std::optional<MeanInterval>& share) {
  if (!share) return fmt::format("{:>8}  {:>15}", "-", "");
  return fmt::format("{:>6.1f} %  {:>6.1f} to {:>5.1f}", 100 * share->mean, 100 * share->lo,
                     100 * share->hi);
}

/// A line of the main table: what people do, how many, and their share of the blocked.
std::string response_line(const std::string& what, double blocked,
                          const std::optional<MeanInterval>& share, const std::string& churn = "") {
  const double persons = share ? blocked * share->mean : 0.0;
  const std::string last = churn.empty() ? "" : fmt::format("{:>8}", churn);
  return fmt::format("  {:<48}{:>8.1f}  {}{}\n", what, persons, share_cells(share), last);
}

/// Persons who would do this after a placebo.
std::string churn_cell(const ComparisonSummary& summary, Response response) {
  const auto& share = summary.churn.by_response[static_cast<std::size_t>(response)];
  if (!share) return "-";
  return fmt::format("{:.1f}", share->mean * summary.displacement.front().departures.mean);
}

std::string months_text(const std::optional<double>& months) {
  return months ? fmt::format("{:.0f}", *months) : "-";
}

std::string headline(const ComparisonFindings& findings) {
  const ComparisonSummary& summary = findings.summary;
  std::string text = findings.variant.scenario.name + " against " + findings.base.scenario.name;
  if (!summary.parting) return text + ": nothing differs between the two worlds.\n";
  const Displacement& all = summary.displacement.front();
  text += fmt::format(
      "\nOf {:.1f} people who leave for {} from {} on in the base, {:.1f} ({:.1f} to {:.1f}) are\n"
      "blocked: they do not go there unchanged in the variant.\n",
      all.departures.mean, joined(summary.targets), to_text(*summary.parting), all.blocked.mean,
      all.blocked.lo, all.blocked.hi);
  return text +
         fmt::format("Means of {} replicates on the same draws; 90 % intervals of the mean.\n",
                     findings.comparison.plan.count);
}

/// Destinations other people went to, the largest share first.
std::vector<std::size_t> by_share(const std::vector<std::optional<MeanInterval>>& shares) {
  std::vector<std::size_t> order;
  for (std::size_t d = 0; d < shares.size(); ++d) {
    if (shares[d] && shares[d]->mean > 0.0) order.push_back(d);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return shares[a]->mean > shares[b]->mean; });
  return order;
}

std::string reverse_flow_line(const ComparisonSummary& summary) {
  const MeanInterval& fewer = summary.reverse_flow;
  const bool is_more = fewer.mean < 0.0;
  const MeanInterval shown =
      is_more ? MeanInterval{.mean = -fewer.mean, .lo = -fewer.hi, .hi = -fewer.lo} : fewer;
  return fmt::format(
      "\n  Of {:.1f} people abroad when the worlds part, {:.1f} ({:.1f} to {:.1f}) {} are back at "
      "the end.\n",
      summary.abroad.mean, shown.mean, shown.lo, shown.hi, is_more ? "more" : "fewer");
}

std::string displacement_table(const ComparisonSummary& summary) {
  const Displacement& all = summary.displacement.front();
  const double blocked = all.blocked.mean;
  const auto line = [&](const std::string& what, Response response) {
    return response_line(what, blocked, all.shares[static_cast<std::size_t>(response)],
                         churn_cell(summary, response));
  };
  std::string text = fmt::format("\n  {:<48}{:>8}{:>10}  {:>15}{:>8}\n", "what they do instead",
                                 "persons", "share", "90 % interval", "churn");
  text += line("go elsewhere", Response::kSpatial);
  for (const std::size_t d : by_share(summary.elsewhere))
    text += response_line("  " + summary.destinations[d], blocked, summary.elsewhere[d]);
  text +=
      response_line("  of these in another category", blocked, summary.elsewhere_other_category);
  text += line("go there in another category", Response::kCategorical);
  text +=
      line(fmt::format("go there later (median {} months) or earlier ({})",
                       months_text(summary.delayed_months), months_text(summary.earlier_months)),
           Response::kInterTemporal);
  text += line("go or are sent back to the country of origin", Response::kReturn);
  text += line("stay to the end", Response::kDeterred);
  text += response_line("  of these about to leave then", blocked, summary.censored);
  text += response_line("  (tried and were stopped on the way)", blocked, summary.stopped);
  return text + reverse_flow_line(summary);
}

std::string people_table(const ComparisonSummary& summary) {
  std::string text =
      fmt::format("\n  {:<16}{:>10}{:>9}{:>11}{:>12}{:>8}{:>8}{:>10}\n", "who", "departures",
                  "blocked", "elsewhere", "other way", "time", "back", "stay");
  for (const Displacement& people : summary.displacement) {
    text += fmt::format("  {:<16}{:>10.1f}{:>9.1f}", people.name, people.departures.mean,
                        people.blocked.mean);
    constexpr std::array<int, kResponseNames.size()> kWidths{11, 12, 8, 8, 10};
    for (std::size_t i = 0; i < people.shares.size(); ++i) {
      const std::string cell =
          people.shares[i] ? fmt::format("{:.1f} %", 100 * people.shares[i]->mean) : "-";
      text += fmt::format("{:>{}}", cell, kWidths[i]);
    }
    text += '\n';
  }
  return text;
}

/// The first year that can differ.
std::size_t first_year(const ComparisonSummary& summary) {
  return summary.parting ? static_cast<std::size_t>(summary.parting->year() - summary.years.front())
                         : 0;
}

std::string year_line(const std::string& label, const char* what, const ComparisonSummary& summary,
                      const std::function<std::string(std::size_t)>& cell) {
  std::string text = fmt::format("  {:<6}{:<11}", label, what);
  for (std::size_t y = first_year(summary); y < summary.years.size(); ++y)
    text += fmt::format("{:>8}", cell(y));
  return text + '\n';
}

std::string claims_tables(const ComparisonFindings& findings) {
  const ComparisonSummary& summary = findings.summary;
  const auto one = [](double value) { return fmt::format("{:.1f}", value); };
  std::string text = "\nClaims by year: base, variant, and their difference with its interval.\n";
  text +=
      year_line("", "", summary, [&](std::size_t y) { return std::to_string(summary.years[y]); });
  for (std::size_t d = 0; d < summary.destinations.size(); ++d) {
    const auto& difference = summary.claims[d];
    text += year_line(summary.destinations[d], "base", summary,
                      [&](std::size_t y) { return one(findings.base_claims.claims(y, d).mean); });
    text += year_line("", "variant", summary, [&](std::size_t y) {
      return one(findings.variant_claims.claims(y, d).mean);
    });
    text += year_line("", "difference", summary,
                      [&](std::size_t y) { return one(difference[y].mean.mean); });
    text +=
        year_line("", "  5 %", summary, [&](std::size_t y) { return one(difference[y].mean.lo); });
    text +=
        year_line("", "  95 %", summary, [&](std::size_t y) { return one(difference[y].mean.hi); });
  }
  return text;
}

std::string ratio_table(const ComparisonSummary& summary) {
  const auto cells = [&](const std::vector<std::optional<MeanInterval>>& ratio) {
    return
        [&ratio](std::size_t y) { return ratio[y] ? fmt::format("{:.2f}", ratio[y]->mean) : "-"; };
  };
  const std::string base_year =
      summary.base_year ? std::to_string(*summary.base_year) : "no full year";
  return fmt::format(
             "\nDeflection ratios. Paired: net gains elsewhere over the targets' loss, both "
             "against the base.\nYear on year: gross gains elsewhere over the loss, both within "
             "the variant against {}.\n",
             base_year) +
         year_line("", "paired", summary, cells(summary.paired_ratio)) +
         year_line("", "year/year", summary, cells(summary.year_on_year_ratio));
}

std::string churn_text(const ComparisonSummary& summary) {
  if (!summary.churn.overall) return "";
  const MeanInterval& churn = *summary.churn.overall;
  std::string text = fmt::format(
      "\nChurn: when one irrelevant person is disturbed, {:.1f} % ({:.1f} to {:.1f}) of all\n"
      "first departures change",
      100 * churn.mean, 100 * churn.lo, 100 * churn.hi);
  if (summary.churn.targets)
    text += fmt::format(", {:.1f} % of those to the targets", 100 * summary.churn.targets->mean);
  return text +
         ".\nNo share of people below that is an effect of the policy; nor is a line above whose "
         "persons\nare no more than its churn.\n";
}

std::string variance_text(const ComparisonSummary& summary) {
  std::string text = fmt::format(
      "\nVariance of the difference in claims {}-{} with independent draws, over that "
      "with shared ones:\n ",
      summary.variance_years.front(), summary.variance_years.back());
  for (std::size_t d = 0; d < summary.destinations.size(); ++d) {
    const auto& reduction = summary.variance_reduction[d];
    text += fmt::format(" {} {}", summary.destinations[d],
                        reduction ? fmt::format("{:.1f}", *reduction) : "-");
  }
  return text + '\n';
}

}  // namespace

std::string comparison_text(const ComparisonFindings& findings) {
  const ComparisonSummary& summary = findings.summary;
  std::string text = headline(findings);
  if (!summary.parting) return text;
  text += displacement_table(summary);
  text += people_table(summary);
  text += claims_tables(findings);
  text += ratio_table(summary);
  text += churn_text(summary);
  text += variance_text(summary);
  if (summary.decomposition) text += decomposition_text(*summary.decomposition);
  return text;
}

}  // namespace onward
