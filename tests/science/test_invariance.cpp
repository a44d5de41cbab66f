// What must not matter does not: threads, order of declaration, changes that touch nothing.
#include <optional>

#include "catch.h"
#include "engine/simulate.h"
#include "io/scenario_file.h"
#include "run/replicates.h"
#include "run/signature_world.h"

using namespace onward;

namespace {

Measures run_once(const World& world, std::uint32_t replicate = 0, int threads = 1) {
  ThreadTeam team(threads);
  return *simulate(world, 42, replicate, team);
}

/// Keeps every replicate by number.
class Keeper : public Observer {
 public:
  explicit Keeper(std::uint32_t count) : measures(count) {}
  void replicate_finished(std::uint32_t replicate, const Measures& finished) override {
    measures[replicate].emplace(finished);
  }
  std::vector<std::optional<Measures>> measures;
};

std::vector<std::optional<Measures>> run_many(const World& world, std::uint32_t count,
                                              int threads) {
  Keeper keeper(count);
  Observer* const observers[] = {&keeper};
  run_replicates(world, {.seed = 42, .first = 0, .count = count, .threads = threads}, observers);
  return keeper.measures;
}

constexpr const char* kOrdered = R"(
name: order
title: Declared in one order
currency: shells
start: 2001-01
end: 2005-12
groups:
  first:
    home: HOM
    arrivals: {2000: 400, 2001: 200, 2002: 200}
    ages: [{from: 20, to: 40, share: 1, children: 0.3, tertiary: 0.1}]
    record: 1
    savings: 3
    savings_spread: 0.5
  second:
    home: HOM
    arrivals: {2000: 200, 2003: 100}
    ages: [{from: 20, to: 60, share: 1, children: 0.3, tertiary: 0.1}]
    savings: 3
    savings_spread: 0.5
destinations:
  HOM: {asylum: false, income: 1.5}
  AAA: {income: 2, attraction: 1.5, nest: sea, travel_cost: 1, levers: {recognition: 0.8}}
  BBB: {income: 2, attraction: 1, nest: sea, travel_cost: 1, levers: {recognition: 0.7}}
  CCC: {income: 2, attraction: 1, nest: land, travel_cost: 1, levers: {recognition: 0.6}}
communities: {size: 50, ties: 4, far_ties: 2, regions: {north: 0.5, south: 0.5}}
brokers: {slots: 6, reach: 0.5, capacity: 3, fee: 2, credit: 2, exaggeration: 0.3, products: [{destination: AAA, story: conceal, share: 0.5}, {destination: CCC, story: conceal, share: 0.5}]}
parameters: {attention.base: 0.02, attention.restless_share: 0.6}
policy:
  - {id: one, at: 2003-01, where: AAA, set: {recognition: 0.1}, publicity: loud, source: invented}
  - {id: two, at: 2003-01, where: BBB, set: {recognition: 0.9}, publicity: press, source: invented}
)";

constexpr const char* kReordered = R"(
policy:
  - {publicity: press, id: two, where: BBB, at: 2003-01, set: {recognition: 0.9}, source: invented}
  - {id: one, at: 2003-01, where: AAA, set: {recognition: 0.1}, publicity: loud, source: invented}
parameters: {attention.restless_share: 0.6, attention.base: 0.02}
brokers: {products: [{destination: CCC, story: conceal, share: 0.5}, {destination: AAA, story: conceal, share: 0.5}], reach: 0.5, slots: 6, capacity: 3, fee: 2, credit: 2, exaggeration: 0.3}
communities: {regions: {south: 0.5, north: 0.5}, far_ties: 2, ties: 4, size: 50}
destinations:
  CCC: {income: 2, attraction: 1, nest: land, travel_cost: 1, levers: {recognition: 0.6}}
  BBB: {income: 2, attraction: 1, nest: sea, travel_cost: 1, levers: {recognition: 0.7}}
  HOM: {asylum: false, income: 1.5}
  AAA: {income: 2, attraction: 1.5, nest: sea, travel_cost: 1, levers: {recognition: 0.8}}
groups:
  second:
    savings_spread: 0.5
    savings: 3
    home: HOM
    arrivals: {2003: 100, 2000: 200}
    ages: [{from: 20, to: 60, share: 1, children: 0.3, tertiary: 0.1}]
  first:
    home: HOM
    arrivals: {2001: 200, 2002: 200, 2000: 400}
    ages: [{from: 20, to: 40, share: 1, children: 0.3, tertiary: 0.1}]
    record: 1
    savings: 3
    savings_spread: 0.5
end: 2005-12
start: 2001-01
currency: shells
title: Declared in another order
name: order
)";

}  // namespace

TEST_CASE("threads change nothing, within one replicate") {
  const World world(signature_scenario());
  const Measures one = run_once(world);
  CHECK(one.decisions > 1000);
  CHECK(run_once(world, 0, 2) == one);
  CHECK(run_once(world, 0, 4) == one);
}

TEST_CASE("threads change nothing, over replicates") {
  const World world(signature_scenario());
  const auto one = run_many(world, 5, 1);
  CHECK(one[0] != one[1]);
  CHECK(run_many(world, 5, 2) == one);
  CHECK(run_many(world, 5, 4) == one);
}

TEST_CASE("a replicate is the same alone as among others") {
  const World world(signature_scenario());
  CHECK(run_once(world, 3) == *run_many(world, 4, 2)[3]);
}

TEST_CASE("stayers change nothing by having rows") {
  for (const char* name : {"canada-2013.yaml", "teaching/drowned-isles.yaml"}) {
    CAPTURE(name);
    const World world(
        load_scenario(std::string(ONWARD_SOURCE_DIR) + "/scenarios/" + name).scenario);
    ThreadTeam team(2);
    constexpr bool kWithStayers = true;
    Simulation all = begin(world, run_key(42, 0), team, kWithStayers);
    Simulation few = begin(world, run_key(42, 0), team);
    REQUIRE(all.state.people.size() > 3 * few.state.people.size() / 2);
    REQUIRE(run_to_end(all, team));
    REQUIRE(run_to_end(few, team));
    CHECK(all.state.measures == few.state.measures);
    CHECK(all.state.communities == few.state.communities);
    CHECK(all.state.departures.size() == few.state.departures.size());
    CHECK(few.state.measures == run_once(world));
  }
}

TEST_CASE("the order of declaration changes nothing") {
  const World one(read_scenario_text(kOrdered, "ordered").scenario);
  const World other(read_scenario_text(kReordered, "reordered").scenario);
  const Measures measures = run_once(one);
  CHECK(measures.decisions > 100);
  CHECK(run_once(other) == measures);
}

TEST_CASE("a change of policy that touches nothing changes nothing") {
  const Measures base = run_once(World(signature_scenario()));
  Scenario scenario = signature_scenario();
  PolicyChange idle = scenario.policy[0];
  idle.id = "idle";
  idle.publicity = Publicity::kSilent;
  idle.at = YearMonth{2004, 6};

  SECTION("a lever set to the value that it has") {
    idle.set[0].by_group = {0.8, 0.8};
    scenario.policy.insert(scenario.policy.begin(), idle);
    CHECK(run_once(World(scenario)) == base);
  }
  SECTION("a lever that a destination does not use") {
    idle.set = {{.lever = lever_index<"settlement_grant">(), .by_group = {50.0, 50.0}}};
    scenario.policy.insert(scenario.policy.begin(), idle);
    CHECK(run_once(World(scenario)) == base);
  }
  SECTION("the same lever moved in earnest does change something") {
    idle.set[0].by_group = {0.2, 0.2};
    scenario.policy.insert(scenario.policy.begin(), idle);
    CHECK(run_once(World(scenario)) != base);
  }
}

TEST_CASE("people before a change of policy do not know that it will come") {
  Scenario changed = signature_scenario();
  changed.policy.clear();
  const Measures without = run_once(World(changed));
  const Measures with = run_once(World(signature_scenario()));
  // The first change of the signature world takes effect in its 27th month.
  const auto before = [](const Measures& measures, std::size_t months) {
    const auto all = measures.counts(measure_index<"departures">());
    const std::size_t per_month = all.size() / static_cast<std::size_t>(measures.shape().months);
    return std::vector<std::int32_t>(all.begin(),
                                     all.begin() + static_cast<std::ptrdiff_t>(months * per_month));
  };
  CHECK(before(with, 26) == before(without, 26));
  CHECK(before(with, 72) != before(without, 72));
}

TEST_CASE("held channels stay at their first values") {
  Scenario scenario = signature_scenario();
  scenario.interaction = {.beliefs = ChannelMode::kHeld,
                          .buzz = ChannelMode::kHeld,
                          .diaspora = ChannelMode::kHeld,
                          .brokers = ChannelMode::kHeld,
                          .queues = ChannelMode::kHeld};
  const World world(scenario);
  ThreadTeam team(1);
  Simulation simulation = begin(world, run_key(42, 0));
  step(simulation, 0, team);
  const Signals first = simulation.state.signals;
  for (int month = 1; month < 40; ++month) step(simulation, month, team);
  CHECK(simulation.state.signals.belief == first.belief);
  CHECK(simulation.state.signals.buzz == first.buzz);
  CHECK(simulation.state.signals.diaspora == first.diaspora);
  CHECK(simulation.state.signals.wait == first.wait);
  CHECK(simulation.state.measures.decisions > 100);
}
