#include "run/worlds.h"

#include <algorithm>

#include "catch.h"
#include "core/check.h"
#include "io/adjustable.h"
#include "io/scenario_file.h"
#include "run/comparison.h"
#include "run/predictive_draws.h"
#include "run/replicates.h"
#include "run/summary.h"
#include "support/observed_world.h"
#include "support/sample_posterior.h"

using namespace onward;
using namespace onward::small;

namespace {

double attraction(const World& world, PlaceId place) {
  return world.scenario.places[place.index()].attraction;
}

/// The message of the InputError that putting a posterior into the small world ends with.
std::string refusal_of(const Posterior& sample) {
  try {
    Worlds(scenario(), sample, "draws.h5");
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

/// Keeps the measures of each replicate.
class Keeper : public Observer {
 public:
  explicit Keeper(std::size_t count) : kept(count) {}
  void replicate_finished(std::uint32_t replicate, const Measures& measures) override {
    kept[replicate] = measures;
  }
  std::vector<std::optional<Measures>> kept;
};

}  // namespace

TEST_CASE("a plain world is every replicate's world", "[worlds]") {
  const World world(scenario());
  const Worlds worlds(world);
  CHECK(worlds.of(0).get() == &world);
  CHECK(worlds.of(7).get() == &world);
  CHECK(worlds.posterior() == nullptr);
  CHECK(worlds.in(scenario(30)).of(1)->people == 30.0);
}

TEST_CASE("each replicate has the numbers of its draw, at all targets", "[worlds]") {
  const Posterior sample = posterior();
  const Worlds worlds(scenario(), sample, "draws.h5");
  for (const std::uint32_t replicate : {0u, 3u, 4u, 5u, 13u}) {
    CAPTURE(replicate);
    const auto world = worlds.of(replicate);
    const std::vector<double>& draw = sample.draws[replicate % 5];
    CHECK(world->parameters().get<"attention.base">() == draw[0]);
    CHECK(worlds.parameters_of(replicate) == world->parameters());
    CHECK(attraction(*world, kAlpha) == draw[1]);
    CHECK(attraction(*world, kBeta) == draw[1]);
    CHECK(attraction(*world, kHome) == 0.0);
  }
  CHECK(is_same(worlds.centre().scenario, scenario()));
}

TEST_CASE("the same draws can be put into another scenario", "[worlds]") {
  Scenario other = scenario();
  other.places[0].income = 123.0;
  const Worlds worlds = Worlds(scenario(), posterior(), "draws.h5").in(other);
  CHECK(worlds.of(2)->scenario.places[0].income == 123.0);
  CHECK(attraction(*worlds.of(2), kAlpha) == posterior().draws[2][1]);
}

TEST_CASE("a posterior that does not fit the scenario is refused by name", "[worlds]") {
  Posterior sample = posterior();
  sample.parameters[1].targets[1] = "destinations.betta.attraction";
  CHECK(refusal_of(sample) ==
        "draws.h5: the parameter 'attraction' sets 'destinations.betta.attraction' (the scenario "
        "has no such number). Did you mean 'destinations.beta.attraction'?");
  sample = posterior();
  sample.parameters[1].targets = {"attention.base"};
  CHECK(refusal_of(sample).find("sets it too") != std::string::npos);
  sample = posterior();
  sample.draws[3][1] = 1e9;
  const std::string message = refusal_of(sample);
  CHECK(message.find("draws.h5: the parameter 'attraction' is 1e9 in draw 3") == 0);
  CHECK(message.find("destinations.alpha.attraction allows") != std::string::npos);
}

TEST_CASE("targets can keep the scenario's value", "[worlds]") {
  const auto partly = without_targets(posterior(), {"destinations.alpha.attraction", "none.such"});
  REQUIRE(partly);
  CHECK(partly->parameters.size() == 2);
  const Worlds worlds(scenario(), *partly, "draws.h5");
  CHECK(attraction(*worlds.of(1), kAlpha) == 0.0);
  CHECK(attraction(*worlds.of(1), kBeta) == -0.25);
  const auto less = without_targets(posterior(), {"attention.base"});
  REQUIRE(less);
  REQUIRE(less->parameters.size() == 1);
  CHECK(less->parameters[0].name == "attraction");
  CHECK(less->draws[4] == std::vector<double>{-1.0});
  CHECK_FALSE(without_targets(*less, less->parameters[0].targets));
}

TEST_CASE("differences of two scenarios are found at the targets only", "[worlds]") {
  Scenario other = scenario();
  other.places[1].attraction = 0.5;
  other.places[1].income = 5.0;
  CHECK(targets_that_differ(posterior(), scenario(), other) ==
        std::vector<std::string>{"destinations.beta.attraction"});
  CHECK(targets_that_differ(posterior(), other, other).empty());
}

TEST_CASE("replicates run in their own worlds, whatever the threads", "[worlds]") {
  const Worlds worlds(scenario(), posterior(), "draws.h5");
  Keeper one(7);
  Keeper three(7);
  for (Keeper* keeper : {&one, &three}) {
    Observer* const observers[] = {keeper};
    const ReplicatePlan plan{.seed = 5, .count = 7, .threads = keeper == &one ? 1 : 3};
    REQUIRE(run_replicates(worlds, plan, observers));
  }
  for (std::uint32_t r = 0; r < 7; ++r) {
    const World alone(worlds.of(r)->scenario);
    ThreadTeam team(1);
    CHECK(*one.kept[r] == *simulate(alone, 5, r, team));
    CHECK(*one.kept[r] == *three.kept[r]);
  }
  // The largest draw of attention sends more people away than the smallest.
  const auto moved = [&](std::size_t r) {
    return total(*one.kept[r], measure_index<"commitments">());
  };
  CHECK(moved(4) > moved(0));
}

TEST_CASE("each draw is shown with the noise of its own world", "[worlds]") {
  Posterior sample = posterior();
  sample.parameters[0] = fitted("observation.source_factor", 1.0, 0.5, 2.0);
  for (std::size_t d = 0; d < 5; ++d) sample.draws[d][0] = 1.0 + 0.1 * static_cast<double>(d);
  Scenario s = observed_scenario({{5, 0}, {5, 0}, {5, 0}});
  const Worlds worlds(s, sample, "draws.h5");
  PredictiveDraws draws(full_years(s), 2, 6);
  DrawCollector collector(worlds, 0, draws);
  Observer* const observers[] = {&collector};
  run_replicates(worlds, {.count = 6}, observers);
  for (std::size_t r = 0; r < 6; ++r) CHECK(draws.noise[r].factor == sample.draws[r % 5][0]);
}

TEST_CASE("a pair of worlds has the same draw in the same replicate", "[worlds]") {
  Scenario changed = scenario();
  changed.policy = {
      change(YearMonth{2002, 1}, kAlpha, lever_index<"interception">(), 0.9, Publicity::kLoud)};
  const Worlds base(scenario(), posterior(), "draws.h5");
  const Worlds variant(changed, posterior(), "draws.h5");
  Keeper of_base(4);
  Keeper of_variant(4);
  Observer* const base_observers[] = {&of_base};
  Observer* const variant_observers[] = {&of_variant};
  const auto comparison = compare(base, variant, {.replicates = {.seed = 9, .count = 4}},
                                  {base_observers, variant_observers});
  REQUIRE(comparison);
  CHECK(comparison->parting.month == 12);
  ThreadTeam team(1);
  for (std::uint32_t r = 0; r < 4; ++r) {
    CHECK(*of_base.kept[r] == *simulate(*base.of(r), 9, r, team));
    CHECK(*of_variant.kept[r] == *simulate(*variant.of(r), 9, r, team));
  }
}
