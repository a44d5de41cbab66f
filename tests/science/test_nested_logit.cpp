// The drawn errors make the choice a nested logit: frequencies equal the closed form.
#include <cmath>
#include <vector>

#include "catch.h"
#include "model/choice_errors.h"
#include "model/purpose.h"
#include "support/samples.h"

using namespace onward;

namespace {

struct Destination {
  double utility;
  std::size_t nest;
};

/// Closed-form probabilities of staying (first) and of each destination: a go nest of dissimilarity
/// `lambda` over subnests of dissimilarity `tau`, against staying at utility 0.
std::vector<double> closed_form(const std::vector<Destination>& destinations, double lambda,
                                double tau, std::size_t nests) {
  std::vector<double> inclusive(nests, 0.0);
  for (const Destination& d : destinations) inclusive[d.nest] += std::exp(d.utility / tau);
  double go = 0.0;
  for (const double sum : inclusive) {
    if (sum > 0.0) go += std::pow(sum, tau / lambda);
  }
  const double all = std::pow(go, lambda);
  std::vector<double> chances{1.0 / (1.0 + all)};
  for (const Destination& d : destinations) {
    const double nest = std::pow(inclusive[d.nest], tau / lambda) / go;
    chances.push_back(all / (1.0 + all) * nest * std::exp(d.utility / tau) / inclusive[d.nest]);
  }
  return chances;
}

std::vector<double> drawn_counts(const std::vector<Destination>& destinations, double lambda,
                                 double tau, std::size_t draws) {
  const RunKey run = run_key(7, 0);
  std::vector<double> counts(destinations.size() + 1, 0.0);
  for (std::size_t i = 0; i < draws; ++i) {
    ChoiceErrors errors(run, Entity{i}, 3, lambda, tau);
    std::size_t best = 0;
    double best_value = errors.alone(purpose::kStayError);
    for (std::size_t d = 0; d < destinations.size(); ++d) {
      const auto name = static_cast<std::uint32_t>(1000 + d);
      const auto nest = destinations[d].nest;
      const double value =
          destinations[d].utility + errors.go(name, nest, static_cast<std::uint32_t>(50 + nest));
      if (value <= best_value) continue;
      best = d + 1;
      best_value = value;
    }
    counts[best] += 1.0;
  }
  return counts;
}

double chi_square(const std::vector<double>& counts, const std::vector<double>& chances,
                  double draws) {
  double sum = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = chances[i] * draws;
    sum += (counts[i] - expected) * (counts[i] - expected) / expected;
  }
  return sum;
}

// 0.999 quantiles of chi-square with 4 and 5 degrees of freedom.
constexpr double kLimit4 = 18.47;
constexpr double kLimit5 = 20.52;

}  // namespace

TEST_CASE("choice frequencies equal the closed form with one nest") {
  const std::size_t draws = sample_size(1'000'000);
  const std::vector<Destination> destinations{{-1.0, 0}, {-0.4, 0}, {-2.0, 0}, {0.3, 0}};
  for (const double lambda : {0.3, 0.755, 1.0}) {
    const auto chances = closed_form(destinations, lambda, lambda, 1);
    const auto counts = drawn_counts(destinations, lambda, lambda, draws);
    CAPTURE(lambda);
    CHECK(chi_square(counts, chances, static_cast<double>(draws)) < kLimit4);
  }
}

TEST_CASE("choice frequencies equal the closed form with a go nest over subnests") {
  const std::size_t draws = sample_size(1'000'000);
  const std::vector<Destination> destinations{{-1.0, 0}, {-0.5, 0}, {-0.8, 1}, {0.2, 1}, {-1.5, 2}};
  for (const double tau : {0.15, 0.4}) {
    const auto chances = closed_form(destinations, 0.6, tau, 3);
    const auto counts = drawn_counts(destinations, 0.6, tau, draws);
    CAPTURE(tau);
    CHECK(chi_square(counts, chances, static_cast<double>(draws)) < kLimit5);
  }
}

TEST_CASE("the diversion that the design page gives for one nest is reproduced") {
  // At 95 % staying and lambda 0.3, closing one of two like destinations sends 0.17 of its people
  // to the other: the rest stay.
  const double lambda = 0.3;
  const double utility = lambda * (std::log(std::pow(0.05 / 0.95, 1.0 / lambda)) - std::log(2.0));
  const std::size_t draws = sample_size(1'000'000);
  const auto both = drawn_counts({{utility, 0}, {utility, 0}}, lambda, lambda, draws);
  const auto one = drawn_counts({{utility, 0}}, lambda, lambda, draws);
  CHECK(both[0] / static_cast<double>(draws) == Approx(0.95).margin(0.005));
  const double diverted = (one[1] - both[1]) / both[2];
  const double expected = (std::pow(1.0, lambda) * 0.05 / 0.95 * std::pow(2.0, -lambda));
  const double stay_share = expected / (1.0 + expected);
  CHECK(diverted == Approx((stay_share - 0.025) / 0.025).margin(0.03));
}

TEST_CASE("worsening a destination never makes a person enter it nor leave another") {
  const RunKey run = run_key(11, 0);
  const auto pick = [&](std::uint64_t person, const std::vector<double>& utilities) {
    ChoiceErrors errors(run, Entity{person}, 1, 0.6, 0.4);
    std::size_t best = 0;
    double best_value = errors.alone(purpose::kStayError);
    for (std::size_t d = 0; d < utilities.size(); ++d) {
      const double value = utilities[d] + errors.go(static_cast<std::uint32_t>(d), d % 2,
                                                    static_cast<std::uint32_t>(d % 2));
      if (value <= best_value) continue;
      best = d + 1;
      best_value = value;
    }
    return best;
  };
  std::size_t moved = 0;
  for (std::uint64_t person = 0; person < sample_size(100'000); ++person) {
    const std::size_t before = pick(person, {0.2, 0.1, -0.3, 0.4});
    const std::size_t after = pick(person, {0.2, -0.9, -0.3, 0.4});
    if (before != 2) REQUIRE(after == before);
    if (before == 2 && after != 2) ++moved;
  }
  CHECK(moved > 0);
}
