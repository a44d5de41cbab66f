#include "run/naive_negative_binomial.h"

#include <cmath>

#include "catch.h"
#include "run/cell_probability.h"
#include "support/observed_world.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("the naive mean lies between the last count and the long-run mean", "[naive]") {
  const World world(observed_scenario({{10, 0}, {20, 0}, {1, 1}}));
  const ObservedTable observed(world);
  CHECK(naive_mean(observed, kFirst, 2002, 1.0) == 20.0);
  CHECK(naive_mean(observed, kFirst, 2002, 0.0) == 30.5 / 2.0);
  CHECK(naive_mean(observed, kFirst, 2002, 0.5) == Approx(0.5 * (20.0 + 15.25)));
  CHECK(naive_mean(observed, kSecond, 2002, 0.5) == Approx(0.125));  // never zero
}

TEST_CASE("counts that stay as they are are fitted by the last count and a large size", "[naive]") {
  const World steady(observed_scenario({{80, 9}, {80, 9}, {80, 9}, {80, 9}, {80, 9}}));
  const NegativeBinomialFit calm = fit_negative_binomial(ObservedTable(steady), 2005);
  const World wild(observed_scenario({{80, 9}, {0, 300}, {300, 0}, {2, 90}, {90, 0}}));
  const NegativeBinomialFit stormy = fit_negative_binomial(ObservedTable(wild), 2005);
  CHECK(calm.size == 32.0);
  CHECK(stormy.size < 1.0);
  CHECK(stormy.weight < calm.weight + 0.05);
}

TEST_CASE("the fit knows no year after the last, and without a history keeps its defaults",
          "[naive]") {
  const World one(observed_scenario({{80, 9}, {70, 8}, {60, 7}, {50, 6}}));
  const World other(observed_scenario({{80, 9}, {70, 8}, {60, 7}, {900, 0}}));
  const auto fit = [](const World& world, int last) {
    return fit_negative_binomial(ObservedTable(world), last);
  };
  CHECK(fit(one, 2003).size == fit(other, 2003).size);
  CHECK(fit(one, 2003).weight == fit(other, 2003).weight);
  CHECK(fit(one, 2004).size != fit(other, 2004).size);
  CHECK(fit(one, 2001).size == 1.0);
  CHECK(fit(one, 2001).weight == 0.5);
}

TEST_CASE("draws have the mean of the forecast, and small ones are rounded up", "[naive]") {
  const World world(observed_scenario({{80, 9}, {70, 8}, {60, 7}, {50, 5}}));
  const ObservedTable observed(world);
  const Knowledge known{.observed = observed, .fixed_at = {}};
  const Forecast forecast =
      naive_negative_binomial(known, {2004, 2004}, {.seed = 4, .rounded_below = 5.0});
  const std::vector<double>& draws = forecast.draws.at(2004, kFirst);
  const NegativeBinomialFit fit = fit_negative_binomial(observed, 2003);
  const double mean = forecast.mean.at(2004, kFirst);
  CHECK(std::abs(moments(draws).mean - mean) <
        mean_tolerance(mean + mean * mean / fit.size, draws.size()));
  for (const double draw : forecast.draws.at(2004, kSecond)) REQUIRE((draw == 0.0 || draw >= 5.0));
  CHECK(forecast.log_probability.at(2004, kSecond) ==
        std::log(negative_binomial_probability(forecast.mean.at(2004, kSecond), fit.size,
                                               *observed.cell(2004, kSecond))));
  const Forecast again =
      naive_negative_binomial(known, {2004, 2004}, {.seed = 4, .rounded_below = 5.0});
  CHECK(again.draws.at(2004, kFirst) == draws);
  const Forecast other =
      naive_negative_binomial(known, {2004, 2004}, {.seed = 5, .rounded_below = 5.0});
  CHECK(other.draws.at(2004, kFirst) != draws);
}
