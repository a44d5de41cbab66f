#include "run/predictive_draws.h"

#include <algorithm>

#include "catch.h"
#include "run/replicates.h"
#include "run/summary.h"
#include "support/observed_world.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("collected draws are the claims and what is shown of them, by replicate", "[scores]") {
  Scenario s = observed_scenario({{5, 0}, {5, 0}, {5, 0}});
  s.start = YearMonth{2001, 6};  // 2001 is no whole year
  s.parameters.set<"attention.base">(0.05);
  s.parameters.set<"observation.source_factor">(2.0);
  s.parameters.set<"observation.overdispersion">(0.0);
  const World world(s);
  PredictiveDraws draws(full_years(s), 2, 5);
  DrawCollector collector(world, 7, draws, 2);
  YearlyClaims claims(measure_shape(s), 7, 3);
  Observer* const observers[] = {&collector, &claims};
  run_replicates(world, {.seed = 3, .first = 7, .count = 3, .threads = 1}, observers);
  CHECK(draws.claims.years() == YearSpan{2002, 2003});
  double sum = 0.0;
  for (const int year : {2002, 2003}) {
    for (const std::size_t d : {kFirst, kSecond}) {
      const auto simulated = claims.simulated(static_cast<std::size_t>(year - 2001), d);
      for (std::size_t r = 0; r < 3; ++r) {
        sum += simulated[r];
        CHECK(draws.claims.at(year, d)[2 + r] == simulated[r]);
        const double shown = simulated[r] > 0 ? std::max(2.0 * simulated[r], 5.0) : 0.0;
        CHECK(draws.shown.at(year, d)[2 + r] == shown);
      }
      CHECK(draws.claims.at(year, d)[0] == 0.0);
    }
  }
  CHECK(sum > 0.0);
  CHECK(draws.noise[2].factor == 2.0);
  CHECK(draws.noise[4].variance == 0.0);
}
