#include "run/validation.h"

#include <algorithm>
#include <map>

#include "core/check.h"
#include "run/naive_negative_binomial.h"

namespace onward {

namespace {

/// The worlds to run besides the one judged, by what is left out of it.
using Removal = std::pair<PlaceId, YearMonth>;

/// Runs worlds one after the other, with one progress for all.
class Runner {
 public:
  Runner(const ReplicatePlan& plan, std::size_t worlds, const ProgressCallback& progress,
         const std::function<bool()>& stop)
      : plan_(plan), worlds_(static_cast<double>(worlds)), progress_(progress), stop_(stop) {}

  /// Empty if a signal stopped it, or an earlier one.
  std::optional<PredictiveDraws> run(const Worlds& worlds) {
    const World& world = worlds.centre();
    PredictiveDraws draws(full_years(world.scenario), world.destinations.size(), plan_.count);
    DrawCollector collector(worlds, plan_.first, draws);
    Observer* const observers[] = {&collector};
    const auto show = [this](double finished, double total) {
      if (progress_) progress_(finished_ * total + finished, worlds_ * total);
    };
    if (!run_replicates(worlds, plan_, observers, show, stop_)) return std::nullopt;
    finished_ += 1.0;
    return draws;
  }

 private:
  const ReplicatePlan& plan_;
  double worlds_;
  const ProgressCallback& progress_;
  const std::function<bool()>& stop_;
  double finished_ = 0.0;
};

/// How far the parameters are from knowing the years scored.
std::string origin_of(const JudgedWorlds& candidate) {
  if (!candidate.fitted_to) return "not stated";
  return "fitted to " + std::to_string(candidate.fitted_to->first) + '-' +
         std::to_string(candidate.fitted_to->last);
}

Worlds without_brokers(const Worlds& worlds) {
  Scenario scenario = worlds.centre().scenario;
  scenario.brokers.slots = 0;
  return worlds.in(std::move(scenario));
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

/// The first of the years that a pattern is about, besides one that it is held against.
int first_year(const Pattern& pattern) { return pattern.year != 0 ? pattern.year : pattern.from; }

/// Whether a posterior has seen no year that a pattern is about.
bool is_held_out(const JudgedWorlds& candidate, const Pattern& pattern) {
  return candidate.worlds.posterior() != nullptr && candidate.fitted_to &&
         candidate.fitted_to->last < first_year(pattern);
}

/// Position of the candidate that is fitted to the most years; the first of several.
std::size_t judged_position(const std::vector<JudgedWorlds>& candidates) {
  const auto years = [](const JudgedWorlds& candidate) {
    return candidate.fitted_to ? candidate.fitted_to->last - candidate.fitted_to->first + 1 : 0;
  };
  const auto most =
      std::max_element(candidates.begin(), candidates.end(),
                       [&](const auto& a, const auto& b) { return years(a) < years(b); });
  return static_cast<std::size_t>(most - candidates.begin());
}

/// The draws of all worlds that are needed of one candidate.
struct CandidateDraws {
  std::optional<PredictiveDraws> model;
  std::optional<PredictiveDraws> no_brokers;  ///< empty if it has none
  std::map<Removal, std::optional<PredictiveDraws>> without;
};

bool has_brokers(const JudgedWorlds& candidate) {
  return candidate.worlds.centre().scenario.brokers.slots > 0;
}

/// What there is to run, all of it still empty.
std::vector<CandidateDraws> plan_draws(const std::vector<JudgedWorlds>& candidates,
                                       const std::vector<Pattern>& patterns) {
  std::vector<CandidateDraws> all(candidates.size());
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    for (const Pattern& pattern : patterns) {
      const bool is_asked = c == judged_position(candidates) || is_held_out(candidates[c], pattern);
      if (is_asked && pattern.kind == PatternKind::kPaired)
        all[c].without[{*pattern.target, pattern.since}] = {};
    }
  }
  return all;
}

/// Runs the worlds of one candidate. False if it was stopped.
bool run_worlds(CandidateDraws& draws, const JudgedWorlds& candidate, Runner& runner) {
  const Worlds& worlds = candidate.worlds;
  draws.model = runner.run(worlds);
  if (!draws.model) return false;
  if (has_brokers(candidate)) {
    draws.no_brokers = runner.run(without_brokers(worlds));
    if (!draws.no_brokers) return false;
  }
  for (auto& [removal, without] : draws.without) {
    const Scenario& scenario = worlds.centre().scenario;
    without = runner.run(worlds.in(without_changes(scenario, removal.first, removal.second)));
    if (!without) return false;
  }
  return true;
}

/// Runs them all. False if it was stopped.
bool run_all(std::vector<CandidateDraws>& all, const std::vector<JudgedWorlds>& candidates,
             const ReplicatePlan& plan, const ProgressCallback& progress,
             const std::function<bool()>& stop) {
  std::size_t worlds = 0;
  for (std::size_t c = 0; c < candidates.size(); ++c)
    worlds += (has_brokers(candidates[c]) ? 2 : 1) + all[c].without.size();
  Runner runner(plan, worlds, progress, stop);
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    if (!run_worlds(all[c], candidates[c], runner)) return false;
  }
  return true;
}

void add_model_forecasts(std::vector<KnowingForecast>& forecasts, const JudgedWorlds& candidate,
                         const CandidateDraws& draws, const ObservedTable& observed) {
  const std::string origin = origin_of(candidate);
  const std::optional<int> known_until =
      candidate.fitted_to ? std::optional(candidate.fitted_to->last) : std::nullopt;
  forecasts.push_back({forecast_of(*draws.model, observed, "model", origin), known_until});
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

  std::vector<CandidateDraws> all = plan_draws(candidates, wanted.patterns);
  if (!run_all(all, candidates, plan, progress, stop)) return std::nullopt;
  std::vector<KnowingForecast> model;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    add_posterior(validation, candidates[c]);
    add_model_forecasts(model, candidates[c], all[c], observed);
    for (const Pattern& pattern : wanted.patterns) {
      if (is_held_out(candidates[c], pattern))
        validation.held_out_patterns.push_back(
            {judge_by(candidates[c], all[c], pattern, observed), *candidates[c].fitted_to});
    }
  }
  add_all_scores(validation, std::move(model), observed, judged);
  const std::size_t fitted_most = judged_position(candidates);
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
