#include "run/calibration.h"

#include <algorithm>
#include <cmath>

#include "catch.h"
#include "core/check.h"
#include "run/abc_smc.h"
#include "run/climb.h"
#include "support/small_study.h"

using namespace onward;
using namespace onward::small;

namespace {

/// Calibrates from `state` on.
CalibrationState calibrated(const CalibrationStudy& study, int threads,
                            CalibrationState state = {}) {
  const PointRunner runner(study);
  ThreadTeam team(threads);
  const CalibrationRun run{.runner = runner, .team = team, .stop = {}, .progress = {}};
  REQUIRE(calibrate(state, run, {}));
  return state;
}

/// Draws of the hazard, sorted, learned from a record that is the mean of runs with a known hazard:
/// a single run of so few people may be far from it.
std::vector<double> hazards_learned_from(double truth) {
  CalibrationStudy s = study();
  const PointRunner runner(s);
  std::vector<FitPoint> made(
      16, {.standard = {std::log(truth / 0.02), 0.0}, .claims = {}, .distance = 0.0, .round = 0});
  ThreadTeam team(2);
  REQUIRE(runner.run(made, 900'000, team, {}));
  for (ObservedCount& cell : s.scenario.observed) {
    const std::size_t year = static_cast<std::size_t>(cell.year - 2001);
    double sum = 0.0;
    for (const FitPoint& point : made)
      sum += point.claims[year * 2 + (cell.place == kBeta ? 1 : 0)];
    cell.count = cell.lower = cell.upper = std::round(sum / static_cast<double>(made.size()));
  }
  s.plan.generations = 20;
  s.plan.first_draws = 200;
  s.plan.particles = 60;
  s.plan.most_points = 800;
  s.plan.least_acceptance = 0.1;
  s.plan.bank = 300;
  std::vector<double> hazards;
  for (const auto& draw : answer_of(calibrated(s, 2), s).posterior.draws)
    hazards.push_back(draw[0]);
  std::sort(hazards.begin(), hazards.end());
  return hazards;
}

}  // namespace

TEST_CASE("calibrations are the same for any number of threads", "[calibration]") {
  CalibrationStudy s = study();
  CHECK(calibrated(s, 1) == calibrated(s, 3));
  s.plan.generations = 15;
  CHECK(calibrated(s, 1) == calibrated(s, 3));
}

TEST_CASE("a calibration that climbs first ends nearer, at the floor of its tolerance",
          "[calibration]") {
  CalibrationStudy s = study();
  s.plan.most_points = 2000;
  s.plan.generations = 25;
  const CalibrationState state = calibrated(s, 2);
  REQUIRE(state.rounds.size() > 4);
  for (std::size_t i = 0; i < 3; ++i) CHECK(state.rounds[i].kind == RoundKind::kClimb);
  CHECK(state.rounds[2].moves == 5);
  CHECK(state.rounds[3].kind == RoundKind::kFirst);
  CHECK(state.rounds.back().kind == RoundKind::kMoves);
  // Two settling rounds with the same tolerance.
  CHECK(state.rounds.back().tolerance == state.rounds[state.rounds.size() - 2].tolerance);
  CHECK(is_converged(state, s));
  CHECK(state.rounds[3].tolerance < calibrated(study(), 2).rounds[0].tolerance);
}

TEST_CASE("climbs start apart and each ends where the record is likely", "[calibration]") {
  CalibrationStudy s = study();
  s.plan.generations = 15;
  s.plan.climbs = 3;
  s.plan.most_points = 2000;
  const CalibrationState state = calibrated(s, 2);
  const std::vector<Summit> summits = find_summits(state, s);
  REQUIRE(summits.size() == 3);
  const auto mean_of = [&](std::size_t begin) {
    double sum = 0.0;
    for (std::size_t i = begin; i < begin + 8; ++i) sum += state.points[i].distance;
    return sum / 8.0;
  };
  for (std::size_t c = 0; c < 3; ++c) {
    const std::size_t first = c * 15 * 8;
    CHECK(mean_of(first + 14 * 8) < mean_of(first));
    if (c > 0) CHECK(state.points[first].standard != state.points[0].standard);
  }
  CHECK(state.rounds[5].kind == RoundKind::kClimb);
  CHECK(state.rounds[6].kind == RoundKind::kFirst);
  CHECK(climbed_points(s.plan, 2) == 15 * 8);
  CHECK(climbed_points(s.plan, 3) == 25 * 8);
  CHECK(climbed_points(s.plan, 9) == 45 * 8);
}

TEST_CASE("the population comes from the summits that are about as high as the highest",
          "[calibration]") {
  Summit summit;
  summit.around.mean = Eigen::VectorXd::Zero(4);
  std::vector<Summit> summits(3, summit);
  summits[0].height = -12.5;
  summits[1].height = -10.0;
  summits[2].height = -11.5;
  const std::vector<Summit> highest = highest_of(summits);
  REQUIRE(highest.size() == 2);
  CHECK(highest[0].height == -10.0);
  CHECK(highest[1].height == -11.5);
  CHECK(highest_of({}).empty());
}

TEST_CASE("a calibration with fewer points than its rounds ran is refused", "[calibration]") {
  CalibrationStudy s = study();
  s.plan.generations = 15;
  CalibrationFile file = to_file(calibrated(s, 1), s);
  file.rounds.resize(2 * kRoundNumbers);
  file.population.clear();
  file.bank_standard.clear();
  file.bank_claims.clear();
  CHECK_NOTHROW(take_up(file, s, "kept.h5"));
  CalibrationFile early = file;
  early.population = {0, 1};
  CHECK_THROWS_AS(take_up(early, s, "kept.h5"), InputError);
  file.distance.resize(100);
  CHECK_THROWS_AS(take_up(file, s, "kept.h5"), InputError);
}

TEST_CASE("a climb that was stopped goes on to the same end", "[calibration]") {
  CalibrationStudy s = study();
  s.plan.generations = 25;
  const PointRunner runner(s);
  ThreadTeam team(1);
  CalibrationState state;
  REQUIRE(do_round(state, {.runner = runner, .team = team, .stop = {}, .progress = {}}));
  const CalibrationFile file = to_file(state, s);
  CHECK(calibrated(s, 1, take_up(file, s, "kept.h5")) == calibrated(s, 1));
}

TEST_CASE("the tolerance falls, and the population keeps it", "[calibration]") {
  const CalibrationStudy s = study();
  const CalibrationState state = calibrated(s, 2);
  REQUIRE(state.rounds.size() > 2);
  for (std::size_t i = 1; i < state.rounds.size(); ++i)
    CHECK(state.rounds[i].tolerance <= state.rounds[i - 1].tolerance);
  for (const std::size_t position : state.population)
    CHECK(state.points[position].distance <= state.rounds.back().tolerance);
  CHECK(state.bank.size() == 80);
}

TEST_CASE("a calibration that was stopped goes on to the same end", "[calibration]") {
  const CalibrationStudy s = study();
  const PointRunner runner(s);
  ThreadTeam team(1);
  CalibrationState state;
  const CalibrationRun run{.runner = runner, .team = team, .stop = {}, .progress = {}};
  REQUIRE(do_round(state, run));
  REQUIRE(do_round(state, run));
  const CalibrationState two_rounds = state;
  int asked = 0;
  const CalibrationRun stopped{
      .runner = runner, .team = team, .stop = [&asked] { return ++asked > 100; }, .progress = {}};
  CHECK_FALSE(do_round(state, stopped));
  CHECK(state == two_rounds);
  const CalibrationFile file = to_file(state, s);
  CHECK(calibrated(s, 1, take_up(file, s, "kept.h5")) == calibrated(s, 1));
}

TEST_CASE("a calibration is taken up by its own study alone", "[calibration]") {
  const CalibrationStudy s = study();
  const CalibrationFile file = to_file(calibrated(s, 1), s);
  CalibrationStudy longer = s;
  longer.plan.most_points = 1000;
  CHECK_NOTHROW(take_up(file, longer, "kept.h5"));
  CalibrationStudy other = s;
  other.parameters[0].prior.middle = 0.03;
  CHECK_THROWS_AS(take_up(file, other, "kept.h5"), InputError);
  CHECK_THROWS_AS(take_bank(file, other, "kept.h5"), InputError);
  CalibrationStudy fewer = s;
  fewer.fit.years = {2002, 2003};
  CHECK_THROWS_AS(take_up(file, fewer, "kept.h5"), InputError);
  const CalibrationState cut = take_bank(file, fewer, "kept.h5");
  // The years that are left are those of the file.
  const CalibrationState whole = take_bank(file, s, "kept.h5");
  REQUIRE(cut.points.front().claims.size() == 8);
  CHECK(std::equal(cut.points[7].claims.begin(), cut.points[7].claims.begin() + 4,
                   whole.points[7].claims.begin() + 2));
  CalibrationStudy later = s;
  later.fit.years = {2001, 2004};
  CHECK_THROWS_AS(take_bank(file, later, "kept.h5"), InputError);
}

TEST_CASE("the years after a fit change nothing in it", "[calibration]") {
  CalibrationStudy s = study();
  s.fit.years = {2001, 2002};
  const CalibrationState before = calibrated(s, 1);
  s.scenario.policy.push_back(
      change(YearMonth{2003, 1}, kAlpha, lever_index<"recognition">(), 0.0, Publicity::kLoud));
  for (ObservedCount& cell : s.scenario.observed) {
    if (cell.year > 2002) cell.count = cell.lower = cell.upper = 400;
  }
  CHECK(calibrated(s, 1) == before);
}

TEST_CASE("what is fitted moves towards what made the record", "[calibration]") {
  const std::vector<double> rare = hazards_learned_from(0.005);
  const std::vector<double> frequent = hazards_learned_from(0.06);
  const auto median = [](const std::vector<double>& sorted) { return sorted[sorted.size() / 2]; };
  CHECK(median(frequent) > 2.0 * median(rare));
  CHECK(rare.front() < 0.005);
  CHECK(rare.back() > 0.005);
  CHECK(frequent.front() < 0.06);
  CHECK(frequent.back() > 0.06);
}
