#include "model/home_life.h"

#include <cmath>

#include "catch.h"
#include "core/random.h"
#include "model/prospects.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

/// Unemployment of a quarter, everybody out of work from the sixth month, nobody from the twelfth.
Scenario ups_and_downs() {
  Scenario s = scenario();
  const auto out_of_work = [&](int month, double share) {
    return change(s.start + month, kHome, lever_index<"unemployment">(), share, Publicity::kSilent);
  };
  levers(s, kHome).set<"unemployment">(0.25);
  s.policy = {out_of_work(6, 1.0), out_of_work(12, 0.0)};
  s.parameters.set<"life.work_tertiary">(std::log(2.0));
  return s;
}

/// Words of work, of 16 that are spread evenly.
int at_work(const Chance& chance) {
  int count = 0;
  for (std::uint32_t i = 0; i < 16; ++i) count += chance.hits((i << 28) + (1u << 27)) ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("Chances of work follow unemployment month by month, and higher education") {
  const World world(ups_and_downs());
  CHECK(at_work(world.home_life.at(5, kGroup).work[0]) == 12);
  CHECK(at_work(world.home_life.at(5, kGroup).work[1]) == 14);  // odds of 6
  for (const std::size_t tertiary : {0u, 1u}) {
    CHECK(at_work(world.home_life.at(6, kGroup).work[tertiary]) == 0);
    CHECK(at_work(world.home_life.at(12, kGroup).work[tertiary]) == 16);
  }
}

TEST_CASE("What a month at home pays, and whether one is sent back within a year") {
  Scenario s = scenario();
  s.places[kHome.index()].income = 4.0;
  levers(s, kHome).set<"wage_gap">(0.25);
  levers(s, kHome).set<"refoulement">(0.1);
  s.parameters.set<"life.welfare">(0.5);
  const World world(s);
  const HomeMonth& month = world.home_life.at(0, kGroup);
  CHECK(month.income[0] == Approx(1.5));
  CHECK(month.income[1] == Approx(3.0));
  CHECK(month.refoulement == Approx(1.0 - std::exp(-1.2)));
}

TEST_CASE("Before the run life at home is as the policy of then") {
  Scenario s = ups_and_downs();
  s.policy[0].at = s.start;  // nobody works from the first month on
  const World world(s);
  CHECK(at_work(world.home_life.at(0, kGroup).work[0]) == 0);
  for (const int month : {-1, -12, -300})
    CHECK(at_work(world.home_life.at(month, kGroup).work[0]) == 12);
}
