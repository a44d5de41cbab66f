#include "run/abc_smc.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "core/check.h"
#include "io/study_text.h"
#include "model/purpose.h"
#include "run/gaussian.h"
#include "run/prior_scale.h"

namespace onward {

namespace {

/// Moves go on until this share of the particles would be expected never to have moved.
constexpr double kStuck = 0.05;
/// The acceptance that the size of the steps is steered to.
constexpr double kGoodAcceptance = 0.15;
constexpr double kLeastStep = 0.1;
constexpr double kMostStep = 1.0;

/// The draws of one particle (or point) in one move of one round.
DrawSequence draws_of(const CalibrationStudy& study, std::size_t round, std::size_t particle,
                      std::size_t move) {
  return {run_key(static_cast<std::uint64_t>(study.plan.seed), static_cast<std::uint32_t>(round)),
          Entity{particle}, purpose::kCalibration, static_cast<std::uint32_t>(move)};
}

/// Positions of points, the nearest first.
void sort_by_distance(std::vector<std::size_t>& positions, const std::vector<FitPoint>& points) {
  std::sort(positions.begin(), positions.end(), [&](std::size_t a, std::size_t b) {
    if (points[a].distance != points[b].distance) return points[a].distance < points[b].distance;
    return a < b;
  });
}

/// Runs points and adds them to the others, in pieces so that progress can be shown.
bool run_and_keep(std::vector<FitPoint>& fresh, CalibrationState& state,
                  const CalibrationRun& run) {
  constexpr std::size_t kPiece = 50;
  const std::span<FitPoint> all(fresh);
  for (std::size_t i = 0; i < fresh.size(); i += kPiece) {
    const std::size_t count = std::min(kPiece, fresh.size() - i);
    if (!run.runner.run(all.subspan(i, count), state.points.size() + i, run.team, run.stop))
      return false;
    if (run.progress)
      run.progress(static_cast<double>(i + count), static_cast<double>(fresh.size()));
  }
  std::move(fresh.begin(), fresh.end(), std::back_inserter(state.points));
  return true;
}

bool draw_first(CalibrationState& state, const CalibrationRun& run) {
  const CalibrationStudy& study = run.runner.study();
  std::vector<FitPoint> fresh(static_cast<std::size_t>(study.plan.first_draws));
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    DrawSequence draws = draws_of(study, 0, i, 0);
    fresh[i].standard = draw_prior(study.parameters, draws);
  }
  if (!run_and_keep(fresh, state, run)) return false;
  state.population.resize(state.points.size());
  for (std::size_t i = 0; i < state.population.size(); ++i) state.population[i] = i;
  sort_by_distance(state.population, state.points);
  const std::size_t kept =
      std::min(state.population.size(), static_cast<std::size_t>(study.plan.particles));
  state.population.resize(kept);
  state.rounds.push_back({.tolerance = state.points[state.population.back()].distance,
                          .best = state.points[state.population.front()].distance,
                          .acceptance = 1.0,
                          .step = state.step,
                          .moves = 0,
                          .distinct = static_cast<int>(kept),
                          .points = static_cast<int>(state.points.size())});
  return true;
}

/// A proposal for a particle that was replaced.
struct Proposal {
  std::size_t particle = 0;  ///< position in the population
  FitPoint point;
};

/// One round of moves under a tolerance.
class Round {
 public:
  Round(CalibrationState& state, const CalibrationRun& run)
      : state_(state), run_(run), study_(run.runner.study()), number_(state.rounds.size()) {}

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
    survivors_ = std::max<std::size_t>(2, static_cast<std::size_t>(study_.plan.keep * size));
    tolerance_ = state_.points[population[survivors_ - 1]].distance;
    std::vector<std::vector<double>> kept;
    for (std::size_t i = 0; i < survivors_; ++i)
      kept.push_back(state_.points[population[i]].standard);
    spread_ = fit_gaussian(kept);
    for (std::size_t i = survivors_; i < population.size(); ++i) {
      DrawSequence draws = draws_of(study_, number_, i, 0);
      const auto from = static_cast<std::size_t>(draws.next() * static_cast<double>(survivors_));
      population[i] = population[std::min(from, survivors_ - 1)];
    }
  }

  bool has_moved_enough() const {
    if (moves_ >= study_.plan.most_moves) return true;
    if (moves_ == 0 || accepted_ == 0) return false;
    return moves_ * std::log1p(-std::min(acceptance(), 0.999)) <= std::log(kStuck);
  }

  double acceptance() const {
    return proposed_ == 0 ? 0.0 : static_cast<double>(accepted_) / static_cast<double>(proposed_);
  }

  /// Proposals that the prior lets through; the others are refused without a run.
  std::vector<Proposal> propose() {
    const std::size_t dimensions = study_.parameters.size();
    const double size = state_.step * 2.38 / std::sqrt(static_cast<double>(dimensions));
    std::vector<Proposal> all;
    for (std::size_t i = survivors_; i < state_.population.size(); ++i) {
      DrawSequence draws = draws_of(study_, number_, i, static_cast<std::size_t>(moves_) + 1);
      const std::vector<double>& from = state_.points[state_.population[i]].standard;
      const Eigen::VectorXd jump =
          size *
          (spread_.factor * draw_standard_normal(static_cast<Eigen::Index>(dimensions), draws));
      std::vector<double> to = from;
      for (std::size_t k = 0; k < dimensions; ++k) to[k] += jump[static_cast<Eigen::Index>(k)];
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
    state_.rounds.push_back({.tolerance = tolerance_,
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
  std::size_t survivors_ = 0;
  double tolerance_ = 0.0;
  Gaussian spread_;
  int moves_ = 0;
  long proposed_ = 0;
  long accepted_ = 0;
};

/// A value of the population's central 90 %, on the standard scale, and a part of what lies beyond.
struct Range {
  double low = 0.0;
  double high = 0.0;
};

std::vector<Range> bank_ranges(const CalibrationState& state, const CalibrationStudy& study) {
  std::vector<Range> ranges;
  for (std::size_t p = 0; p < study.parameters.size(); ++p) {
    std::vector<double> values;
    for (const std::size_t position : state.population)
      values.push_back(state.points[position].standard[p]);
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
      return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    };
    const double middle = 0.5 * (at(0.05) + at(0.95));
    const double half = std::max(0.5 * (at(0.95) - at(0.05)), 1e-3) * study.plan.bank_spread;
    ranges.push_back({middle - half, middle + half});
  }
  return ranges;
}

/// A point from the priors, cut off at the ranges and at the priors' own bounds.
std::vector<double> draw_bank_point(const std::vector<Range>& ranges, const CalibrationStudy& study,
                                    DrawSequence& draws) {
  const boost::math::normal standard_normal;
  std::vector<double> point(ranges.size());
  do {
    for (std::size_t p = 0; p < point.size(); ++p) {
      const double below = boost::math::cdf(standard_normal, ranges[p].low);
      const double above = boost::math::cdf(standard_normal, ranges[p].high);
      point[p] = boost::math::quantile(standard_normal, below + (above - below) * draws.next());
    }
  } while (!is_inside(study.parameters, point));
  return point;
}

}  // namespace

bool is_converged(const CalibrationState& state, const CalibrationPlan& plan) {
  if (state.rounds.empty()) return false;
  const RoundReport& last = state.rounds.back();
  return last.acceptance < plan.least_acceptance || last.points >= plan.most_points;
}

bool do_round(CalibrationState& state, const CalibrationRun& run) {
  const std::size_t points = state.points.size();
  const std::vector<std::size_t> population = state.population;
  const bool is_done = state.rounds.empty() ? draw_first(state, run) : Round(state, run).work();
  if (is_done) return true;
  state.points.resize(points);
  state.population = population;
  return false;
}

bool fill_bank(CalibrationState& state, const CalibrationRun& run) {
  EXPECT(state.bank_size == 0 && !state.population.empty());
  const CalibrationStudy& study = run.runner.study();
  const std::vector<Range> ranges = bank_ranges(state, study);
  const std::size_t round = state.rounds.size();
  std::vector<FitPoint> fresh(static_cast<std::size_t>(study.plan.bank));
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    DrawSequence draws = draws_of(study, round, i, 0);
    fresh[i].standard = draw_bank_point(ranges, study, draws);
    fresh[i].round = static_cast<int>(round);
  }
  const std::size_t begin = state.points.size();
  if (!run_and_keep(fresh, state, run)) return false;
  state.bank_begin = begin;
  state.bank_size = state.points.size() - begin;
  return true;
}

Posterior posterior_of(const CalibrationState& state, const CalibrationStudy& study) {
  Posterior posterior{.study = study.name,
                      .world_hash = study.world,
                      .fitted_to = study.fit.years,
                      .left_out = describe_left_out(study.fit, study.scenario),
                      .parameters = study.parameters,
                      .draws = {}};
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
