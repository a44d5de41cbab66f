#include "engine/step.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "catch.h"
#include "model/sweep.h"
#include "run/signature_world.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

/// People who have arrived by month `month`, from the scenario alone.
std::int64_t ever_arrived(const World& world, int month) {
  std::int64_t people = 0;
  for (std::size_t g = 0; g < world.group_count(); ++g) {
    const Group& group = world.group(GroupId{g});
    for (const auto& [year, count] : group.arrivals) {
      for (int m = 1; m <= 12; ++m) {
        if (YearMonth{year, m} <= world.scenario.start + month)
          people += arrivals_in(group, YearMonth{year, m});
      }
    }
  }
  return people;
}

std::vector<std::int64_t> counted_stock(const State& state) {
  std::vector<std::int64_t> stock(state.stock.size(), 0);
  for (std::size_t i = 0; i < state.people.size(); ++i) {
    ++stock[state.people.rows[i].place * kStatusNames.size() +
            static_cast<std::size_t>(state.people.rows[i].status)];
  }
  return stock;
}

template <class Cases>
std::vector<std::uint32_t> persons_of(const Cases& cases) {
  std::vector<std::uint32_t> persons;
  for (const auto& one : cases) persons.push_back(one.person.value);
  std::sort(persons.begin(), persons.end());
  return persons;
}

std::vector<std::uint32_t> persons_in(const State& state, Status status) {
  std::vector<std::uint32_t> persons;
  for (std::uint32_t i = 0; i < state.people.size(); ++i) {
    if (state.people.rows[i].status == status) persons.push_back(i);
  }
  return persons;
}

/// Calls `check` after each month of the signature's world, in which everything happens.
template <class Check>
void after_each_month(Check check) {
  const World world(signature_scenario());
  Simulation simulation = begin(world, run_key(1, 0));
  ThreadTeam team(1);
  for (int month = 0; month < world.scenario.months(); ++month) {
    step(simulation, month, team);
    check(world, simulation.state, month);
  }
}

}  // namespace

TEST_CASE("The stock of each month sums to the people who ever arrived") {
  after_each_month([](const World& world, const State& state, int month) {
    CAPTURE(month);
    CHECK(static_cast<std::int64_t>(state.people.size()) == ever_arrived(world, month));
    CHECK(std::accumulate(state.stock.begin(), state.stock.end(), std::int64_t{0}) ==
          ever_arrived(world, month));
    CHECK(state.stock == counted_stock(state));
  });
}

TEST_CASE("Everyone on the way is in the list of the stage that the status names, once") {
  bool all[4] = {};
  after_each_month([&](const World&, const State& state, int month) {
    CAPTURE(month);
    CHECK(persons_of(state.preparing) == persons_in(state, Status::kCommitted));
    CHECK(persons_of(state.travelling) == persons_in(state, Status::kTravelling));
    CHECK(persons_of(state.pending.cases()) == persons_in(state, Status::kPending));
    CHECK(persons_of(state.appeals.cases()) == persons_in(state, Status::kAppeal));
    CHECK(persons_of(state.irregular.all()) == persons_in(state, Status::kIrregular));
    const std::size_t sizes[] = {state.preparing.size(), state.pending.size(), state.appeals.size(),
                                 state.irregular.size()};
    for (int i = 0; i < 4; ++i) all[i] = all[i] || sizes[i] > 0;
  });
  for (const bool used : all) CHECK(used);
}

TEST_CASE("What the lists keep of people is theirs") {
  after_each_month([](const World& world, const State& state, int month) {
    CAPTURE(month);
    for (const auto& moves :
         {state.preparing, state.travelling, state.pending.cases(), state.appeals.cases()}) {
      for (const Move& move : moves) {
        REQUIRE(move.group == state.people.group_of(move.person));
        REQUIRE(move.community == state.people.community_of(move.person));
      }
    }
    for (const Stay& stay : state.irregular.all()) {
      REQUIRE(stay.group == state.people.rows[stay.person.index()].group);
      REQUIRE(world.destinations[stay.destination] == state.people.place_of(stay.person));
    }
  });
}

TEST_CASE("Communities know how many of their members are at home and abroad") {
  after_each_month([](const World& world, const State& state, int month) {
    std::vector<std::uint32_t> members(state.communities.size(), 0);
    CommunityTable abroad =
        CommunityTable::Zero(state.communities.abroad.rows(), state.communities.abroad.cols());
    for (std::size_t i = 0; i < state.people.size(); ++i) {
      const PersonId id{i};
      const std::size_t community = state.people.community_of(id).index();
      const Status status = state.people.rows[i].status;
      const std::size_t destination = world.destination_of[state.people.place_of(id).index()];
      if (status == Status::kSettled || status == Status::kCommitted) ++members[community];
      if (destination == World::kNowhere) continue;
      abroad(static_cast<Eigen::Index>(community), static_cast<Eigen::Index>(destination)) += 1.0;
    }
    CAPTURE(month);
    CHECK(state.communities.members == members);
    // Relatives who joined by family reunion are no persons.
    const CommunityTable relatives = state.communities.abroad - abroad;
    CHECK(relatives.minCoeff() >= 0.0);
    CHECK(relatives.sum() == total<"reunions">(state));
  });
}

TEST_CASE("Beliefs and shares heard are chances, and evidence is never negative") {
  after_each_month([](const World&, const State& state, int month) {
    CAPTURE(month);
    CHECK(state.signals.belief.minCoeff() >= 0.0);
    CHECK(state.signals.belief.maxCoeff() < 1.0);
    CHECK(state.communities.heard.minCoeff() >= 0.0);
    CHECK(state.communities.positive.minCoeff() >= 0.0);
    CHECK(state.communities.negative.minCoeff() >= 0.0);
    CHECK(state.signals.buzz.minCoeff() >= 0.0);
  });
}

TEST_CASE("Policy takes effect in its month, before anyone decides") {
  Scenario s = scenario(600);
  s.parameters.set<"attention.base">(1.0);
  s.parameters.set<"choice.protection">(0.0);
  s.parameters.set<"commitment.preparation">(0.0);
  s.policy = {change(s.start + 3, kAlpha, lever_index<"interception">(), 1.0, Publicity::kSilent)};
  const World world(s);
  Simulation simulation = begin(world, run_key(1, 0));
  ThreadTeam team(1);
  Measures& measures = simulation.state.measures;
  for (int month = 0; month < 6; ++month) {
    step(simulation, month, team);
    const auto row = static_cast<std::size_t>(month);
    CHECK(measures.count<"departures">(row, 0, 0) > 0);
    CHECK(measures.count<"intercepted">(row, 0) ==
          (month < 3 ? 0 : measures.count<"departures">(row, 0, 0)));
  }
}

TEST_CASE("A world without attention stays as it is") {
  Scenario s = scenario();
  s.parameters.set<"attention.base">(0.0);
  s.parameters.set<"attention.contagion">(0.0);
  const World world(s);
  Simulation simulation = begin(world, run_key(1, 0));
  ThreadTeam team(1);
  const People before = simulation.state.people;
  for (int month = 0; month < s.months(); ++month) step(simulation, month, team);
  CHECK(simulation.state.people == before);
  CHECK(simulation.state.measures.decisions == 0);
}

TEST_CASE("A copied state goes on as the original does") {
  const World world(signature_scenario());
  Simulation simulation = begin(world, run_key(1, 0));
  ThreadTeam team(1);
  for (int month = 0; month < 30; ++month) step(simulation, month, team);
  Simulation copy = simulation;
  for (int month = 30; month < 40; ++month) {
    step(simulation, month, team);
    step(copy, month, team);
  }
  CHECK(copy.state == simulation.state);
}

TEST_CASE("The schedule of attention can be made anew in the middle of a run") {
  const World world(signature_scenario());
  Simulation simulation = begin(world, run_key(1, 0));
  ThreadTeam team(1);
  for (int month = 0; month < 30; ++month) step(simulation, month, team);
  Simulation restarted = simulation;
  restarted.attention = {};
  for (int month = 30; month < 50; ++month) {
    step(simulation, month, team);
    step(restarted, month, team);
  }
  CHECK(restarted.state == simulation.state);
}

namespace {

/// A hundred thousand people of whom many are refused, choose again, appeal, and lose heart while
/// they prepare.
Scenario restless_scenario() {
  Scenario s = signature_scenario();
  for (Group& group : s.groups) {
    for (auto& [year, people] : group.arrivals) people *= 40.0;
  }
  for (Place& place : s.places) {
    for (LeverValues& levers : place.levers) levers.set<"recognition">(0.1);
  }
  s.parameters.set<"attention.base">(0.02);
  s.parameters.set<"commitment.reopening">(0.0);
  return s;
}

}  // namespace

TEST_CASE("One, two and four threads come to the same state where many are refused") {
  const World world(restless_scenario());
  std::vector<Simulation> runs;
  for (const int threads : {1, 2, 4}) {
    ThreadTeam team(threads);
    runs.push_back(begin(world, run_key(1, 0), team));
    for (int month = 0; month < 30; ++month) step(runs.back(), month, team);
  }
  const State& alone = runs.front().state;
  CAPTURE(alone.people.size(), alone.people.refused_by.size(), alone.measures.decisions);
  CHECK(alone.people.refused_by.size() > 2 * kCasesPerChunk);
  CHECK(total(alone.measures, measure_index<"reopened">()) > 100);
  CHECK(runs[1].state == alone);
  CHECK(runs[2].state == alone);
}
