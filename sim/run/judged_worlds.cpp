#include "run/judged_worlds.h"

#include <algorithm>

#include "core/check.h"

namespace onward {

namespace {

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

Worlds without_brokers(const Worlds& worlds) {
  Scenario scenario = worlds.centre().scenario;
  scenario.brokers.slots = 0;
  return worlds.in(std::move(scenario));
}

/// The first of the years that a pattern is about, besides one that it is held against.
int first_year(const Pattern& pattern) { return pattern.year != 0 ? pattern.year : pattern.from; }

bool has_brokers(const World& world) { return world.scenario.brokers.slots > 0; }

/// Whether the world without brokers must be run on a candidate's own draws.
bool needs_no_brokers(const World& judged, const std::vector<JudgedWorlds>& candidates,
                      const JudgedWorlds& candidate) {
  return has_brokers(candidate.worlds.centre()) &&
         std::none_of(candidates.begin(), candidates.end(), [&](const JudgedWorlds& other) {
           return is_rival(judged, other) && other.fitted_to == candidate.fitted_to;
         });
}

/// What there is to run, all of it still empty.
std::vector<CandidateDraws> plan_draws(const World& judged,
                                       const std::vector<JudgedWorlds>& candidates) {
  std::vector<CandidateDraws> all(candidates.size());
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    all[c].needs_no_brokers = needs_no_brokers(judged, candidates, candidates[c]);
    for (const Pattern& pattern : judged.scenario.validation.patterns) {
      const bool is_asked =
          c == judged_position(judged, candidates) || is_held_out(judged, candidates[c], pattern);
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
  if (draws.needs_no_brokers) {
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

}  // namespace

bool is_rival(const World& judged, const JudgedWorlds& candidate) {
  return has_brokers(judged) && !has_brokers(candidate.worlds.centre());
}

bool is_held_out(const World& judged, const JudgedWorlds& candidate, const Pattern& pattern) {
  return !is_rival(judged, candidate) && candidate.worlds.posterior() != nullptr &&
         candidate.fitted_to && candidate.fitted_to->last < first_year(pattern);
}

std::size_t judged_position(const World& judged, const std::vector<JudgedWorlds>& candidates) {
  const auto years = [&](const JudgedWorlds& candidate) {
    if (is_rival(judged, candidate)) return -1;
    return candidate.fitted_to ? candidate.fitted_to->last - candidate.fitted_to->first + 1 : 0;
  };
  const auto most =
      std::max_element(candidates.begin(), candidates.end(),
                       [&](const auto& a, const auto& b) { return years(a) < years(b); });
  return static_cast<std::size_t>(most - candidates.begin());
}

std::vector<CandidateDraws> run_candidates(const World& judged,
                                           const std::vector<JudgedWorlds>& candidates,
                                           const ReplicatePlan& plan,
                                           const ProgressCallback& progress,
                                           const std::function<bool()>& stop) {
  std::vector<CandidateDraws> all = plan_draws(judged, candidates);
  std::size_t worlds = 0;
  for (const CandidateDraws& draws : all)
    worlds += (draws.needs_no_brokers ? 2 : 1) + draws.without.size();
  Runner runner(plan, worlds, progress, stop);
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    if (!run_worlds(all[c], candidates[c], runner)) return {};
  }
  return all;
}

}  // namespace onward
