#include "run/comparison_summary.h"

#include <algorithm>
#include <limits>

#include "run/deflection.h"
#include "run/summary.h"

namespace onward {

namespace {

using Means = std::span<const double>;

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// A comparison while it is summed up.
struct Work {
  const Comparison& comparison;
  const CountLayout& layout;
  const Resamples& resamples;

  MeanInterval mean(std::size_t column) const {
    return *resamples.estimate([column](Means means) { return means[column]; });
  }
  std::optional<MeanInterval> ratio(std::size_t part, std::size_t whole) const {
    return resamples.estimate([part, whole](Means means) {
      return means[whole] > 0.0 ? means[part] / means[whole] : kUndefined;
    });
  }
  Effect effect(const Resamples::Statistic& base, const Resamples::Statistic& variant) const {
    const auto difference = [&](Means means) { return variant(means) - base(means); };
    return {.base = resamples.estimate(base),
            .variant = resamples.estimate(variant),
            .difference = resamples.estimate(difference)};
  }
  Effect count_effect(std::size_t base, std::size_t variant) const {
    return effect([base](Means means) { return means[base]; },
                  [variant](Means means) { return means[variant]; });
  }
  std::size_t blocked() const { return layout.of_people(0, PeopleCount::kBlocked); }
};

Difference claims_difference(const Work& work, std::size_t year, std::size_t destination) {
  const std::size_t base = work.layout.claims(Side::kBase, year, destination);
  const std::size_t variant = work.layout.claims(Side::kVariant, year, destination);
  std::vector<double> differences;
  for (std::size_t r = 0; r < work.comparison.counts.rows(); ++r) {
    const auto row = work.comparison.counts.row(r);
    differences.push_back(row[variant] - row[base]);
  }
  return {.mean = *work.resamples.estimate(
              [base, variant](Means means) { return means[variant] - means[base]; }),
          .q05 = quantile(differences, 0.05),
          .q95 = quantile(differences, 0.95)};
}

Displacement displacement_of(const Work& work, const World& world, std::size_t kind) {
  const bool is_group = kind >= kPeopleKindNames.size();
  Displacement result;
  result.name = is_group ? world.group(GroupId{kind - kPeopleKindNames.size()}).name
                         : std::string(kPeopleKindNames[kind]);
  result.is_group = is_group;
  result.departures = work.mean(work.layout.of_people(kind, PeopleCount::kDepartures));
  const std::size_t blocked = work.layout.of_people(kind, PeopleCount::kBlocked);
  result.blocked = work.mean(blocked);
  for (std::size_t i = 0; i < result.shares.size(); ++i)
    result.shares[i] = work.ratio(work.layout.of_people(kind, static_cast<Response>(i)), blocked);
  return result;
}

/// Share of the blocked who go to `to` instead.
std::optional<MeanInterval> elsewhere_share(const Work& work, std::size_t to) {
  const std::vector<bool>& is_target = work.comparison.parting.is_target;
  return work.resamples.estimate([&work, &is_target, to](Means means) {
    double sum = 0.0;
    for (std::size_t d = 0; d < is_target.size(); ++d) {
      if (is_target[d]) sum += means[work.layout.elsewhere(Side::kBase, d, to)];
    }
    const double blocked = means[work.blocked()];
    return blocked > 0.0 ? sum / blocked : kUndefined;
  });
}

/// Median of the months of those who are later (`sign` 1) or earlier (-1).
std::optional<double> median_months(const DelayCounts& delays, int sign) {
  std::vector<double> months;
  for (const auto& [later, count] : delays) {
    if (later * sign > 0)
      months.insert(months.end(), static_cast<std::size_t>(count), later * sign);
  }
  if (months.empty()) return std::nullopt;
  return quantile(std::move(months), 0.5);
}

Churn churn_of(const Work& work) {
  const std::size_t targeted = work.layout.extra(Extra::kPlaceboTargeted);
  Churn churn;
  churn.overall = work.ratio(work.layout.extra(Extra::kPlaceboChanged),
                             work.layout.extra(Extra::kPlaceboDepartures));
  for (std::size_t i = 0; i < churn.by_response.size(); ++i)
    churn.by_response[i] = work.ratio(work.layout.placebo(static_cast<Response>(i)), targeted);
  churn.targets = work.resamples.estimate([&work, targeted](Means means) {
    double changed = 0.0;
    for (std::size_t i = 0; i < kResponseNames.size(); ++i)
      changed += means[work.layout.placebo(static_cast<Response>(i))];
    return means[targeted] > 0.0 ? changed / means[targeted] : kUndefined;
  });
  return churn;
}

double variance(const std::vector<double>& values) {
  double mean = 0.0;
  for (const double value : values) mean += value;
  mean /= static_cast<double>(values.size());
  double sum = 0.0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size());
}

/// (var V + var B) / var(V - B): how many independent pairs are worth one pair on shared draws.
std::optional<double> variance_reduction(const Work& work, const ComparisonSummary& summary,
                                         std::size_t destination) {
  std::vector<double> base, variant, difference;
  for (std::size_t r = 0; r < work.comparison.counts.rows(); ++r) {
    const auto row = work.comparison.counts.row(r);
    double of_base = 0.0;
    double of_variant = 0.0;
    for (std::size_t y = 0; y < summary.years.size(); ++y) {
      if (summary.variance_years.empty() || summary.years[y] < summary.variance_years.front() ||
          summary.years[y] > summary.variance_years.back())
        continue;
      of_base += row[work.layout.claims(Side::kBase, y, destination)];
      of_variant += row[work.layout.claims(Side::kVariant, y, destination)];
    }
    base.push_back(of_base);
    variant.push_back(of_variant);
    difference.push_back(of_variant - of_base);
  }
  const double shared = variance(difference);
  if (shared == 0.0) return std::nullopt;
  return (variance(base) + variance(variant)) / shared;
}

void add_names(ComparisonSummary& summary, const World& world, const Comparison& comparison) {
  const MeasureShape shape = measure_shape(world.scenario);
  summary.destinations = shape.destinations;
  for (std::size_t y = 0; y < shape.length(Dimension::kYear); ++y)
    summary.years.push_back(shape.first_year() + static_cast<int>(y));
  for (std::size_t d = 0; d < shape.destinations.size(); ++d) {
    if (comparison.parting.is_target[d]) summary.targets.push_back(shape.destinations[d]);
  }
  if (comparison.parting.month) summary.parting = world.scenario.start + *comparison.parting.month;
  summary.base_year = base_year(world, comparison.parting);
  summary.variance_years = variance_years(world, comparison.parting);
}

void add_claims(ComparisonSummary& summary, const Work& work) {
  const Deflection deflection{.layout = work.layout,
                              .is_target = work.comparison.parting.is_target};
  for (std::size_t d = 0; d < summary.destinations.size(); ++d) {
    summary.claims.emplace_back();
    for (std::size_t y = 0; y < summary.years.size(); ++y)
      summary.claims.back().push_back(claims_difference(work, y, d));
    summary.variance_reduction.push_back(variance_reduction(work, summary, d));
  }
  for (std::size_t y = 0; y < summary.years.size(); ++y) {
    summary.paired_ratio.push_back(
        work.resamples.estimate([&](Means means) { return deflection.paired(means, y); }));
    if (!summary.base_year || summary.years[y] <= *summary.base_year) {
      summary.year_on_year_ratio.emplace_back();
      continue;
    }
    const auto before = static_cast<std::size_t>(*summary.base_year - summary.years.front());
    summary.year_on_year_ratio.push_back(work.resamples.estimate(
        [&](Means means) { return deflection.year_on_year(means, y, before); }));
  }
}

Effect protection_effect(const Work& work, std::size_t year, std::size_t destination) {
  const auto rate = [&work, year, destination](Side side) {
    const std::size_t part = work.layout.yearly(Yearly::kProtected, side, year, destination);
    const std::size_t whole = work.layout.yearly(Yearly::kDecided, side, year, destination);
    return [part, whole](Means means) {
      return means[whole] > 0.0 ? means[part] / means[whole] : kUndefined;
    };
  };
  return work.effect(rate(Side::kBase), rate(Side::kVariant));
}

/// Effects on backlogs, on claimants' outcomes and on brokers.
void add_effects(ComparisonSummary& summary, const Work& work) {
  const CountLayout& layout = work.layout;
  for (std::size_t d = 0; d < summary.destinations.size(); ++d) {
    summary.pending.emplace_back();
    summary.protection_rate.emplace_back();
    for (std::size_t y = 0; y < summary.years.size(); ++y) {
      summary.pending.back().push_back(
          work.count_effect(layout.yearly(Yearly::kPending, Side::kBase, y, d),
                            layout.yearly(Yearly::kPending, Side::kVariant, y, d)));
      summary.protection_rate.back().push_back(protection_effect(work, y, d));
    }
  }
  for (std::size_t y = 0; y < summary.years.size(); ++y)
    summary.brokers.push_back(
        work.count_effect(layout.brokers(Side::kBase, y), layout.brokers(Side::kVariant, y)));
  summary.later_departures =
      work.count_effect(layout.extra(Extra::kLaterInBase), layout.extra(Extra::kLaterInVariant));
  summary.onward_moves =
      work.count_effect(layout.extra(Extra::kOnwardInBase), layout.extra(Extra::kOnwardInVariant));
}

void add_displacement(ComparisonSummary& summary, const Work& work, const World& world) {
  for (std::size_t kind = 0; kind < work.layout.people; ++kind)
    summary.displacement.push_back(displacement_of(work, world, kind));
  for (std::size_t d = 0; d < summary.destinations.size(); ++d)
    summary.elsewhere.push_back(elsewhere_share(work, d));
  const auto share = [&](Extra extra) {
    return work.ratio(work.layout.extra(extra), work.blocked());
  };
  summary.elsewhere_other_category = share(Extra::kElsewhereOtherCategory);
  summary.censored = share(Extra::kCensored);
  summary.stopped = share(Extra::kStopped);
  summary.delayed_months = median_months(work.comparison.delays, 1);
  summary.earlier_months = median_months(work.comparison.delays, -1);
  summary.abroad = work.mean(work.layout.extra(Extra::kAbroad));
  const std::size_t base = work.layout.extra(Extra::kBackInBase);
  const std::size_t variant = work.layout.extra(Extra::kBackInVariant);
  summary.reverse_flow = *work.resamples.estimate(
      [base, variant](Means means) { return means[base] - means[variant]; });
}

}  // namespace

std::optional<int> base_year(const World& world, const Parting& parting) {
  if (!parting.month) return std::nullopt;
  const YearMonth at = world.scenario.start + *parting.month;
  const int year = at.month() > 6 ? at.year() : at.year() - 1;
  if (YearMonth{year, 1} < world.scenario.start) return std::nullopt;
  return year;
}

std::vector<int> variance_years(const World& world, const Parting& parting) {
  const std::vector<int> full = full_years(world, parting);
  if (!full.empty()) return {full.front(), full.back()};
  return {(world.scenario.start + parting.month.value_or(0)).year(), world.scenario.end.year()};
}

ComparisonSummary summarise(const World& base, const Comparison& comparison) {
  ThreadTeam team(comparison.plan.threads);
  const Resamples resamples(comparison.counts, comparison.plan.seed, team);
  const Work work{
      .comparison = comparison, .layout = comparison.counts.layout(), .resamples = resamples};
  ComparisonSummary summary;
  add_names(summary, base, comparison);
  add_claims(summary, work);
  add_effects(summary, work);
  add_displacement(summary, work, base);
  summary.churn = churn_of(work);
  summary.decomposition = decompose(base, comparison, resamples);
  return summary;
}

}  // namespace onward
