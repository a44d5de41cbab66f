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
  std::optional<PredictiveDraws> run(const World& world) {
    PredictiveDraws draws(full_years(world.scenario), world.destinations.size(), plan_.count);
    DrawCollector collector(world, plan_.first, draws);
    Observer* const observers[] = {&collector};
    const auto show = [this](double finished, double total) {
      if (progress_) progress_(finished_ * total + finished, worlds_ * total);
    };
    if (!run_replicates(world, plan_, observers, show, stop_)) return std::nullopt;
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
std::string model_origin(const ValidationPlan& plan) {
  if (!plan.fitted_to) return "not stated";
  return "fitted to " + std::to_string(plan.fitted_to->first) + '-' +
         std::to_string(plan.fitted_to->last);
}

World without_brokers(const World& world) {
  Scenario scenario = world.scenario;
  scenario.brokers.slots = 0;
  return World(std::move(scenario));
}

/// Each naive forecast, knowing what `known` says.
std::vector<Forecast> naive_forecasts(const Knowledge& known, YearSpan years,
                                      const NaiveDraws& how) {
  return {persistence(known, years), share_persistence(known, years), long_run_shares(known, years),
          equal_shares(known, years), naive_negative_binomial(known, years, how)};
}

void add_scores(Validation& validation, const std::vector<Forecast>& forecasts,
                const ObservedTable& observed, YearSpan period) {
  for (const Quantity target : {Quantity::kCounts, Quantity::kShares}) {
    for (const Forecast& forecast : forecasts) {
      if (forecast.mean.years().first > period.first) continue;
      validation.scores.push_back({.forecast = forecast.name,
                                   .origin = forecast.origin,
                                   .target = target,
                                   .period = period,
                                   .score = score(forecast, observed, period, target)});
    }
  }
}

bool is_inside(YearSpan inner, YearSpan outer) {
  return inner.first >= outer.first && inner.last <= outer.last;
}

/// The model's forecasts and the naive ones, rolling and, in periods after the origin, fixed there.
void add_all_scores(Validation& validation, std::vector<Forecast> model,
                    const ObservedTable& observed, const World& world) {
  const YearSpan years = scorable_years(world, observed);
  const NaiveDraws how{.seed = validation.plan.seed,
                       .rounded_below = world.parameters().get<"observation.rounded_below">()};
  const auto append = [](std::vector<Forecast>& to, std::vector<Forecast> from) {
    std::move(from.begin(), from.end(), std::back_inserter(to));
  };
  std::vector<Forecast> rolling = std::move(model);
  append(rolling, naive_forecasts({.observed = observed, .fixed_at = {}}, years, how));
  std::vector<Forecast> fixed;
  const YearSpan later{.first = validation.origin + 1, .last = years.last};
  const bool is_known = validation.origin >= observed.years().first;
  if (is_known && later.first <= later.last)
    fixed = naive_forecasts({.observed = observed, .fixed_at = validation.origin}, later, how);
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

/// The draws of all worlds that a validation needs.
struct AllDraws {
  std::optional<PredictiveDraws> model;
  std::optional<PredictiveDraws> no_brokers;  ///< empty if the world has none
  std::map<Removal, std::optional<PredictiveDraws>> without;
};

/// Runs them. False if it was stopped.
bool run_all(AllDraws& all, const World& world, const ReplicatePlan& plan,
             const ProgressCallback& progress, const std::function<bool()>& stop) {
  for (const Pattern& pattern : world.scenario.validation.patterns) {
    if (pattern.kind == PatternKind::kPaired) all.without[{*pattern.target, pattern.since}] = {};
  }
  const bool has_brokers = world.scenario.brokers.slots > 0;
  Runner runner(plan, (has_brokers ? 2 : 1) + all.without.size(), progress, stop);
  all.model = runner.run(world);
  if (!all.model) return false;
  if (has_brokers) {
    all.no_brokers = runner.run(without_brokers(world));
    if (!all.no_brokers) return false;
  }
  for (auto& [removal, draws] : all.without) {
    draws = runner.run(World(without_changes(world.scenario, removal.first, removal.second)));
    if (!draws) return false;
  }
  return true;
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

std::optional<Validation> validate(const World& world, const ReplicatePlan& plan,
                                   const ProgressCallback& progress,
                                   const std::function<bool()>& stop) {
  const ObservedTable observed(world);
  const YearSpan scorable = scorable_years(world, observed);
  EXPECT(scorable.first <= scorable.last);
  const ValidationPlan& wanted = world.scenario.validation;
  Validation validation{.plan = plan,
                        .periods = {},
                        .left_out = {},
                        .destinations = {},
                        .scores = {},
                        .patterns = {}};
  choose_periods(validation, wanted, scorable);
  for (const std::size_t d : observed.scored()) validation.destinations.push_back(observed.name(d));

  AllDraws all;
  if (!run_all(all, world, plan, progress, stop)) return std::nullopt;
  const std::string origin = model_origin(wanted);
  std::vector<Forecast> model{forecast_of(*all.model, observed, "model", origin)};
  if (all.no_brokers) {
    model.push_back(
        forecast_of(*all.no_brokers, observed, "no-brokers", origin + ", not refitted"));
  }
  add_all_scores(validation, std::move(model), observed, world);
  for (const Pattern& pattern : wanted.patterns) {
    const PredictiveDraws* without = nullptr;
    if (pattern.kind == PatternKind::kPaired)
      without = &*all.without.at({*pattern.target, pattern.since});
    validation.patterns.push_back(judge(pattern, {world, observed, *all.model, without}));
  }
  return validation;
}

}  // namespace onward
