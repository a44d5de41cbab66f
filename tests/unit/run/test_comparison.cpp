#include "run/comparison.h"

#include <algorithm>
#include <atomic>

#include "catch.h"
#include "support/paired_worlds.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::pairs;

namespace {

std::vector<std::int32_t> all_counts(const Comparison& comparison) {
  std::vector<std::int32_t> all;
  for (std::size_t r = 0; r < comparison.counts.rows(); ++r) {
    const auto row = comparison.counts.row(r);
    all.insert(all.end(), row.begin(), row.end());
  }
  return all;
}

/// Nobody does anything else: every fate is unchanged and all claims are equal.
void check_zero(const Comparison& comparison) {
  const CountLayout& layout = comparison.counts.layout();
  for (std::size_t r = 0; r < comparison.counts.rows(); ++r) {
    const auto row = comparison.counts.row(r);
    for (std::size_t d = 0; d < layout.destinations; ++d) {
      CHECK(row[layout.fate(Side::kBase, d, Fate::kUnchanged)] ==
            departures(comparison.counts, r, Side::kBase, d));
      CHECK(row[layout.fate(Side::kVariant, d, Fate::kUnchanged)] ==
            departures(comparison.counts, r, Side::kVariant, d));
      for (std::size_t y = 0; y < layout.years; ++y)
        CHECK(row[layout.claims(Side::kBase, y, d)] == row[layout.claims(Side::kVariant, y, d)]);
    }
    CHECK(row[layout.of_people(0, PeopleCount::kBlocked)] == 0);
    CHECK(row[layout.extra(Extra::kBackInBase)] == row[layout.extra(Extra::kBackInVariant)]);
    CHECK(departures(comparison.counts, r, Side::kBase, kEast) > 100);
  }
  CHECK(comparison.delays.empty());
}

}  // namespace

TEST_CASE("Comparing a world with itself gives exact zeros") {
  const World world(open_world());
  const Comparison comparison = compare_worlds(world, world, 2);
  check_zero(comparison);
  CHECK_FALSE(comparison.parting.month);
  CHECK(comparison.placebos == 0);
}

TEST_CASE("A change that touches nothing gives exact zeros, though the worlds part") {
  const World base(open_world());
  Scenario idle = open_world();
  SECTION("a lever that a destination does not use") {
    idle.policy = {closing_world().policy[0]};
    idle.policy[0].publicity = Publicity::kSilent;
    idle.policy[0].set = {{.lever = lever_index<"settlement_grant">(), .by_group = {50.0, 50.0}}};
  }
  SECTION("a lever of asylum at a place that takes no claims") {
    idle.policy = {closing_world().policy[0]};
    idle.policy[0].publicity = Publicity::kSilent;
    idle.policy[0].at = YearMonth{2005, 1};
    idle.policy[0].where = {PlaceId{2}};
    idle.policy[0].set = {{.lever = lever_index<"recognition">(), .by_group = {0.9, 0.9}}};
  }
  const Comparison comparison = compare_worlds(base, World(idle), 2);
  check_zero(comparison);
  CHECK(comparison.parting.month);
  CHECK(comparison.placebos == 2);
}

TEST_CASE("Closing a destination has every kind of effect") {
  Scenario open = open_world();
  open.parameters.set<"choice.return_origin">(open.parameters.get<"choice.return_fear">() - 1.0);
  Scenario closing = open;
  closing.policy = closing_world().policy;
  const Comparison comparison = compare_worlds(World(open), World(closing), 6);
  const CountLayout& layout = comparison.counts.layout();
  for (const Fate fate : {Fate::kUnchanged, Fate::kEarlier, Fate::kDelayed, Fate::kOtherCategory,
                          Fate::kReturned, Fate::kStayed, Fate::kCensored}) {
    CAPTURE(static_cast<int>(fate));
    std::int64_t persons = 0;
    for (std::size_t d = 0; d < layout.destinations; ++d)
      persons += column_sum(comparison.counts, layout.fate(Side::kBase, d, fate));
    CHECK(persons > 0);
  }
  std::int64_t elsewhere = 0;
  for (std::size_t e = 1; e < layout.destinations; ++e)
    elsewhere += column_sum(comparison.counts, layout.elsewhere(Side::kBase, kEast, e));
  CHECK(elsewhere > 0);
  CHECK(column_sum(comparison.counts, layout.elsewhere(Side::kBase, kEast, kEast)) == 0);
  CHECK(column_sum(comparison.counts, layout.extra(Extra::kPlaceboDepartures)) > 0);
  CHECK(column_sum(comparison.counts, layout.extra(Extra::kPlaceboChanged)) > 0);
}

TEST_CASE("Threads change nothing in a comparison") {
  const World base(open_world()), variant(closing_world());
  const Comparison one = compare_worlds(base, variant, 3, 1);
  for (const int threads : {2, 3, 8}) {
    const Comparison many = compare_worlds(base, variant, 3, threads);
    CHECK(all_counts(many) == all_counts(one));
    CHECK(many.delays == one.delays);
    CHECK(many.months == one.months);
  }
}

TEST_CASE("Without interaction a placebo changes nobody else") {
  Scenario held = open_world();
  held.interaction = {.beliefs = ChannelMode::kHeld,
                      .buzz = ChannelMode::kHeld,
                      .diaspora = ChannelMode::kHeld,
                      .brokers = ChannelMode::kHeld,
                      .queues = ChannelMode::kHeld};
  held.brokers.slots = 0;
  // Decisions never wait for one another either.
  for (Place& place : held.places) {
    for (LeverValues& levers : place.levers) levers.set<"capacity">(1e6);
  }
  Scenario closing = held;
  closing.policy = closing_world().policy;
  const Comparison comparison = compare_worlds(World(held), World(closing), 2);
  const CountLayout& layout = comparison.counts.layout();
  CHECK(comparison.placebos == 2);
  CHECK(column_sum(comparison.counts, layout.extra(Extra::kPlaceboDepartures)) > 100);
  CHECK(column_sum(comparison.counts, layout.extra(Extra::kPlaceboChanged)) == 0);
}

TEST_CASE("Observers hear of both worlds, and a comparison can be stopped") {
  class Counter : public Observer {
   public:
    void replicate_finished(std::uint32_t, const Measures&) override { ++count; }
    int count = 0;
  };
  const World base(small::scenario()), variant(small::scenario());
  Counter of_base, of_variant;
  Observer* const base_observers[] = {&of_base};
  Observer* const variant_observers[] = {&of_variant};
  double shown = 0.0;
  CHECK(compare(base, variant, {.replicates = {.count = 3}}, {base_observers, variant_observers},
                [&](double finished, double) { shown = finished; }));
  CHECK(of_base.count == 3);
  CHECK(of_variant.count == 3);
  CHECK(shown == 3.0);
  CHECK_FALSE(compare(base, variant, {.replicates = {.count = 3}}, {}, {}, [] { return true; }));
}
