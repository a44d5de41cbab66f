#include "run/forecast.h"

#include <cmath>

#include "catch.h"
#include "run/cell_probability.h"
#include "support/observed_world.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("a forecast has the mean and the draws of what is shown, and scores its cells",
          "[scores]") {
  const World world(observed_scenario({{5, -1}}));
  const ObservedTable observed(world);
  PredictiveDraws draws({2001, 2001}, 2, 3);
  draws.claims.at(2001, kFirst) = {0, 2, 9};
  draws.shown.at(2001, kFirst) = {0, 5, 10};
  const Forecast forecast = forecast_of(draws, observed, "model", "not stated");
  CHECK(forecast.mean.at(2001, kFirst) == 5.0);
  CHECK(forecast.draws.at(2001, kFirst) == std::vector<double>{0, 5, 10});
  CHECK(forecast.log_probability.at(2001, kFirst) ==
        std::log(draws_probability(draws.claims.at(2001, kFirst), draws.noise,
                                   *observed.cell(2001, kFirst))));
  CHECK(std::isnan(forecast.log_probability.at(2001, kSecond)));
}
