#include "engine/setup.h"

#include "catch.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("The initial stock is those who arrived before the start, settled in their communities") {
  Scenario s = scenario();
  s.start = YearMonth{2001, 4};
  s.groups[0].arrivals = {{1999, 24}, {2001, 36}, {2002, 1000}};
  const Stage stage(s);
  const State& state = stage.state;
  REQUIRE(state.people.size() == 24 + 9);
  CHECK(state.people.arrival(PersonId{0}) == YearMonth{1999, 1});
  CHECK(state.people.arrival(PersonId{32}) == YearMonth{2001, 3});
  CHECK(state.stock[kHome.index() * kStatusNames.size()] == 33);
  CHECK(state.measures.persons == 33);
  for (std::size_t i = 0; i < 33; ++i)
    CHECK(state.people.community_of(PersonId{i}) == CommunityId{i / 10});
  CHECK(total<"arrivals">(state) == 0);
}

TEST_CASE("Nobody is on the way at the start and nothing is known") {
  const Stage stage(scenario());
  const State& state = stage.state;
  CHECK(state.preparing.empty());
  CHECK(state.travelling.empty());
  CHECK(state.pending.empty());
  CHECK(state.appeals.empty());
  CHECK(state.irregular.empty());
  CHECK(state.debtors.empty());
  CHECK(state.capacity == std::vector<double>(2, 0.0));
  CHECK(state.communities.positive.sum() + state.communities.negative.sum() +
            state.communities.heard.sum() ==
        0.0);
  CHECK(state.signals.belief.rows() == static_cast<Eigen::Index>(state.communities.size()));
  CHECK(state.signals.belief.cols() == 2);
}

TEST_CASE("People of the same origin who were abroad before count as diaspora") {
  Scenario s = scenario();
  s.places[kBeta.index()].population_abroad = 600.0;
  const Stage stage(s);
  CHECK(stage.state.communities.all_abroad == std::vector<double>{0.0, 600.0});
}

TEST_CASE("The initial state is a function of the world and the key") {
  Scenario s = scenario();
  s.groups[0].kin = 0.5;
  const World world(s);
  CHECK(initial_state(world, run_key(1, 0)) == initial_state(world, run_key(1, 0)));
  CHECK_FALSE(initial_state(world, run_key(1, 0)) == initial_state(world, run_key(1, 1)));
}
