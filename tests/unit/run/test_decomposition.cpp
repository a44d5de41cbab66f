#include "run/decomposition.h"

#include "catch.h"
#include "run/held_worlds.h"
#include "support/paired_worlds.h"

using namespace onward;
using namespace onward::pairs;

namespace {

constexpr auto at(EffectMeasure measure) { return static_cast<std::size_t>(measure); }

Decomposition decompose_worlds(const World& base, const World& variant) {
  return *summarise(base, compare_worlds(base, variant, 6, 1, true)).decomposition;
}

/// East closing, six replicates.
const Decomposition& closing() {
  static const Decomposition decomposition =
      decompose_worlds(World(open_world()), World(closing_world()));
  return decomposition;
}

}  // namespace

TEST_CASE("What is left and what runs through a channel make up the full effect") {
  for (std::size_t i = 0; i < kEffectMeasureNames.size(); ++i) {
    CAPTURE(kEffectMeasureNames[i]);
    const double full = closing().full[i]->mean;
    CHECK(full != 0.0);
    for (const ChannelPart& part : closing().channels)
      CHECK(part.left[i]->mean + part.through[i]->mean == Approx(full));
    CHECK(closing().direct[i]->mean + closing().through_all[i]->mean == Approx(full));
  }
}

TEST_CASE("The direct effect, what runs through each channel and between them add up") {
  for (std::size_t i = 0; i < kEffectMeasureNames.size(); ++i) {
    CAPTURE(kEffectMeasureNames[i]);
    double sum = closing().direct[i]->mean + closing().between[i]->mean;
    for (const ChannelPart& part : closing().channels) sum += part.through[i]->mean;
    CHECK(sum == Approx(closing().full[i]->mean));
    CHECK(closing().between[i]->lo <= closing().between[i]->mean);
    CHECK(closing().between[i]->mean <= closing().between[i]->hi);
  }
}

TEST_CASE("The full effect is that of the comparison") {
  const World base(open_world()), variant(closing_world());
  const ComparisonSummary summary = summarise(base, compare_worlds(base, variant, 6, 1, true));
  const EffectValues& full = summary.decomposition->full;
  const Displacement& all = summary.displacement.front();
  CHECK(full[at(EffectMeasure::kBlocked)]->mean == all.blocked.mean);
  CHECK(full[at(EffectMeasure::kBlocked)]->hi == all.blocked.hi);
  const auto& spatial = all.shares[static_cast<std::size_t>(Response::kSpatial)];
  CHECK(full[at(EffectMeasure::kShareElsewhere)]->mean == Approx(spatial->mean));
  double claims = 0.0;
  for (const auto& destination : summary.claims) {
    for (const Difference& year : destination) claims += year.mean.mean;
  }
  CHECK(full[at(EffectMeasure::kClaims)]->mean == Approx(claims));
  CHECK(summary.decomposition->years == std::vector<int>{2006, 2007});
}

TEST_CASE(
    "A loud closing runs through announcements and experience, which stand in for each other") {
  const auto blocked = at(EffectMeasure::kBlocked);
  const ChannelPart& news =
      closing().channels[static_cast<std::size_t>(PathChannel::kAnnouncements)];
  const ChannelPart& cases = closing().channels[static_cast<std::size_t>(PathChannel::kExperience)];
  CHECK(news.through[blocked]->lo > 0.0);
  CHECK(news.alone[blocked]->lo > 0.0);
  CHECK(cases.alone[blocked]->lo > 0.0);
  CHECK(cases.alone[blocked]->mean > cases.through[blocked]->mean);
}

TEST_CASE("What is not defined is empty") {
  Scenario open = open_world();
  Scenario silent = closing_world();
  SECTION("no full year after the parting") {
    silent.policy[0].at = YearMonth{2008, 3};
    const Decomposition result = decompose_worlds(World(open), World(silent));
    CHECK(result.years.empty());
    CHECK_FALSE(result.full[at(EffectMeasure::kFirstElsewhere)]);
    CHECK_FALSE(result.between[at(EffectMeasure::kSecondElsewhere)]);
    CHECK(result.full[at(EffectMeasure::kClaims)]);
  }
  SECTION("one full year") {
    silent.policy[0].at = YearMonth{2007, 3};
    const Decomposition result = decompose_worlds(World(open), World(silent));
    CHECK(result.years == std::vector<int>{2008});
    CHECK(result.full[at(EffectMeasure::kFirstElsewhere)]);
    CHECK_FALSE(result.full[at(EffectMeasure::kSecondElsewhere)]);
  }
  SECTION("nothing but news, so nobody is blocked without it") {
    silent.policy[0].announced = silent.policy[0].at;
    silent.policy[0].at = silent.end + 1;
    const Decomposition result = decompose_worlds(World(open), World(silent));
    CHECK(result.direct[at(EffectMeasure::kBlocked)]->mean == 0.0);
    CHECK_FALSE(result.direct[at(EffectMeasure::kShareElsewhere)]);
    CHECK_FALSE(result.channels[0].through[at(EffectMeasure::kShareElsewhere)]);
    CHECK(result.channels[0].through[at(EffectMeasure::kBlocked)]->mean ==
          result.full[at(EffectMeasure::kBlocked)]->mean);
  }
  SECTION("every destination is a target") {
    Scenario more = open;
    more.parameters.set<"attention.base">(0.01);
    const Decomposition result = decompose_worlds(World(open), World(more));
    CHECK_FALSE(result.full[at(EffectMeasure::kFirstElsewhere)]);
    CHECK(result.full[at(EffectMeasure::kClaims)]);
    CHECK(result.full[at(EffectMeasure::kBlocked)]->lo > 0.0);
  }
}

TEST_CASE("There is no decomposition that was not asked for") {
  const World world(open_world());
  CHECK_FALSE(summarise(world, compare_worlds(world, world, 1)).decomposition);
}
