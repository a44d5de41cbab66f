#include "model/cohort.h"

#include <numeric>

#include "catch.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

/// Whether the word passes by the bound that was found.
bool passes(PassingWords words, std::uint32_t word) { return words.any && word <= words.last; }

}  // namespace

TEST_CASE("The last word below a chance is found exactly") {
  for (const double chance : {0.0, 1e-12, 0x1p-33, 0x1p-32, 1e-9, 0.1, 0.25, 1.0 / 3.0, 0.5,
                              0.999999, 1.0 - 0x1p-33, 1.0, 1.7, -0.5}) {
    CAPTURE(chance);
    const PassingWords words = words_below(chance);
    for (const std::uint32_t word : {0u, 1u, 2u, 1000u, 0x7fffffffu, 0x80000000u, 0xfffffffeu,
                                     0xffffffffu, words.last - 1, words.last, words.last + 1}) {
      CAPTURE(word);
      CHECK(passes(words, word) == (unit_interval(word) < chance));
    }
  }
}

TEST_CASE("People drawn together are those drawn one by one") {
  Scenario s = scenario(100);
  s.groups[0].ages = {{.from = 0, .to = 17, .share = 0.3, .children = 0.1, .tertiary = 0.9},
                      {.from = 18, .to = 40, .share = 0.5, .children = 0.6, .tertiary = 0.2},
                      {.from = 41, .to = 80, .share = 0.2, .children = 0.3, .tertiary = 0.4}};
  s.groups[0].record = 0.5;
  s.places[kHome.index()].levers[0].set<"nationality_refused">(0.2);
  const World world(s);
  const RunKey key = run_key(3, 0);
  const YearMonth arrival{2001, 4};
  const std::uint32_t first = 37;
  People together;
  together.extend(1000);
  std::iota(together.numbers.begin(), together.numbers.end(), first);
  Cohort(world, kGroup, arrival).draw(together, key, {0, 1000});
  std::size_t differing = 0;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    People alone;
    add_person(alone, world, key, kGroup, arrival, first + i);
    differing += alone.rows[0] == together.rows[i] ? 0 : 1;
  }
  CHECK(differing == 0);
  // Whoever was refused citizenship has no record of one.
  std::size_t both = 0;
  for (std::size_t i = 0; i < 1000; ++i) {
    both += together.has(PersonId{i}, Trait::kNationalityRefused) &&
                    together.has(PersonId{i}, Trait::kRecord)
                ? 1
                : 0;
  }
  CHECK(both == 0);
}

TEST_CASE("Who gets a row, and where newcomers live, is known before they are drawn") {
  Scenario s = scenario(100);
  s.parameters.set<"attention.restless_share">(0.3);
  const RunKey key = run_key(3, 0);
  const YearMonth arrival{2001, 4};
  constexpr std::uint32_t kFirst = 37;
  constexpr std::size_t kCount = 1001;  // no multiple of the lanes
  for (const bool has_regions : {false, true}) {
    CAPTURE(has_regions);
    if (has_regions) s.communities.regions = {{"north", 2.0}, {"south", 1.0}, {"west", 0.5}};
    const World world(s);
    const Cohort cohort(world, kGroup, arrival);
    const Newcomers restless = cohort.meet(key, kFirst, kCount, false);
    const Newcomers all = cohort.meet(key, kFirst, kCount, true);
    std::vector<std::uint16_t> expected;
    std::size_t elsewhere = 0;
    for (std::uint16_t i = 0; i < kCount; ++i) {
      People alone;
      const double region = add_person(alone, world, key, kGroup, arrival, kFirst + i);
      if (alone.has(PersonId{0}, Trait::kRestless)) expected.push_back(i);
      const std::size_t found = has_regions ? all.regions[i] : 0;
      elsewhere += found == region_of(world, region) ? 0 : 1;
    }
    CHECK(elsewhere == 0);
    CHECK(restless.numbers == expected);
    CHECK(expected.size() > kCount / 5);
    CHECK(expected.size() < kCount / 2);
    CHECK(restless.regions == all.regions);
    REQUIRE(all.numbers.size() == kCount);
    CHECK(all.numbers.back() == kCount - 1);
  }
}
