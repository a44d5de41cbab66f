// A proper score cannot be gamed: in expectation the distribution that the world is drawn from
// scores best (Gneiting and Raftery 2007).
#include <cmath>

#include "catch.h"
#include "core/distributions.h"
#include "run/cell_probability.h"
#include "run/scores.h"
#include "support/samples.h"

using namespace onward;

namespace {

constexpr double kVariance = 0.3;

double seen(double rate, DrawSequence& draws) {
  const auto claims = static_cast<double>(poisson(rate, draws));
  const double noisy = claims == 0.0 ? 0.0 : claims * kVariance * gamma(1.0 / kVariance, draws);
  return std::floor(noisy + 0.5);
}

/// Draws of one forecaster, who believes in a rate.
struct Draws {
  std::vector<double> claims;
  std::vector<double> seen;
  std::vector<ObservationNoise> noise;
};

Draws believe(double rate, std::uint32_t count) {
  Draws result;
  DrawSequence draws(run_key(11, 0), Entity{static_cast<std::uint64_t>(rate * 1000.0)}, 1);
  for (std::uint32_t i = 0; i < count; ++i) {
    result.claims.push_back(static_cast<double>(poisson(rate, draws)));
    result.seen.push_back(seen(rate, draws));
    result.noise.push_back({.factor = 1.0, .variance = kVariance});
  }
  return result;
}

ObservedCount cell(double count) {
  const bool is_rounded = count >= 1.0 && count <= 5.0;
  return {.year = 2001,
          .place = PlaceId{0},
          .count = is_rounded ? 5.0 : count,
          .lower = is_rounded ? 1.0 : count,
          .upper = is_rounded ? 5.0 : count};
}

struct Scores {
  double log_score = 0.0;
  double crps = 0.0;
};

/// Mean scores of a forecaster over worlds whose true rate is `truth`.
Scores mean_scores(double truth, double believed) {
  const Draws forecast = believe(believed, 150);
  const auto worlds = static_cast<std::uint32_t>(sample_size(1500));
  Scores scores;
  for (std::uint32_t world = 0; world < worlds; ++world) {
    DrawSequence draws(run_key(12, world), Entity{5}, 1);
    const double count = seen(truth, draws);
    scores.log_score +=
        std::log(draws_probability(forecast.claims, forecast.noise, cell(count))) / worlds;
    scores.crps += fair_crps(forecast.seen, count) / worlds;
  }
  return scores;
}

}  // namespace

TEST_CASE("proper scores: the true rate scores best", "[scores]") {
  for (const double truth : {3.0, 12.0, 60.0}) {
    const Scores honest = mean_scores(truth, truth);
    for (const double factor : {0.5, 0.7, 1.4, 2.0}) {
      const Scores other = mean_scores(truth, factor * truth);
      CAPTURE(truth, factor);
      CHECK(honest.log_score > other.log_score);
      CHECK(honest.crps < other.crps);
    }
  }
}

TEST_CASE("proper scores: a forecast too sure of itself scores worse", "[scores]") {
  const Draws honest = believe(20.0, 150);
  Draws narrow = honest;
  for (std::size_t i = 0; i < narrow.claims.size(); ++i) {
    narrow.claims[i] = 20.0;
    narrow.noise[i].variance = 0.01;
    narrow.seen[i] = 20.0 + 0.1 * (honest.seen[i] - 20.0);
  }
  double log_gain = 0.0;
  double crps_gain = 0.0;
  const auto worlds = static_cast<std::uint32_t>(sample_size(1500));
  for (std::uint32_t world = 0; world < worlds; ++world) {
    DrawSequence draws(run_key(13, world), Entity{5}, 1);
    const double count = seen(20.0, draws);
    log_gain += std::log(draws_probability(honest.claims, honest.noise, cell(count)) /
                         draws_probability(narrow.claims, narrow.noise, cell(count)));
    crps_gain += fair_crps(narrow.seen, count) - fair_crps(honest.seen, count);
  }
  CHECK(log_gain / worlds > 0.5);
  CHECK(crps_gain / worlds > 0.5);
}

TEST_CASE("proper scores: central intervals of the truth cover at their level", "[scores]") {
  const Draws honest = believe(60.0, 2000);
  const auto worlds = static_cast<std::uint32_t>(sample_size(1500));
  double half = 0.0;
  double most = 0.0;
  for (std::uint32_t world = 0; world < worlds; ++world) {
    DrawSequence draws(run_key(14, world), Entity{5}, 1);
    const double count = seen(60.0, draws);
    half += is_covered(honest.seen, count, 0.5) ? 1.0 / worlds : 0.0;
    most += is_covered(honest.seen, count, 0.9) ? 1.0 / worlds : 0.0;
  }
  // Intervals are closed and counts whole, so they cover somewhat more; the draws add their own
  // error of about 0.011 at the middle.
  CHECK(half > 0.46);
  CHECK(half < 0.56);
  CHECK(most > 0.87);
  CHECK(most < 0.93);
}

TEST_CASE("the fair CRPS does not depend on the number of draws", "[scores]") {
  const auto worlds = static_cast<std::uint32_t>(sample_size(1500));
  double few = 0.0;
  double many = 0.0;
  for (std::uint32_t world = 0; world < worlds; ++world) {
    DrawSequence draws(run_key(15, world), Entity{5}, 1);
    const double count = seen(30.0, draws);
    std::vector<double> ensemble;
    for (int i = 0; i < 60; ++i) ensemble.push_back(seen(30.0, draws));
    many += fair_crps(ensemble, count) / worlds;
    ensemble.resize(3);
    few += fair_crps(ensemble, count) / worlds;
  }
  const double tolerance = worlds >= 1500 ? 0.08 : 0.15;
  CHECK(std::abs(few / many - 1.0) < tolerance);
}
