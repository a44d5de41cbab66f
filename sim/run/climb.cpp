#include "run/climb.h"

#include <algorithm>
#include <numeric>

#include "core/check.h"
#include "run/evolution_strategy.h"
#include "run/prior_scale.h"

namespace onward {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int kGenerationsOfRound = 10;
/// Of the first steps, and of the way to where climbs start: half of the priors' standard
/// deviation.
constexpr double kFirstStep = 0.5;

std::size_t rounds_of_climb(const CalibrationPlan& plan) {
  return static_cast<std::size_t>((plan.generations + kGenerationsOfRound - 1) /
                                  kGenerationsOfRound);
}

/// Points that a climb runs.
std::size_t points_of_climb(const CalibrationPlan& plan) {
  return static_cast<std::size_t>(plan.generations) * static_cast<std::size_t>(plan.offspring);
}

/// A part of a climb.
struct Stretch {
  std::size_t climb = 0;
  int generations = 0;  ///< that are behind
};

/// How far the climb to which a round belongs has come before it.
Stretch before_round(const CalibrationPlan& plan, std::size_t round) {
  const std::size_t rounds = rounds_of_climb(plan);
  return {.climb = round / rounds,
          .generations = static_cast<int>(round % rounds) * kGenerationsOfRound};
}

VectorXd vector_of(const std::vector<double>& numbers) {
  return Eigen::Map<const VectorXd>(numbers.data(), static_cast<Index>(numbers.size()));
}

/// Lets the strategy learn from the generation that begins at a point.
void learn_generation(EvolutionStrategy& strategy, const CalibrationState& state, std::size_t begin,
                      int offspring) {
  std::vector<std::size_t> order(static_cast<std::size_t>(offspring));
  std::iota(order.begin(), order.end(), begin);
  // Minus the log density of the posterior, up to a constant.
  const auto depth = [&](std::size_t i) {
    return state.points[i].distance - log_prior(state.points[i].standard);
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return depth(a) != depth(b) ? depth(a) < depth(b) : a < b;
  });
  MatrixXd sorted(strategy.mean().size(), offspring);
  for (Index i = 0; i < sorted.cols(); ++i)
    sorted.col(i) = vector_of(state.points[order[static_cast<std::size_t>(i)]].standard);
  strategy.learn(sorted);
}

/// Where a climb starts: the first at the medians of the priors, the others half as far from there
/// as a draw from the priors.
VectorXd start_of(const CalibrationStudy& study, std::size_t climb) {
  const VectorXd medians = VectorXd::Zero(static_cast<Index>(study.parameters.size()));
  if (climb == 0) return medians;
  DrawSequence draws = calibration_draws(study, climb * rounds_of_climb(study.plan),
                                         static_cast<std::size_t>(study.plan.offspring), 0);
  const auto draw_one = [&]() -> VectorXd {
    return kFirstStep * draw_standard_normal(medians.size(), draws);
  };
  return vector_of(draw_inside_bounds(study.parameters, draw_one, medians));
}

/// The strategy of a climb as it is after a stretch: it is a function of the points alone.
EvolutionStrategy replay(const CalibrationState& state, const CalibrationStudy& study,
                         const Stretch& stretch) {
  const int offspring = study.plan.offspring;
  EvolutionStrategy strategy(start_of(study, stretch.climb), kFirstStep, offspring);
  const std::size_t first = stretch.climb * points_of_climb(study.plan);
  for (int g = 0; g < stretch.generations; ++g)
    learn_generation(strategy, state, first + static_cast<std::size_t>(g * offspring), offspring);
  return strategy;
}

RoundReport report_of(const CalibrationState& state, const EvolutionStrategy& strategy,
                      const CalibrationPlan& plan, int generations) {
  std::vector<std::size_t> last(static_cast<std::size_t>(plan.offspring));
  std::iota(last.begin(), last.end(), state.points.size() - last.size());
  sort_by_distance(last, state.points);
  return {.kind = RoundKind::kClimb,
          .tolerance = state.points[last[last.size() / 2]].distance,
          .best = state.points[last.front()].distance,
          .acceptance = 1.0,
          .step = strategy.step(),
          .moves = generations,
          .distinct = plan.offspring,
          .points = static_cast<int>(state.points.size())};
}

/// The summit of one climb.
Summit summit_of(const CalibrationState& state, const CalibrationStudy& study, std::size_t climb) {
  const EvolutionStrategy strategy =
      replay(state, study, {.climb = climb, .generations = study.plan.generations});
  const VectorXd& top = strategy.mean();
  const MatrixXd precision = strategy.covariance().inverse();
  const std::size_t climbed = points_of_climb(study.plan);
  const std::size_t begin = climb * climbed + climbed / 2;
  const std::size_t end = (climb + 1) * climbed;
  const auto count = static_cast<double>(end - begin);
  VectorXd way(static_cast<Index>(end - begin));
  VectorXd distance(way.size());
  for (Index i = 0; i < way.size(); ++i) {
    const FitPoint& point = state.points[begin + static_cast<std::size_t>(i)];
    const VectorXd offset = vector_of(point.standard) - top;
    way[i] = offset.dot(precision * offset);
    distance[i] = point.distance;
  }
  const double middle = way.sum() / count;
  const VectorXd centred = way.array() - middle;
  const double slope = std::max(0.0, centred.dot(distance) / centred.squaredNorm());
  const MatrixXd posterior =
      (2.0 * slope * precision + MatrixXd::Identity(top.size(), top.size())).inverse();
  const double least = distance.mean() - slope * middle;
  return {.around = {.mean = top, .factor = posterior.llt().matrixL()},
          .distance = least,
          .height = log_prior({top.begin(), top.end()}) - least};
}

}  // namespace

std::size_t climb_rounds(const CalibrationPlan& plan) {
  return static_cast<std::size_t>(plan.climbs) * rounds_of_climb(plan);
}

std::size_t climbed_points(const CalibrationPlan& plan, std::size_t rounds) {
  const std::size_t all = climb_rounds(plan);
  if (rounds >= all) return static_cast<std::size_t>(plan.climbs) * points_of_climb(plan);
  const Stretch behind = before_round(plan, rounds);
  return behind.climb * points_of_climb(plan) +
         static_cast<std::size_t>(behind.generations * plan.offspring);
}

bool do_climb(CalibrationState& state, const CalibrationRun& run) {
  const CalibrationStudy& study = run.runner.study();
  const std::size_t round = state.rounds.size();
  const Stretch behind = before_round(study.plan, round);
  EvolutionStrategy strategy = replay(state, study, behind);
  const int generations =
      std::min(kGenerationsOfRound, study.plan.generations - behind.generations);
  for (int g = 0; g < generations; ++g) {
    std::vector<FitPoint> fresh(static_cast<std::size_t>(study.plan.offspring));
    for (std::size_t i = 0; i < fresh.size(); ++i) {
      DrawSequence draws = calibration_draws(study, round, i, static_cast<std::size_t>(g));
      // The mean of points inside the bounds lies inside.
      fresh[i].standard = draw_inside_bounds(
          study.parameters, [&] { return strategy.propose(draws); }, strategy.mean());
      fresh[i].round = static_cast<int>(round);
    }
    CalibrationRun generation = run;
    if (run.progress) {
      const auto size = static_cast<double>(fresh.size());
      generation.progress = [&run, size, g, generations](double finished, double) {
        run.progress(g * size + finished, generations * size);
      };
    }
    const std::size_t begin = state.points.size();
    if (!run_and_keep(fresh, state, generation)) return false;
    learn_generation(strategy, state, begin, study.plan.offspring);
  }
  state.rounds.push_back(report_of(state, strategy, study.plan, generations));
  return true;
}

std::vector<Summit> find_summits(const CalibrationState& state, const CalibrationStudy& study) {
  std::vector<Summit> summits;
  if (study.plan.generations == 0 || state.rounds.empty()) return summits;
  EXPECT(state.rounds.size() >= climb_rounds(study.plan));
  for (int climb = 0; climb < study.plan.climbs; ++climb)
    summits.push_back(summit_of(state, study, static_cast<std::size_t>(climb)));
  return summits;
}

std::vector<Summit> highest_of(std::vector<Summit> summits) {
  if (summits.empty()) return summits;
  std::stable_sort(summits.begin(), summits.end(),
                   [](const Summit& a, const Summit& b) { return a.height > b.height; });
  const double least =
      summits.front().height - 0.5 * static_cast<double>(summits.front().around.mean.size());
  std::erase_if(summits, [&](const Summit& summit) { return summit.height < least; });
  return summits;
}

}  // namespace onward
