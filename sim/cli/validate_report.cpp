#include "cli/validate_report.h"

#include <fmt/format.h>

#include <algorithm>

namespace onward {

namespace {

std::string cell(const std::optional<double>& value, int decimals) {
  return value ? fmt::format("{:.{}f}", *value, decimals) : "-";
}

std::string score_cells(const Score& score, Quantity target) {
  const bool is_counts = target == Quantity::kCounts;
  std::string text = fmt::format("{:>7}", cell(score.ard, 2));
  if (is_counts) text += fmt::format("{:>8}", cell(score.log_score, 2));
  const auto percent = [](const std::optional<double>& share) {
    return share ? fmt::format("{:.0f}", 100.0 * *share) : std::string("-");
  };
  return text + fmt::format("{:>8}{:>6}{:>6}", cell(score.crps, is_counts ? 1 : 3),
                            percent(score.coverage50), percent(score.coverage90));
}

/// What a row knows of the record. With posteriors it also says which rows are true forecasts.
std::string origin_cell(const Validation& validation, const ScoreRow& row) {
  const bool is_marked = row.held_out && !validation.posteriors.empty();
  return row.origin + (is_marked ? "  held out" : "");
}

/// The row of the shares that belongs to a row of the counts.
const Score& shares_beside(const Validation& validation, const ScoreRow& counts) {
  const auto found =
      std::find_if(validation.scores.begin(), validation.scores.end(), [&](const ScoreRow& row) {
        return row.target == Quantity::kShares && row.forecast == counts.forecast &&
               row.origin == counts.origin && row.period == counts.period;
      });
  return found->score;
}

std::size_t origin_width(const Validation& validation) {
  std::size_t width = 0;
  for (const ScoreRow& row : validation.scores)
    width = std::max(width, origin_cell(validation, row).size());
  return width + 2;
}

std::string period_table(const Validation& validation, YearSpan period) {
  const std::size_t width = origin_width(validation);
  std::string text =
      fmt::format("\n{}{:<{}}{:>9}{:>27}  |{:>8}\n  {:<25}{:<{}}", to_text(period), "", width + 18,
                  "counts", "", "shares", "forecast", "origin", width);
  text += fmt::format("{:>7}{:>8}{:>8}{:>6}{:>6}  |{:>7}{:>8}{:>6}{:>6}\n", "ARD", "log", "CRPS",
                      "50 %", "90 %", "ARD", "CRPS", "50 %", "90 %");
  for (const ScoreRow& row : validation.scores) {
    if (row.period != period || row.target != Quantity::kCounts) continue;
    text += fmt::format("  {:<25}{:<{}}{}  |{}\n", row.forecast, origin_cell(validation, row),
                        width, score_cells(row.score, Quantity::kCounts),
                        score_cells(shares_beside(validation, row), Quantity::kShares));
  }
  return text;
}

/// Decimals that suit a kind of pattern.
int decimals_of(PatternKind kind) {
  switch (kind) {
    case PatternKind::kPeak:
    case PatternKind::kInside:
      return 0;
    case PatternKind::kCount:
    case PatternKind::kPaired:
      return 1;
    default:
      return 2;
  }
}

std::string bounds_text(const PatternResult& result, int decimals) {
  if (result.low_bound && result.high_bound)
    return cell(result.low_bound, decimals) + " to " + cell(result.high_bound, decimals);
  if (result.low_bound) return "from " + cell(result.low_bound, decimals);
  return result.high_bound ? "to " + cell(result.high_bound, decimals) : "-";
}

std::string pattern_line(const PatternResult& result, std::size_t width) {
  const int decimals = decimals_of(result.kind);
  const std::string verdict = !result.holds ? "-" : *result.holds ? "holds" : "FAILS";
  const bool has_range = result.lo && result.kind != PatternKind::kInside;
  const std::string range =
      has_range ? cell(result.lo, decimals) + " to " + cell(result.hi, decimals) : "-";
  const std::string share = result.share_of_replicates
                                ? fmt::format("{:.0f} %", 100.0 * *result.share_of_replicates)
                                : "-";
  return fmt::format("  {:<{}}{:>8}{:>18}{:>18}{:>8}{:>8}\n", result.name, width,
                     cell(result.value, decimals), range, bounds_text(result, decimals), verdict,
                     share);
}

/// The lines of some patterns under a heading, and how many hold.
std::string pattern_lines(const std::vector<PatternResult>& patterns) {
  std::size_t width = 10;
  for (const PatternResult& result : patterns) width = std::max(width, result.name.size() + 2);
  std::string text = fmt::format("\n  {:<{}}{:>8}{:>18}{:>18}{:>8}{:>8}\n", "pattern", width,
                                 "value", "5 % to 95 %", "wanted", "verdict", "alone");
  std::size_t good = 0;
  for (const PatternResult& result : patterns) {
    text += pattern_line(result, width);
    good += result.holds.value_or(false) ? 1 : 0;
  }
  return text + fmt::format("{} of {} patterns hold.", good, patterns.size());
}

std::string pattern_table(const Validation& validation) {
  if (validation.patterns.empty()) return "\nThe scenario names no patterns.\n";
  return pattern_lines(validation.patterns) +
         " The value is the predictive mean's; `alone` is the share of replicates in\n"
         "which the pattern holds by itself. Where a count must lie inside an interval, the value "
         "is the\nobserved record's and the interval is the model's.\n";
}

/// What each posterior forecasts of the patterns whose years it has not seen.
std::string held_out_tables(const Validation& validation) {
  std::string text;
  for (const UsedPosterior& posterior : validation.posteriors) {
    std::vector<PatternResult> patterns;
    for (const HeldOutPattern& pattern : validation.held_out_patterns) {
      if (pattern.scenario == posterior.scenario && pattern.fitted_to == posterior.fitted_to)
        patterns.push_back(pattern.result);
    }
    if (patterns.empty()) continue;
    text += fmt::format("\nHeld out: patterns of later years, by {} fitted to {}.",
                        posterior.scenario, to_text(posterior.fitted_to)) +
            pattern_lines(patterns) + '\n';
  }
  return text;
}

}  // namespace

std::string to_text(YearSpan years) {
  return std::to_string(years.first) + '-' + std::to_string(years.last);
}

std::string validation_text(const World& world, const Validation& validation) {
  std::string text = fmt::format(
      "{}: {} replicates against the observed record of {} destinations.\nARD, CRPS: lower is "
      "better; log score: higher; coverage: near its own number.\n",
      world.scenario.name, validation.plan.count, validation.destinations.size());
  for (const YearSpan period : validation.periods) text += period_table(validation, period);
  for (const YearSpan period : validation.left_out)
    text += "\n" + to_text(period) + " is left out: not all of its years can be scored.\n";
  return text + pattern_table(validation) + held_out_tables(validation);
}

}  // namespace onward
