#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "run/comparison.h"
#include "run/decomposition.h"
#include "run/resamples.h"

/// The numbers of a comparison, as docs/comparison.md defines them. Means are over replicates,
/// shares and ratios are ratios of means, intervals are 90 % intervals of them.
namespace onward {

/// A paired difference: variant less base.
struct Difference {
  MeanInterval mean;
  double q05 = 0.0;  ///< 5 % quantile over replicates
  double q95 = 0.0;
};

/// Means of both worlds and their difference; a rate is empty where nothing is decided.
struct Effect {
  std::optional<MeanInterval> base;
  std::optional<MeanInterval> variant;
  std::optional<MeanInterval> difference;
};

/// What some of the people who depart to targets in the base do in the variant.
struct Displacement {
  std::string name;         ///< of the people
  bool is_group = false;    ///< whether that is the name of a claimant group
  MeanInterval departures;  ///< persons who depart to targets in the base
  MeanInterval blocked;     ///< persons who do not go there unchanged
  /// Shares of the blocked by response; empty if nobody is.
  std::array<std::optional<MeanInterval>, kResponseNames.size()> shares;
};

/// What of the base changes when one irrelevant person is disturbed. Empty without a placebo, or
/// if nobody departs.
struct Churn {
  std::optional<MeanInterval> overall;  ///< share of all first departures
  std::optional<MeanInterval> targets;  ///< share of those to targets
  std::array<std::optional<MeanInterval>, kResponseNames.size()> by_response;  ///< the same, apart
};

/// Lists by destination, then by year where there are both.
struct ComparisonSummary {
  std::vector<int> years;
  std::vector<std::string> destinations;
  std::vector<std::string> targets;
  std::optional<YearMonth> parting;
  std::optional<int> base_year;  ///< what the year-on-year ratio is measured against

  std::vector<std::vector<Difference>> claims;
  std::vector<std::vector<Effect>> pending;          ///< cases at the end of the year
  std::vector<std::vector<Effect>> protection_rate;  ///< of the year's decisions at first instance
  std::vector<Effect> brokers;                       ///< at work at the end of the year, by year
  Effect later_departures;                 ///< departures after the first from the parting on
  Effect onward_moves;                     ///< moves after a refusal from the parting on
  std::vector<Displacement> displacement;  ///< everyone first, then by kind of people
  std::vector<std::optional<MeanInterval>> elsewhere;    ///< shares of the blocked
  std::optional<MeanInterval> elsewhere_other_category;  ///< of the blocked; part of spatial
  std::optional<MeanInterval> censored;                  ///< of the blocked; part of deterred
  std::optional<MeanInterval> stopped;   ///< of the blocked; part of return and deterred
  std::optional<double> delayed_months;  ///< median over those who are delayed
  std::optional<double> earlier_months;  ///< median over those who are earlier, positive
  MeanInterval abroad;                   ///< persons who were abroad at the parting
  MeanInterval reverse_flow;             ///< how many fewer of them are back
  std::vector<std::optional<MeanInterval>> paired_ratio;        ///< by year
  std::vector<std::optional<MeanInterval>> year_on_year_ratio;  ///< by year
  Churn churn;
  std::vector<int> variance_years;                        ///< first and last of the window
  std::vector<std::optional<double>> variance_reduction;  ///< by destination
  std::optional<Decomposition> decomposition;             ///< if asked for
};

/// Works out every number. The threads change nothing.
ComparisonSummary summarise(const World& base, const Comparison& comparison);

/// The last calendar year of which at least half lies before the parting and all in the run.
std::optional<int> base_year(const World& world, const Parting& parting);

/// The first two full calendar years from the parting on that the run has; if it has none, the
/// years from the parting to the horizon.
std::vector<int> variance_years(const World& world, const Parting& parting);

}  // namespace onward
