#include "run/patterns.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "run/scores.h"
#include "run/summary.h"

namespace onward {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// A pattern with its places as positions among the destinations.
struct Question {
  const Pattern& pattern;
  const ObservedTable& observed;
  std::vector<std::size_t> where;
  std::size_t target = 0;
};

double sum_over(const std::vector<std::size_t>& destinations, int year,
                const YearlyCounts& claims) {
  double sum = 0.0;
  for (const std::size_t d : destinations) sum += claims(year, d);
  return sum;
}

/// The first year of the most claims; undefined without claims.
double peak_year(const Question& question, const YearlyCounts& claims) {
  double year_of_most = kUndefined;
  double most = 0.0;
  for (int year = question.pattern.from; year <= question.pattern.to; ++year) {
    const double sum = sum_over(question.where, year, claims);
    if (!(sum > most)) continue;  // nor if it is undefined
    most = sum;
    year_of_most = year;
  }
  return year_of_most;
}

double ratio(const Question& question, const YearlyCounts& claims) {
  const double base = sum_over(question.where, question.pattern.base_year, claims);
  const double now = sum_over(question.where, question.pattern.year, claims);
  return base > 0.0 ? now / base : kUndefined;
}

/// Gross gains elsewhere over the target's loss.
double deflection(const Question& question, const YearlyCounts& claims) {
  const int year = question.pattern.year;
  const int base_year = question.pattern.base_year;
  const double loss = claims(base_year, question.target) - claims(year, question.target);
  double gains = 0.0;
  for (const std::size_t d : question.observed.scored()) {
    if (d != question.target) gains += std::max(0.0, claims(year, d) - claims(base_year, d));
  }
  return loss > 0.0 ? gains / loss : kUndefined;
}

double sum_of_years(const Question& question, const YearlyCounts& claims) {
  double sum = 0.0;
  for (int year = question.pattern.from; year <= question.pattern.to; ++year)
    sum += sum_over(question.where, year, claims);
  return sum;
}

double statistic(const Question& question, const YearlyCounts& claims) {
  const Pattern& pattern = question.pattern;
  switch (pattern.kind) {
    case PatternKind::kPeak:
      return peak_year(question, claims);
    case PatternKind::kInside:
    case PatternKind::kCount:
      return sum_over(question.where, pattern.year, claims);
    case PatternKind::kRatio:
      return ratio(question, claims);
    case PatternKind::kDeflection:
      return deflection(question, claims);
    case PatternKind::kPaired:
      return sum_of_years(question, claims);
    case PatternKind::kArd:
      return averaged_relative_difference(claims, question.observed,
                                          {.first = pattern.from, .last = pattern.to}, pattern.of)
          .value_or(kUndefined);
  }
  return kUndefined;
}

double of_mean(const Question& question, const PredictiveDraws& draws) {
  return statistic(question, [&draws](int year, std::size_t d) {
    const std::vector<double>& shown = draws.shown.at(year, d);
    return std::accumulate(shown.begin(), shown.end(), 0.0) / static_cast<double>(shown.size());
  });
}

std::vector<double> of_draws(const Question& question, const PredictiveDraws& draws) {
  std::vector<double> values;
  for (std::size_t r = 0; r < draws.count(); ++r) {
    values.push_back(statistic(
        question, [&draws, r](int year, std::size_t d) { return draws.shown.at(year, d)[r]; }));
  }
  return values;
}

double of_observed(const Question& question) {
  return statistic(question, [&question](int year, std::size_t d) {
    const bool has_year = question.observed.has(year);
    return has_year && question.observed.cell(year, d) ? question.observed.cell(year, d)->count
                                                       : kUndefined;
  });
}

std::optional<double> defined(double value) {
  if (std::isnan(value)) return std::nullopt;
  return value;
}

/// Whether a value lies between the bounds, ends included; an undefined one does not.
bool is_within(const PatternResult& result, double value) {
  return !std::isnan(value) && value >= result.low_bound.value_or(value) &&
         value <= result.high_bound.value_or(value);
}

/// Sets the interval over draws, and in what share of them the pattern holds.
void add_draws(PatternResult& result, std::vector<double> values) {
  const auto holds = std::count_if(values.begin(), values.end(),
                                   [&](double value) { return is_within(result, value); });
  result.share_of_replicates = static_cast<double>(holds) / static_cast<double>(values.size());
  std::erase_if(values, [](double value) { return std::isnan(value); });
  if (values.empty()) return;
  result.lo = quantile(values, 0.05);
  result.hi = quantile(values, 0.95);
}

void judge_bounded(PatternResult& result, const Question& question, const PredictiveDraws& draws) {
  const double value = of_mean(question, draws);
  result.value = defined(value);
  result.holds = is_within(result, value);
  add_draws(result, of_draws(question, draws));
}

void judge_peak(PatternResult& result, const Question& question, const PredictiveDraws& draws) {
  const double peak = of_observed(question);
  if (std::isnan(peak)) return;
  result.low_bound = peak - question.pattern.within;
  result.high_bound = peak + question.pattern.within;
  judge_bounded(result, question, draws);
}

/// The observed count is the value, the interval of the draws its bounds.
void judge_inside(PatternResult& result, const Question& question, const PredictiveDraws& draws) {
  const double count = of_observed(question);
  if (std::isnan(count)) return;
  const std::vector<double> values = of_draws(question, draws);
  const double tail = 0.5 * (1.0 - question.pattern.level);
  result.value = count;
  result.lo = result.low_bound = quantile(values, tail);
  result.hi = result.high_bound = quantile(values, 1.0 - tail);
  result.holds = is_within(result, count);
}

/// The 90 % interval of the mean difference must lie between the bounds.
void judge_paired(PatternResult& result, const Question& question, const PredictiveDraws& draws,
                  const PredictiveDraws& without) {
  constexpr double kNormal95 = 1.6448536269514722;  // 95 % point of the standard normal
  std::vector<double> differences = of_draws(question, draws);
  const std::vector<double> other = of_draws(question, without);
  const auto count = static_cast<double>(differences.size());
  for (std::size_t r = 0; r < differences.size(); ++r) differences[r] -= other[r];
  const double mean = std::accumulate(differences.begin(), differences.end(), 0.0) / count;
  double squares = 0.0;
  for (const double each : differences) squares += (each - mean) * (each - mean);
  const double half = count > 1.0 ? kNormal95 * std::sqrt(squares / (count - 1.0) / count)
                                  : std::numeric_limits<double>::infinity();
  add_draws(result, differences);
  result.value = mean;
  result.lo = mean - half;
  result.hi = mean + half;
  result.holds = *result.lo > result.low_bound.value_or(-HUGE_VAL) &&
                 *result.hi < result.high_bound.value_or(HUGE_VAL);
}

/// Whether the draws have every year that the pattern looks at.
bool has_years(const Pattern& pattern, const PredictiveDraws& draws) {
  for (const int year : {pattern.year, pattern.base_year, pattern.from, pattern.to}) {
    if (year != 0 && !draws.shown.has(year)) return false;
  }
  return true;
}

Question question_of(const Pattern& pattern, const PatternEvidence& evidence) {
  const World& world = evidence.world;
  Question question{.pattern = pattern, .observed = evidence.observed, .where = {}};
  for (const PlaceId place : pattern.where)
    question.where.push_back(world.destination_of[place.index()]);
  if (pattern.where.empty()) question.where = evidence.observed.scored();
  if (pattern.target) question.target = world.destination_of[pattern.target->index()];
  return question;
}

}  // namespace

PatternResult judge(const Pattern& pattern, const PatternEvidence& evidence) {
  PatternResult result{.name = pattern.id,
                       .kind = pattern.kind,
                       .value = {},
                       .lo = {},
                       .hi = {},
                       .low_bound = pattern.low,
                       .high_bound = pattern.high,
                       .holds = {},
                       .share_of_replicates = {}};
  if (!has_years(pattern, evidence.draws)) return result;
  const Question question = question_of(pattern, evidence);
  if (pattern.kind == PatternKind::kPeak) {
    judge_peak(result, question, evidence.draws);
  } else if (pattern.kind == PatternKind::kInside) {
    judge_inside(result, question, evidence.draws);
  } else if (pattern.kind == PatternKind::kPaired) {
    EXPECT(evidence.without != nullptr);
    judge_paired(result, question, evidence.draws, *evidence.without);
  } else {
    judge_bounded(result, question, evidence.draws);
  }
  return result;
}

Scenario without_changes(Scenario scenario, PlaceId target, YearMonth since) {
  for (PolicyChange& change : scenario.policy) {
    if (change.at >= since) std::erase(change.where, target);
  }
  std::erase_if(scenario.policy, [](const PolicyChange& change) { return change.where.empty(); });
  return scenario;
}

}  // namespace onward
