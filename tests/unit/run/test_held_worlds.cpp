#include "run/held_worlds.h"

#include <algorithm>

#include "catch.h"
#include "model/observation.h"
#include "support/paired_worlds.h"

using namespace onward;
using namespace onward::pairs;

namespace {

PairedRun run_fork(const World& base, const World& variant, const Parting& parting,
                   std::uint32_t replicate = 0) {
  ThreadTeam team(1);
  return *run_pair({base, variant, parting}, run_key(5, replicate), {.fork = true}, team);
}

State run_held_world(const PairedRun& run, std::size_t world) {
  ThreadTeam team(1);
  return *run_held(*run.fork, channels_held(world), team);
}

Comparison decomposed(const World& base, const World& variant, std::uint32_t replicates = 2,
                      int threads = 1) {
  return compare_worlds(base, variant, replicates, threads, true);
}

std::int32_t held_count(const Comparison& comparison, std::size_t row, std::size_t world,
                        HeldCount count) {
  return comparison.counts.row(row)[comparison.counts.layout().held(world, count)];
}

/// Whether two worlds of a decomposition have the same counts, which are not all zero.
bool are_equal(const Comparison& comparison, std::size_t world, std::size_t other) {
  bool equal = true;
  bool some = false;
  for (std::size_t r = 0; r < comparison.counts.rows(); ++r) {
    for (std::size_t i = 0; i < kHeldCounts; ++i) {
      const auto count = static_cast<HeldCount>(i);
      const std::int32_t first = held_count(comparison, r, world, count);
      equal = equal && first == held_count(comparison, r, other, count);
      some = some || first != 0;
    }
  }
  CHECK(some);
  return equal;
}

bool is_zero(const Comparison& comparison, std::size_t world) {
  for (std::size_t r = 0; r < comparison.counts.rows(); ++r) {
    for (std::size_t i = 0; i < kHeldCounts; ++i) {
      if (held_count(comparison, r, world, static_cast<HeldCount>(i)) != 0) return false;
    }
  }
  return true;
}

std::size_t held(PathChannel channel) { return held_alone(static_cast<std::size_t>(channel)); }

}  // namespace

TEST_CASE("Every channel is held alone, left out alone, and held with the others") {
  CHECK(channels_held(kNoneHeld) == PathChannels{});
  PathChannels all;
  all.fill(true);
  CHECK(channels_held(kAllHeld) == all);
  for (std::size_t channel = 0; channel < all.size(); ++channel) {
    const PathChannels one = channels_held(held_alone(channel));
    const PathChannels others = channels_held(works_alone(channel));
    for (std::size_t i = 0; i < all.size(); ++i) {
      CHECK(one[i] == (i == channel));
      CHECK(others[i] == (i != channel));
    }
  }
}

TEST_CASE("A world that follows its own path runs as it did, bit for bit, channel by channel") {
  const World world(signature_scenario());
  Parting parting{.month = 20, .is_target = std::vector<bool>(4, true)};
  SECTION("from a month in the middle") {}
  SECTION("from the start") {
    parting.month = 0;
    parting.shares_past = false;
  }
  const PairedRun run = run_fork(world, world, parting);
  REQUIRE(run.fork->path.months.size() ==
          static_cast<std::size_t>(world.scenario.months() - *parting.month));
  for (std::size_t held_world = 0; held_world < kHeldWorlds; ++held_world) {
    CAPTURE(held_world);
    State held = run_held_world(run, held_world);
    observe(held.measures, world, run_key(5, 0));  // the runs of a pair have been observed
    CHECK(held == run.base);
  }
}

TEST_CASE("Keeping a path and a fork changes nothing") {
  const World base(open_world()), variant(closing_world());
  const Parting parting = find_parting(base, variant);
  ThreadTeam team(1);
  const PairedRun with = run_fork(base, variant, parting);
  const auto without = run_pair({base, variant, parting}, run_key(5, 0), {}, team);
  CHECK(with.base == without->base);
  CHECK(with.variant == without->variant);
  CHECK_FALSE(without->fork);
}

TEST_CASE("Each channel makes a difference where the worlds differ") {
  const World base(open_world()), variant(closing_world());
  const PairedRun run = run_fork(base, variant, find_parting(base, variant));
  for (std::size_t world = kNoneHeld + 1; world < kHeldWorlds; ++world) {
    CAPTURE(world);
    CHECK_FALSE(run_held_world(run, world).departures == run.variant.departures);
  }
}

TEST_CASE("The variant itself is counted as in the comparison") {
  const World base(open_world()), variant(closing_world());
  const Comparison comparison = decomposed(base, variant);
  const CountLayout& layout = comparison.counts.layout();
  for (std::size_t r = 0; r < comparison.counts.rows(); ++r) {
    const auto row = comparison.counts.row(r);
    std::int32_t elsewhere = 0;
    std::int32_t claims = 0;
    std::int32_t first = 0;
    for (std::size_t d = 0; d < layout.destinations; ++d) {
      elsewhere += row[layout.elsewhere(Side::kBase, kEast, d)];
      const auto change = [&](std::size_t y) {
        return row[layout.claims(Side::kVariant, y, d)] - row[layout.claims(Side::kBase, y, d)];
      };
      for (std::size_t y = 0; y < layout.years; ++y) claims += change(y);
      if (d != kEast) first += change(3);  // 2006
    }
    CHECK(held_count(comparison, r, kNoneHeld, HeldCount::kBlocked) ==
          row[layout.of_people(0, PeopleCount::kBlocked)]);
    CHECK(held_count(comparison, r, kNoneHeld, HeldCount::kElsewhere) == elsewhere);
    CHECK(held_count(comparison, r, kNoneHeld, HeldCount::kClaims) == claims);
    CHECK(held_count(comparison, r, kNoneHeld, HeldCount::kFirstElsewhere) == first);
    CHECK(first != 0);
  }
}

TEST_CASE("A decomposition leaves the comparison as it is") {
  const World base(open_world()), variant(closing_world());
  const Comparison plain = compare_worlds(base, variant, 2);
  const Comparison with = decomposed(base, variant);
  for (std::size_t r = 0; r < 2; ++r) {
    const auto row = plain.counts.row(r);
    CHECK(std::equal(row.begin(), row.end(), with.counts.row(r).begin()));
    CHECK(with.counts.row(r).size() == row.size() + kHeldWorlds * kHeldCounts);
  }
}

TEST_CASE("A change that touches nothing has nothing through any channel") {
  Scenario idle = open_world();
  idle.policy = {closing_world().policy[0]};
  idle.policy[0].publicity = Publicity::kSilent;
  idle.policy[0].set = {{.lever = lever_index<"settlement_grant">(), .by_group = {50.0, 50.0}}};
  const Comparison comparison = decomposed(World(open_world()), World(idle));
  REQUIRE(comparison.parting.month == kClosingMonth);
  for (std::size_t world = 0; world < kHeldWorlds; ++world) CHECK(is_zero(comparison, world));
}

TEST_CASE("Nothing runs through announcements if the change is silent") {
  Scenario silent = closing_world();
  silent.policy[0].publicity = Publicity::kSilent;
  const Comparison comparison = decomposed(World(open_world()), World(silent));
  CHECK(are_equal(comparison, kNoneHeld, held(PathChannel::kAnnouncements)));
  CHECK_FALSE(are_equal(comparison, kNoneHeld, held(PathChannel::kExperience)));
}

TEST_CASE("Everything runs through announcements if the change never takes effect") {
  Scenario threat = closing_world();
  threat.policy[0].announced = threat.policy[0].at;
  threat.policy[0].at = threat.end + 1;
  const Comparison comparison = decomposed(World(open_world()), World(threat));
  CHECK_FALSE(is_zero(comparison, kNoneHeld));
  CHECK(is_zero(comparison, held(PathChannel::kAnnouncements)));
  CHECK(is_zero(comparison, kAllHeld));
  CHECK_FALSE(is_zero(comparison, works_alone(0)));
}

TEST_CASE("Nothing runs through brokers if there are none") {
  Scenario open = open_world();
  open.brokers.slots = 0;
  Scenario closing = open;
  closing.policy = closing_world().policy;
  const Comparison comparison = decomposed(World(open), World(closing));
  CHECK(are_equal(comparison, kNoneHeld, held(PathChannel::kBrokers)));
  CHECK(are_equal(comparison, kAllHeld,
                  works_alone(static_cast<std::size_t>(PathChannel::kBrokers))));
}

TEST_CASE("Worlds that do not differ are not decomposed") {
  const World world(open_world());
  const Comparison comparison = decomposed(world, world, 1);
  for (std::size_t held_world = 0; held_world < kHeldWorlds; ++held_world)
    CHECK(is_zero(comparison, held_world));
}

TEST_CASE("Threads change nothing in a decomposition") {
  const World base(open_world()), variant(closing_world());
  const Comparison one = decomposed(base, variant, 2, 1);
  for (const int threads : {2, 5}) {
    const Comparison many = decomposed(base, variant, 2, threads);
    for (std::size_t r = 0; r < 2; ++r) {
      const auto row = one.counts.row(r);
      CHECK(std::equal(row.begin(), row.end(), many.counts.row(r).begin()));
    }
  }
}

TEST_CASE("A decomposition can be stopped in any of its worlds") {
  const World base(open_world()), variant(closing_world());
  const int months = base.scenario.months() - kClosingMonth;
  const int pair = base.scenario.months() + 2 * months;  // and the placebo
  for (const int limit : {pair, pair + 3 * months + 1}) {
    int asked = 0;
    CHECK_FALSE(compare(base, variant, {.replicates = {.seed = 5}, .decompose = true}, {}, {},
                        [&] { return ++asked > limit; }));
    CHECK(asked == limit + 1);
  }
}
