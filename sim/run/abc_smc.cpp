#include "run/abc_smc.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "io/study_text.h"
#include "model/purpose.h"
#include "run/climb.h"
#include "run/prior_scale.h"

namespace onward {

namespace {

/// Moves go on until this share of the particles would be expected never to have moved.
constexpr double kStuck = 0.05;
/// The acceptance that the size of the steps is steered to.
constexpr double kGoodAcceptance = 0.15;
constexpr double kLeastStep = 0.1;
constexpr double kMostStep = 1.0;
/// Share of the moves that go the whole way between two survivors, and what is added to all.
constexpr double kWholeWay = 0.1;
constexpr double kJitter = 0.01;
/// The first population is drawn so much wider than the summits' normal approximations.
constexpr double kFirstSpread = 1.2;

using Eigen::Index;

/// The tolerance that need not be passed: the distance of the nearest of the highest summits, and
/// what minus the log of a likelihood has on average over the posterior of so many parameters,
/// above its least value. Without a climb there is none.
double tolerance_floor(const CalibrationState& state, const CalibrationStudy& study) {
  const std::vector<Summit> summits = highest_of(find_summits(state, study));
  if (summits.empty()) return -std::numeric_limits<double>::infinity();
  const auto nearer = [](const Summit& a, const Summit& b) { return a.distance < b.distance; };
  return std::min_element(summits.begin(), summits.end(), nearer)->distance +
         0.5 * static_cast<double>(study.parameters.size());
}

/// A point of the first population: from the priors, or from around the summits in turn.
std::vector<double> draw_first(const CalibrationStudy& study, const std::vector<Summit>& summits,
                               std::size_t number, DrawSequence draws) {
  if (summits.empty()) return draw_prior(study.parameters, draws);
  const Gaussian& around = summits[number % summits.size()].around;
  const auto draw_one = [&]() -> Eigen::VectorXd {
    return around.mean +
           kFirstSpread * (around.factor * draw_standard_normal(around.mean.size(), draws));
  };
  return draw_inside_bounds(study.parameters, draw_one, around.mean);
}

bool do_first(CalibrationState& state, const CalibrationRun& run) {
  const CalibrationStudy& study = run.runner.study();
  const std::size_t round = state.rounds.size();
  const std::size_t begin = state.points.size();
  const std::vector<Summit> summits = highest_of(find_summits(state, study));
  std::vector<FitPoint> fresh(static_cast<std::size_t>(study.plan.first_draws));
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    fresh[i].standard = draw_first(study, summits, i, calibration_draws(study, round, i, 0));
    fresh[i].round = static_cast<int>(round);
  }
  if (!run_and_keep(fresh, state, run)) return false;
  state.population.resize(state.points.size() - begin);
  for (std::size_t i = 0; i < state.population.size(); ++i) state.population[i] = begin + i;
  sort_by_distance(state.population, state.points);
  const std::size_t kept =
      std::min(state.population.size(), static_cast<std::size_t>(study.plan.particles));
  state.population.resize(kept);
  state.rounds.push_back({.kind = RoundKind::kFirst,
                          .tolerance = state.points[state.population.back()].distance,
                          .best = state.points[state.population.front()].distance,
                          .acceptance = 1.0,
                          .step = state.step,
                          .moves = 0,
                          .distinct = static_cast<int>(kept),
                          .points = static_cast<int>(state.points.size())});
  return true;
}

/// A proposal for a particle.
struct Proposal {
  std::size_t particle = 0;  ///< position in the population
  FitPoint point;
};

/// One round of moves under a tolerance.
class Round {
 public:
  Round(CalibrationState& state, const CalibrationRun& run)
      : state_(state),
        run_(run),
        study_(run.runner.study()),
        number_(state.rounds.size()),
        floor_(tolerance_floor(state, study_)) {}

  bool work() {
    shrink();
    while (!has_moved_enough()) {
      if (!move()) return false;
    }
    finish();
    return true;
  }

 private:
  /// The tolerance falls to that of the last survivor; the others are replaced by survivors.
  void shrink() {
    std::vector<std::size_t>& population = state_.population;
    sort_by_distance(population, state_.points);
    const auto size = static_cast<double>(population.size());
    std::size_t survivors =
        std::max<std::size_t>(2, static_cast<std::size_t>(study_.plan.keep * size));
    tolerance_ = std::max(floor_, state_.points[population[survivors - 1]].distance);
    while (survivors < population.size() &&
           state_.points[population[survivors]].distance <= tolerance_)
      ++survivors;
    survivors_.assign(population.begin(),
                      population.begin() + static_cast<std::ptrdiff_t>(survivors));
    for (std::size_t i = survivors; i < population.size(); ++i) {
      DrawSequence draws = calibration_draws(study_, number_, i, 0);
      const auto from = static_cast<std::size_t>(draws.next() * static_cast<double>(survivors));
      population[i] = population[std::min(from, survivors - 1)];
    }
  }

  bool has_moved_enough() const {
    if (moves_ >= study_.plan.most_moves) return true;
    if (moves_ == 0 || accepted_ == 0 || tolerance_ <= floor_) return false;
    return moves_ * std::log1p(-std::min(acceptance(), 0.999)) <= std::log(kStuck);
  }

  double acceptance() const {
    return proposed_ == 0 ? 0.0 : static_cast<double>(accepted_) / static_cast<double>(proposed_);
  }

  const std::vector<double>& any_survivor(DrawSequence& draws) const {
    const auto size = static_cast<double>(survivors_.size());
    const auto i = static_cast<std::size_t>(draws.next() * size);
    return state_.points[survivors_[std::min(i, survivors_.size() - 1)]].standard;
  }

  /// A step along the difference of two survivors, which is as likely as the step back. One in ten
  /// goes the whole way, so that particles change from one mode to another.
  std::vector<double> jump(const std::vector<double>& from, DrawSequence& draws) const {
    const std::vector<double>& one = any_survivor(draws);
    const std::vector<double>& other = any_survivor(draws);
    const auto dimensions = static_cast<Index>(from.size());
    const bool is_whole = draws.next() < kWholeWay;
    const double size =
        is_whole ? 1.0 : state_.step * 2.38 / std::sqrt(2.0 * static_cast<double>(dimensions));
    const Eigen::VectorXd noise = kJitter * draw_standard_normal(dimensions, draws);
    std::vector<double> to = from;
    for (std::size_t k = 0; k < to.size(); ++k)
      to[k] += size * (one[k] - other[k]) + noise[static_cast<Index>(k)];
    return to;
  }

  /// Proposals that the prior lets through; the others are refused without a run.
  std::vector<Proposal> propose() {
    std::vector<Proposal> all;
    for (std::size_t i = 0; i < state_.population.size(); ++i) {
      DrawSequence draws =
          calibration_draws(study_, number_, i, static_cast<std::size_t>(moves_) + 1);
      const std::vector<double>& from = state_.points[state_.population[i]].standard;
      std::vector<double> to = jump(from, draws);
      ++proposed_;
      const double luck = std::log(draws.next());
      if (luck >= log_prior(to) - log_prior(from) || !is_inside(study_.parameters, to)) continue;
      all.push_back({.particle = i,
                     .point = {.standard = std::move(to),
                               .claims = {},
                               .distance = 0.0,
                               .round = static_cast<int>(number_)}});
    }
    return all;
  }

  bool move() {
    const std::vector<Proposal> proposals = propose();
    std::vector<FitPoint> fresh;
    for (const Proposal& proposal : proposals) fresh.push_back(proposal.point);
    const std::size_t first = state_.points.size();
    if (!run_and_keep(fresh, state_, run_)) return false;
    for (std::size_t i = 0; i < proposals.size(); ++i) {
      if (state_.points[first + i].distance > tolerance_) continue;
      state_.population[proposals[i].particle] = first + i;
      ++accepted_;
    }
    ++moves_;
    return true;
  }

  void finish() {
    sort_by_distance(state_.population, state_.points);
    std::vector<std::size_t> distinct = state_.population;
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    state_.rounds.push_back({.kind = RoundKind::kMoves,
                             .tolerance = tolerance_,
                             .best = state_.points[state_.population.front()].distance,
                             .acceptance = acceptance(),
                             .step = state_.step,
                             .moves = moves_,
                             .distinct = static_cast<int>(distinct.size()),
                             .points = static_cast<int>(state_.points.size())});
    state_.step = std::clamp(state_.step * std::exp(2.0 * (acceptance() - kGoodAcceptance)),
                             kLeastStep, kMostStep);
  }

  CalibrationState& state_;
  const CalibrationRun& run_;
  const CalibrationStudy& study_;
  std::size_t number_;
  double floor_;
  double tolerance_ = 0.0;
  std::vector<std::size_t> survivors_;
  int moves_ = 0;
  long proposed_ = 0;
  long accepted_ = 0;
};

/// Rounds of moves that ended at the floor of the tolerance.
long settled_rounds(const CalibrationState& state, const CalibrationStudy& study) {
  const double floor = tolerance_floor(state, study);
  return std::count_if(state.rounds.begin(), state.rounds.end(), [&](const RoundReport& round) {
    return round.kind == RoundKind::kMoves && round.tolerance <= floor;
  });
}

}  // namespace

bool is_converged(const CalibrationState& state, const CalibrationStudy& study) {
  if (state.population.empty()) return false;
  const RoundReport& last = state.rounds.back();
  return last.acceptance < study.plan.least_acceptance || last.points >= study.plan.most_points ||
         settled_rounds(state, study) >= study.plan.settle;
}

bool do_round(CalibrationState& state, const CalibrationRun& run) {
  const CalibrationState before = state;
  const CalibrationPlan& plan = run.runner.study().plan;
  const bool is_done = state.rounds.size() < climb_rounds(plan) ? do_climb(state, run)
                       : state.population.empty()               ? do_first(state, run)
                                                                : Round(state, run).work();
  if (!is_done) state = before;
  return is_done;
}

Posterior posterior_of(const CalibrationState& state, const CalibrationStudy& study) {
  Posterior posterior{.study = study.name,
                      .world_hash = study.world,
                      .fitted_to = study.fit.years,
                      .left_out = describe_left_out(study.fit, study.scenario),
                      .parameters = study.parameters,
                      .draws = {},
                      .recovered = {}};
  for (const std::size_t position : state.population)
    posterior.draws.push_back(from_standard(study.parameters, state.points[position].standard));
  shuffle(posterior.draws);
  return posterior;
}

void shuffle(std::vector<std::vector<double>>& draws) {
  DrawSequence numbers({}, Entity{draws.size()}, purpose::kCalibration);
  for (std::size_t i = draws.size(); i > 1; --i) {
    const auto other = static_cast<std::size_t>(numbers.next() * static_cast<double>(i));
    std::swap(draws[i - 1], draws[std::min(other, i - 1)]);
  }
}

}  // namespace onward
