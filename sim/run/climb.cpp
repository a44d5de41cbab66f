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
/// The first steps: half of the priors' standard deviation.
constexpr double kFirstStep = 0.5;

/// Generations of a round of climbing.
int generations_of(const CalibrationPlan& plan, std::size_t round) {
  return std::min(kGenerationsOfRound,
                  plan.generations - static_cast<int>(round) * kGenerationsOfRound);
}

VectorXd vector_of(const std::vector<double>& numbers) {
  return Eigen::Map<const VectorXd>(numbers.data(), static_cast<Index>(numbers.size()));
}

/// Lets the strategy learn from the generation that begins at a point.
void learn_generation(EvolutionStrategy& strategy, const CalibrationState& state, std::size_t begin,
                      int offspring) {
  std::vector<std::size_t> order(static_cast<std::size_t>(offspring));
  std::iota(order.begin(), order.end(), begin);
  const auto height = [&](std::size_t i) {
    return state.points[i].distance - log_prior(state.points[i].standard);
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return height(a) != height(b) ? height(a) < height(b) : a < b;
  });
  MatrixXd sorted(strategy.mean().size(), offspring);
  for (Index i = 0; i < sorted.cols(); ++i)
    sorted.col(i) = vector_of(state.points[order[static_cast<std::size_t>(i)]].standard);
  strategy.learn(sorted);
}

/// The strategy as it is after all rounds so far: it is a function of the points alone.
EvolutionStrategy replay(const CalibrationState& state, const CalibrationStudy& study) {
  const int offspring = study.plan.offspring;
  EvolutionStrategy strategy(VectorXd::Zero(static_cast<Index>(study.parameters.size())),
                             kFirstStep, offspring);
  const auto climbed =
      std::min(static_cast<int>(std::min(state.rounds.size(), climb_rounds(study.plan))) *
                   kGenerationsOfRound,
               study.plan.generations);
  for (int g = 0; g < climbed; ++g)
    learn_generation(strategy, state, static_cast<std::size_t>(g * offspring), offspring);
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

}  // namespace

std::size_t climb_rounds(const CalibrationPlan& plan) {
  return static_cast<std::size_t>((plan.generations + kGenerationsOfRound - 1) /
                                  kGenerationsOfRound);
}

bool do_climb(CalibrationState& state, const CalibrationRun& run) {
  const CalibrationStudy& study = run.runner.study();
  const std::size_t round = state.rounds.size();
  EvolutionStrategy strategy = replay(state, study);
  const int generations = generations_of(study.plan, round);
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

Summit find_summit(const CalibrationState& state, const CalibrationStudy& study) {
  EXPECT(state.rounds.size() >= climb_rounds(study.plan) && study.plan.generations > 0);
  const EvolutionStrategy strategy = replay(state, study);
  const MatrixXd precision = strategy.covariance().inverse();
  const auto climbed = static_cast<std::size_t>(study.plan.generations * study.plan.offspring);
  const std::size_t begin = climbed / 2;
  const auto count = static_cast<double>(climbed - begin);
  VectorXd way(static_cast<Index>(climbed - begin));
  VectorXd distance(way.size());
  for (Index i = 0; i < way.size(); ++i) {
    const FitPoint& point = state.points[begin + static_cast<std::size_t>(i)];
    const VectorXd offset = vector_of(point.standard) - strategy.mean();
    way[i] = offset.dot(precision * offset);
    distance[i] = point.distance;
  }
  const double middle = way.sum() / count;
  const VectorXd centred = way.array() - middle;
  const double slope = std::max(0.0, centred.dot(distance) / centred.squaredNorm());
  const Index width = strategy.mean().size();
  const MatrixXd posterior = (2.0 * slope * precision + MatrixXd::Identity(width, width)).inverse();
  return {.around = {.mean = strategy.mean(), .factor = posterior.llt().matrixL()},
          .distance = distance.mean() - slope * middle};
}

}  // namespace onward
