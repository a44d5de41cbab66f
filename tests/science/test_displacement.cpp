// Who is displaced by a policy, and who cannot be: choice is monotone, luck is shared, labels and
// order of declaration do not matter.
#include <algorithm>

#include "catch.h"
#include "io/scenario_file.h"
#include "support/paired_worlds.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;
using namespace onward::pairs;

namespace {

constexpr std::uint32_t kWorlds = 1000;
constexpr std::uint8_t kTestPurpose = 250;

/// Numbers of one random world.
class Dice {
 public:
  explicit Dice(std::uint32_t world) : sequence_(run_key(77, world), Entity{}, kTestPurpose) {}
  double between(double low, double high) { return low + (high - low) * sequence_.next(); }
  bool coin() { return sequence_.next() < 0.5; }

 private:
  DrawSequence sequence_;
};

LeverValues random_levers(Dice& dice) {
  LeverValues levers = open_door();
  levers.set<"recognition">(dice.between(0.0, 1.0));
  levers.set<"benefit">(dice.between(0.0, 1.0));
  levers.set<"work_right">(dice.between(0.0, 1.0));
  levers.set<"detention">(dice.between(0.0, 1.0));
  levers.set<"family_reunion">(dice.between(0.0, 1.0));
  return levers;
}

/// Three destinations and a home with random tastes, places and policies.
Scenario random_scenario(Dice& dice, int people) {
  Scenario s = scenario(people);
  s.places.insert(s.places.begin() + 2, place("gamma", true));
  s.groups[0].home = PlaceId{3};
  s.groups[0].kin = dice.between(0.0, 1.0);
  s.groups[0].english = dice.between(0.0, 1.0);
  s.groups[0].ages[0].children = dice.between(0.0, 1.0);
  s.groups[0].savings = dice.between(0.0, 5.0);
  s.groups[0].savings_spread = dice.between(0.0, 1.0);
  for (std::size_t p = 0; p < 3; ++p) {
    s.places[p].nest = dice.coin() ? "one" : "other";
    s.places[p].english = dice.coin();
    s.places[p].attraction = dice.between(-1.0, 1.0);
    s.places[p].travel_cost = dice.between(0.0, 3.0);
    s.places[p].prior_belief = dice.between(0.05, 0.95);
    s.places[p].levers = {random_levers(dice)};
  }
  s.parameters.set<"choice.dissimilarity">(dice.between(0.2, 1.0));
  s.parameters.set<"choice.subnest_dissimilarity">(dice.between(0.1, 1.0));
  s.parameters.set<"choice.protection">(dice.between(0.0, 5.0));
  s.parameters.set<"choice.protection_spread">(dice.between(0.0, 1.0));
  s.parameters.set<"choice.benefit">(dice.between(0.1, 2.0));
  s.parameters.set<"choice.return_origin">(dice.between(-6.0, 0.0));
  s.parameters.set<"attention.base">(dice.between(0.01, 0.08));
  return s;
}

/// Makes one destination worse (or better) by what it pays from month `at` on, silently.
Scenario with_benefit(Scenario s, PlaceId where, double benefit) {
  s.policy = {change(s.start, where, lever_index<"benefit">(), benefit, Publicity::kSilent)};
  return s;
}

bool goes_to(const Alternative& chosen, PlaceId place) {
  return chosen.intent == Intent::kGo && chosen.place == place;
}

bool is_same_choice(const Alternative& a, const Alternative& b) {
  return a.intent == b.intent && a.place == b.place;
}

/// Beliefs, buzz, diaspora, brokers and queues held, and journey, refusal and commitment neutral.
Scenario without_interaction(Scenario s) {
  s.interaction = {.beliefs = ChannelMode::kHeld,
                   .buzz = ChannelMode::kHeld,
                   .diaspora = ChannelMode::kHeld,
                   .brokers = ChannelMode::kHeld,
                   .queues = ChannelMode::kHeld};
  s.parameters.set<"commitment.preparation">(0.0);
  s.parameters.set<"commitment.sunk">(0.0);
  s.parameters.set<"journey.visa_obstacle">(0.0);
  s.parameters.set<"procedure.after_refusal_elsewhere">(-100.0);
  s.parameters.set<"procedure.after_refusal_return">(-100.0);
  return s;
}

/// People who break the rule that a worse `target` can only push people out of it: whose first
/// departure elsewhere changes, or who first go there though they did not in the base.
std::int64_t count_breaks(const Comparison& comparison, std::size_t target) {
  const CountLayout& layout = comparison.counts.layout();
  std::int64_t breaks = 0;
  for (std::size_t d = 0; d < layout.destinations; ++d) {
    if (d == target) continue;
    for (std::size_t r = 0; r < comparison.counts.rows(); ++r)
      breaks += departures(comparison.counts, r, Side::kBase, d);
    breaks -= column_sum(comparison.counts, layout.fate(Side::kBase, d, Fate::kUnchanged));
    breaks += column_sum(comparison.counts, layout.elsewhere(Side::kVariant, target, d));
  }
  for (const Fate fate : {Fate::kStayed, Fate::kCensored, Fate::kReturned})
    breaks += column_sum(comparison.counts, layout.fate(Side::kVariant, target, fate));
  return breaks;
}

std::int64_t count_blocked(const Comparison& comparison) {
  return column_sum(comparison.counts,
                    comparison.counts.layout().of_people(0, PeopleCount::kBlocked));
}

}  // namespace

TEST_CASE("At equal state and the same consideration, choice is monotone") {
  std::size_t left = 0;
  std::size_t entered = 0;
  for (std::uint32_t w = 0; w < kWorlds; ++w) {
    Dice dice(w);
    const Scenario s = random_scenario(dice, 24);
    const PlaceId target{static_cast<std::size_t>(dice.between(0.0, 2.999))};
    Stage stage(s, w);
    const World worse(with_benefit(s, target, 0.0));
    const World better(with_benefit(s, target, 4.0));
    for (std::size_t d = 0; d < 3; ++d) set_belief(stage.state, d, dice.between(0.0, 1.0));
    for (std::size_t person = 0; person < 12; ++person) {
      const Consideration occasion{.person = PersonId{person}, .key = 7};
      const auto chosen_in = [&](const World& world) {
        return choose(stage.state, {.world = world, .index = 5, .key = stage.key}, occasion).chosen;
      };
      const Alternative now = chosen_in(stage.world);
      const Alternative tightened = chosen_in(worse);
      const Alternative loosened = chosen_in(better);
      // Worse: nobody enters it, nobody leaves another. Better: nobody enters another.
      if (!goes_to(now, target)) REQUIRE(is_same_choice(tightened, now));
      if (!goes_to(loosened, target)) REQUIRE(is_same_choice(loosened, now));
      if (goes_to(now, target)) REQUIRE(goes_to(loosened, target));
      left += goes_to(now, target) && !goes_to(tightened, target);
      entered += !goes_to(now, target) && goes_to(loosened, target);
    }
  }
  CHECK(left > 100);
  CHECK(entered > 500);
}

TEST_CASE("Over whole runs first departures are monotone without interaction") {
  std::int64_t blocked = 0;
  std::int64_t drawn = 0;
  for (std::uint32_t w = 0; w < kWorlds; ++w) {
    Dice dice(w);
    Scenario s = without_interaction(random_scenario(dice, 36));
    s.end = YearMonth{2002, 6};
    const std::size_t target = static_cast<std::size_t>(dice.between(0.0, 2.999));
    const World base(s);
    // Worlds with the roles swapped are the case of an improvement.
    const World worse(with_benefit(s, PlaceId{target}, 0.0));
    const Comparison tightened = compare_worlds(base, worse, 1);
    CAPTURE(w);
    REQUIRE(count_breaks(tightened, target) == 0);
    blocked += count_blocked(tightened);

    const World better(with_benefit(s, PlaceId{target}, 4.0));
    const Comparison loosened = compare_worlds(better, base, 1);
    REQUIRE(count_breaks(loosened, target) == 0);
    drawn += count_blocked(loosened);
  }
  CHECK(blocked > 500);
  CHECK(drawn > 2000);
}

TEST_CASE("With interaction first departures are not monotone, and should not be") {
  Dice dice(3);
  Scenario s = random_scenario(dice, 600);
  s.communities.ties = 2;
  s.parameters.set<"attention.contagion">(3.0);
  s.parameters.set<"commitment.preparation">(0.0);
  std::int64_t breaks = 0;
  for (std::size_t target = 0; target < 3; ++target) {
    const World base(s), worse(with_benefit(s, PlaceId{target}, 0.0));
    breaks += count_breaks(compare_worlds(base, worse, 4), target);
  }
  // Fewer depart to it, so fewer talk of it and fewer who would go elsewhere come to think of it.
  CHECK(breaks > 0);
}

TEST_CASE("Who is stopped on the way tries elsewhere, so stopping is not monotone either") {
  Dice dice(3);
  Scenario s = without_interaction(random_scenario(dice, 600));
  Scenario stopping = s;
  stopping.policy = {
      change(s.start, kAlpha, lever_index<"interception">(), 0.9, Publicity::kSilent)};
  const Comparison comparison = compare_worlds(World(s), World(stopping), 2);
  const CountLayout& layout = comparison.counts.layout();
  CHECK(column_sum(comparison.counts, layout.elsewhere(Side::kBase, 0, 1)) +
            column_sum(comparison.counts, layout.elsewhere(Side::kBase, 0, 2)) >
        0);
  CHECK(column_sum(comparison.counts, layout.extra(Extra::kStopped)) > 0);
}

TEST_CASE("Renaming a destination changes the draws of that label alone") {
  Dice dice(8);
  const Scenario s = random_scenario(dice, 24);
  Scenario renamed = s;
  renamed.places[1].name = "beta2";  // keeps the order of names
  Stage one(s), other(renamed);
  for (std::size_t person = 0; person < 12; ++person) {
    const Consideration occasion{.person = PersonId{person}, .key = 7};
    const ChoiceSet before = weigh(one.state, one.month(0), occasion);
    const ChoiceSet after = weigh(other.state, other.month(0), occasion);
    REQUIRE(before.size == after.size);
    for (std::size_t i = 0; i < before.size; ++i) {
      CAPTURE(i);
      const Alternative& a = before.alternatives[i];
      const Alternative& b = after.alternatives[i];
      CHECK(a.utility == b.utility);
      const bool has_label = a.intent == Intent::kGo && a.place == kBeta;
      CHECK((a.error == b.error) == !has_label);
    }
  }
}

TEST_CASE("Renaming a destination in both worlds leaves those who have nothing to do with it") {
  Dice dice(8);
  const Scenario s = without_interaction(random_scenario(dice, 400));
  const auto tightened = [](Scenario from) { return with_benefit(std::move(from), kAlpha, 0.0); };
  Scenario renamed = s;
  renamed.places[1].name = "beta2";
  const Parting parting = find_parting(World(s), World(tightened(s)));
  ThreadTeam team(1);
  const World base(s), variant(tightened(s)), base2(renamed), variant2(tightened(renamed));
  const auto before = run_pair({base, variant, parting}, run_key(5, 0), {}, team);
  const auto after = run_pair({base2, variant2, parting}, run_key(5, 0), {}, team);
  std::size_t compared = 0;
  const auto fates = find_fates(before->base, before->variant, 0);
  const auto again = find_fates(after->base, after->variant, 0);
  const auto touches_label = [](const FateOf& fate) {
    return fate.place == kBeta || (fate.fate == Fate::kElsewhere && fate.elsewhere == kBeta);
  };
  for (const FateOf& fate : fates) {
    const auto same = std::find_if(again.begin(), again.end(), [&](const FateOf& other) {
      return other.person == fate.person;
    });
    if (touches_label(fate) || same == again.end() || touches_label(*same)) continue;
    ++compared;
    CHECK(same->place == fate.place);
    CHECK(same->fate == fate.fate);
    CHECK(same->months == fate.months);
  }
  CHECK(compared > 50);
}

namespace {

constexpr const char* kHead = R"(
name: order
title: Declared in some order
currency: shells
start: 2001-01
end: 2004-12
communities: {size: 50, ties: 4, far_ties: 2, regions: {north: 0.5, south: 0.5}}
parameters: {attention.base: 0.02, attention.restless_share: 0.6}
groups:
  first: {home: HOM, arrivals: {2000: 400, 2001: 200}, savings: 3, savings_spread: 0.5, ages: [{from: 20, to: 40, share: 1, children: 0.3, tertiary: 0.1}]}
)";
constexpr const char* kPlaces = R"(
destinations:
  HOM: {asylum: false, income: 1.5}
  AAA: {income: 2, attraction: 1.5, nest: sea, travel_cost: 1, levers: {recognition: 0.8}}
  BBB: {income: 2, attraction: 1, nest: land, travel_cost: 1, levers: {recognition: 0.7}}
)";
constexpr const char* kReordered = R"(
destinations:
  BBB: {levers: {recognition: 0.7}, nest: land, travel_cost: 1, attraction: 1, income: 2}
  AAA: {levers: {recognition: 0.8}, nest: sea, travel_cost: 1, attraction: 1.5, income: 2}
  HOM: {income: 1.5, asylum: false}
)";
constexpr const char* kPolicy = R"(
policy:
  - {id: one, at: 2003-01, where: AAA, set: {recognition: 0.1}, publicity: loud, source: invented}
)";

World read(const std::string& text) { return World(read_scenario_text(text, "text").scenario); }

}  // namespace

TEST_CASE("The order of declaration changes nothing in a comparison") {
  const std::string head = kHead;
  const Comparison one = compare_worlds(read(head + kPlaces), read(head + kPlaces + kPolicy), 2);
  const Comparison other =
      compare_worlds(read(kReordered + head), read(kPolicy + head + kReordered), 2);
  CHECK(count_blocked(one) > 10);
  for (std::size_t r = 0; r < 2; ++r) {
    const auto row = one.counts.row(r);
    const auto again = other.counts.row(r);
    CHECK(std::equal(row.begin(), row.end(), again.begin(), again.end()));
  }
}
