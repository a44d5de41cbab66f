#include "run/validation.h"

#include <algorithm>

#include "core/check.h"
#include "run/naive_negative_binomial.h"

namespace onward {

namespace {

/// How far the parameters are from knowing the years scored.
std::string origin_of(const JudgedWorlds& candidate) {
  if (!candidate.fitted_to) return "not stated";
  return "fitted to " + std::to_string(candidate.fitted_to->first) + '-' +
         std::to_string(candidate.fitted_to->last);
}

/// A forecast, and the last year that it knows of the record.
struct KnowingForecast {
  Forecast forecast;
  /// Empty if nobody says, or if it knows every year before the one that it forecasts.
  std::optional<int> known_until;
};

/// Each naive forecast, knowing what `known` says.
std::vector<Forecast> naive_forecasts(const Knowledge& known, YearSpan years,
                                      const NaiveDraws& how) {
  return {persistence(known, years), share_persistence(known, years), long_run_shares(known, years),
          equal_shares(known, years), naive_negative_binomial(known, years, how)};
}

void add_scores(Validation& validation, const std::vector<KnowingForecast>& forecasts,
                const ObservedTable& observed, YearSpan period) {
  for (const Quantity target : {Quantity::kCounts, Quantity::kShares}) {
    for (const auto& [forecast, known_until] : forecasts) {
      if (forecast.mean.years().first > period.first) continue;
      validation.scores.push_back({.forecast = forecast.name,
                                   .origin = forecast.origin,
                                   .target = target,
                                   .period = period,
                                   .held_out = known_until && *known_until < period.first,
                                   .score = score(forecast, observed, period, target)});
    }
  }
}

bool is_inside(YearSpan inner, YearSpan outer) {
  return inner.first >= outer.first && inner.last <= outer.last;
}

/// The model's forecasts and the naive ones, rolling and, in periods after the origin, fixed there.
void add_all_scores(Validation& validation, std::vector<KnowingForecast> model,
                    const ObservedTable& observed, const World& world) {
  const YearSpan years = scorable_years(world, observed);
  const NaiveDraws how{.seed = validation.plan.seed,
                       .rounded_below = world.parameters().get<"observation.rounded_below">()};
  const auto append = [](std::vector<KnowingForecast>& to, std::vector<Forecast> from,
                         std::optional<int> known_until) {
    for (Forecast& forecast : from)
      to.push_back({.forecast = std::move(forecast), .known_until = known_until});
  };
  std::vector<KnowingForecast> rolling = std::move(model);
  append(rolling, naive_forecasts({.observed = observed, .fixed_at = {}}, years, how), {});
  std::vector<KnowingForecast> fixed;
  const int origin = validation.origin;
  const YearSpan later{.first = origin + 1, .last = years.last};
  if (origin >= observed.years().first && later.first <= later.last)
    append(fixed, naive_forecasts({.observed = observed, .fixed_at = origin}, later, how), origin);
  for (const YearSpan period : validation.periods) {
    add_scores(validation, rolling, observed, period);
    if (period.first > validation.origin) add_scores(validation, fixed, observed, period);
  }
}

/// Keeps the periods that can be scored.
void choose_periods(Validation& validation, const ValidationPlan& plan, YearSpan scorable) {
  validation.origin = forecast_origin(plan, scorable);
  for (const YearSpan period : periods_of(plan, scorable)) {
    (is_inside(period, scorable) ? validation.periods : validation.left_out).push_back(period);
  }
}

void add_model_forecasts(std::vector<KnowingForecast>& forecasts, const World& judged,
                         const JudgedWorlds& candidate, const CandidateDraws& draws,
                         const ObservedTable& observed) {
  const std::string origin = origin_of(candidate);
  const std::optional<int> known_until =
      candidate.fitted_to ? std::optional(candidate.fitted_to->last) : std::nullopt;
  const char* name = is_rival(judged, candidate) ? "no-brokers" : "model";
  forecasts.push_back({forecast_of(*draws.model, observed, name, origin), known_until});
  if (draws.no_brokers)
    forecasts.push_back(
        {forecast_of(*draws.no_brokers, observed, "no-brokers", origin + ", not refitted"),
         known_until});
}

PatternResult judge_by(const JudgedWorlds& candidate, const CandidateDraws& draws,
                       const Pattern& pattern, const ObservedTable& observed) {
  const PredictiveDraws* without = nullptr;
  if (pattern.kind == PatternKind::kPaired)
    without = &*draws.without.at({*pattern.target, pattern.since});
  return judge(pattern, {candidate.worlds.centre(), observed, *draws.model, without});
}

void add_posterior(Validation& validation, const JudgedWorlds& candidate) {
  const Posterior* posterior = candidate.worlds.posterior();
  if (posterior == nullptr) return;
  validation.posteriors.push_back({.study = posterior->study,
                                   .scenario = candidate.worlds.centre().scenario.name,
                                   .fitted_to = posterior->fitted_to,
                                   .left_out = posterior->left_out,
                                   .draws = posterior->draws.size()});
}

}  // namespace

YearSpan scorable_years(const World& world, const ObservedTable& observed) {
  const YearSpan run = full_years(world.scenario);
  return {.first = std::max(run.first, observed.years().first + 1),
          .last = std::min(run.last, observed.years().last)};
}

int forecast_origin(const ValidationPlan& plan, YearSpan scorable) {
  if (plan.origin != 0) return plan.origin;
  return scorable.last - std::max(1, (scorable.last - scorable.first + 1) / 4);
}

std::vector<YearSpan> periods_of(const ValidationPlan& plan, YearSpan scorable) {
  if (!plan.periods.empty()) return plan.periods;
  const int origin = forecast_origin(plan, scorable);
  std::vector<YearSpan> periods{scorable};
  if (origin >= scorable.first && origin < scorable.last) {
    periods.push_back({.first = scorable.first, .last = origin});
    periods.push_back({.first = origin + 1, .last = scorable.last});
  }
  return periods;
}

std::optional<Validation> validate(const World& judged, const std::vector<JudgedWorlds>& candidates,
                                   const ReplicatePlan& plan, const ProgressCallback& progress,
                                   const std::function<bool()>& stop) {
  EXPECT(!candidates.empty());
  const ObservedTable observed(judged);
  const YearSpan scorable = scorable_years(judged, observed);
  EXPECT(scorable.first <= scorable.last);
  const ValidationPlan& wanted = judged.scenario.validation;
  Validation validation{.plan = plan,
                        .periods = {},
                        .left_out = {},
                        .destinations = {},
                        .scores = {},
                        .patterns = {},
                        .held_out_patterns = {},
                        .posteriors = {}};
  choose_periods(validation, wanted, scorable);
  for (const std::size_t d : observed.scored()) validation.destinations.push_back(observed.name(d));

  const std::vector<CandidateDraws> all = run_candidates(judged, candidates, plan, progress, stop);
  if (all.empty()) return std::nullopt;
  std::vector<KnowingForecast> model;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    add_posterior(validation, candidates[c]);
    add_model_forecasts(model, judged, candidates[c], all[c], observed);
    for (const Pattern& pattern : wanted.patterns) {
      if (is_held_out(judged, candidates[c], pattern))
        validation.held_out_patterns.push_back({judge_by(candidates[c], all[c], pattern, observed),
                                                candidates[c].worlds.centre().scenario.name,
                                                *candidates[c].fitted_to});
    }
  }
  add_all_scores(validation, std::move(model), observed, judged);
  const std::size_t fitted_most = judged_position(judged, candidates);
  for (const Pattern& pattern : wanted.patterns)
    validation.patterns.push_back(
        judge_by(candidates[fitted_most], all[fitted_most], pattern, observed));
  return validation;
}

std::optional<Validation> validate(const World& world, const ReplicatePlan& plan,
                                   const ProgressCallback& progress,
                                   const std::function<bool()>& stop) {
  const JudgedWorlds itself{.worlds = world, .fitted_to = world.scenario.validation.fitted_to};
  return validate(world, std::vector{itself}, plan, progress, stop);
}

}  // namespace onward
