#include "run/comparison_tables.h"

#include <limits>

#include "core/check.h"
#include "run/count_tables.h"

namespace onward {

namespace {

using Names = std::vector<std::string>;

const Names kEstimate{"mean", "lo", "hi"};
const Names kDifference{"mean", "lo", "hi", "q05", "q95"};

template <std::size_t N>
Names to_names(const std::array<std::string_view, N>& names) {
  return {names.begin(), names.end()};
}

/// Claimant groups are told from kinds of people by a prefix: a group may have any name.
Names people_names(const ComparisonSummary& summary) {
  Names names;
  for (const Displacement& people : summary.displacement)
    names.push_back(people.is_group ? "group:" + people.name : people.name);
  return names;
}

std::vector<std::int32_t> delay_labels(const DelayCounts& delays) {
  std::vector<std::int32_t> labels;
  for (const auto& [months, count] : delays) labels.push_back(months);
  return labels;
}

std::vector<TableAxis> comparison_axes(const Comparison& comparison,
                                       const ComparisonSummary& summary) {
  return {
      {"world", "the world that is counted", Names{"base", "variant"}},
      {"fate", "what the person does in the other world", to_names(kFateNames)},
      {"to", "destination in the other world", summary.destinations},
      {"people", "kinds of people and claimant groups", people_names(summary)},
      {"response", "what blocked people do instead", to_names(kResponseNames)},
      {"delay", "months by which a departure is later in the variant",
       delay_labels(comparison.delays), "month"},
      {"estimate", "mean over replicates and its 90 % interval", kEstimate},
      {"difference", "the same, and quantiles over replicates", kDifference},
  };
}

std::vector<FileAttribute> comparison_attributes(const Comparison& comparison,
                                                 const ComparisonSummary& summary) {
  std::vector<FileAttribute> attributes{
      {"parting", summary.parting ? to_text(*summary.parting) : std::string()},
      {"placebos", std::int64_t{comparison.placebos}}};
  if (summary.base_year) attributes.push_back({"base_year", std::int64_t{*summary.base_year}});
  if (summary.variance_years.empty()) return attributes;
  attributes.push_back({"first_variance_year", std::int64_t{summary.variance_years.front()}});
  attributes.push_back({"last_variance_year", std::int64_t{summary.variance_years.back()}});
  return attributes;
}

void add_estimate(std::vector<double>& values, const std::optional<MeanInterval>& estimate) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  for (const double value : {estimate ? estimate->mean : kNone, estimate ? estimate->lo : kNone,
                             estimate ? estimate->hi : kNone})
    values.push_back(value);
}

template <class Estimates>
std::vector<double> estimate_values(const Estimates& estimates) {
  std::vector<double> values;
  for (const std::optional<MeanInterval>& estimate : estimates) add_estimate(values, estimate);
  return values;
}

DataTable shares_of_people(const ComparisonSummary& summary) {
  std::vector<double> values;
  for (const Displacement& people : summary.displacement) {
    for (const auto& share : people.shares) add_estimate(values, share);
  }
  return {"response_share",
          {"people", "response", "estimate"},
          "1",
          "share of the blocked by response",
          std::move(values)};
}

DataTable claims_estimates(const ComparisonSummary& summary) {
  std::vector<double> values;
  for (std::size_t y = 0; y < summary.years.size(); ++y) {
    for (const auto& by_year : summary.claims) {
      const Difference& difference = by_year[y];
      add_estimate(values, difference.mean);
      values.push_back(difference.q05);
      values.push_back(difference.q95);
    }
  }
  return {"claims_difference_summary",
          {"year", "destination", "difference"},
          "person",
          "claims, variant less base: mean over replicates, its interval, quantiles",
          std::move(values)};
}

std::vector<double> or_nan(const std::vector<std::optional<double>>& values) {
  std::vector<double> numbers;
  for (const auto& value : values)
    numbers.push_back(value.value_or(std::numeric_limits<double>::quiet_NaN()));
  return numbers;
}

void add_summary_tables(std::vector<DataTable>& tables, const ComparisonSummary& summary) {
  const auto add = [&](const char* name, Names axes, const char* meaning,
                       std::vector<double> values) {
    tables.push_back({name, std::move(axes), "1", meaning, std::move(values)});
  };
  const Churn& churn = summary.churn;
  tables.push_back(claims_estimates(summary));
  tables.push_back(shares_of_people(summary));
  add("elsewhere_share", {"destination", "estimate"},
      "share of the blocked who go to the destination instead", estimate_values(summary.elsewhere));
  add("paired_ratio", {"year", "estimate"},
      "deflection ratio: net gains elsewhere over the targets' loss, against the base",
      estimate_values(summary.paired_ratio));
  add("year_on_year_ratio", {"year", "estimate"},
      "deflection ratio within the variant, against base_year: gross gains over the loss",
      estimate_values(summary.year_on_year_ratio));
  add("churn", {"estimate"}, "share of all first departures that a placebo changes",
      estimate_values(std::array{churn.overall}));
  add("churn_at_targets", {"estimate"}, "share of first departures to targets that it changes",
      estimate_values(std::array{churn.targets}));
  add("churn_by_response", {"response", "estimate"}, "the same by response",
      estimate_values(churn.by_response));
  add("variance_reduction", {"destination"},
      "variance of the claims' difference on independent draws over that on shared ones",
      or_nan(summary.variance_reduction));
}

DataTable delay_table(const DelayCounts& delays) {
  std::vector<std::int32_t> counts;
  for (const auto& [months, count] : delays) {
    EXPECT(count <= std::numeric_limits<std::int32_t>::max());
    counts.push_back(static_cast<std::int32_t>(count));
  }
  return {"delayed_departures",
          {"delay"},
          "person",
          "departures to targets earlier or later in the variant, over all replicates",
          std::move(counts)};
}

DataTable target_table(const Parting& parting) {
  return {"is_target",
          {"destination"},
          "1",
          "1 if the destination's policy differs between the worlds",
          std::vector<std::int32_t>(parting.is_target.begin(), parting.is_target.end())};
}

}  // namespace

TableSet comparison_tables(const World& base, const Comparison& comparison,
                           const ComparisonSummary& summary) {
  TableSet set{.attributes = comparison_attributes(comparison, summary),
               .axes = comparison_axes(comparison, summary),
               .tables = count_tables(comparison.counts)};
  for (DataTable& table :
       month_tables(comparison.months, base.scenario.months(), comparison.counts.rows()))
    set.tables.push_back(std::move(table));
  set.tables.push_back(delay_table(comparison.delays));
  set.tables.push_back(target_table(comparison.parting));
  add_summary_tables(set.tables, summary);
  return set;
}

}  // namespace onward
