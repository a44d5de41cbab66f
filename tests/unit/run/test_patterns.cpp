#include "run/patterns.h"

#include <array>

#include "catch.h"
#include "support/observed_world.h"

using namespace onward;
using namespace onward::small;

namespace {

/// Alpha booms in 2002, beta follows in 2003; 2004 is missing for alpha.
const World& judged_world() {
  static const World world(observed_scenario({{10, 10}, {100, 20}, {20, 60}, {-1, 10}}));
  return world;
}

/// Two draws of four years.
PredictiveDraws draws_of(const std::array<std::array<double, 4>, 2>& alpha,
                         const std::array<std::array<double, 4>, 2>& beta) {
  PredictiveDraws draws({2001, 2004}, 2, 2);
  for (std::size_t r = 0; r < 2; ++r) {
    for (std::size_t y = 0; y < 4; ++y) {
      draws.shown.at(2001 + static_cast<int>(y), kFirst)[r] = alpha[r][y];
      draws.shown.at(2001 + static_cast<int>(y), kSecond)[r] = beta[r][y];
    }
  }
  return draws;
}

/// Means: alpha 10, 80, 40, 0; beta 10, 20, 40, 10.
PredictiveDraws two_draws() {
  return draws_of({{{10, 60, 80, 0}, {10, 100, 0, 0}}}, {{{10, 20, 20, 20}, {10, 20, 60, 0}}});
}

PatternResult judge_two(const Pattern& pattern) {
  return judge(pattern, {judged_world(), ObservedTable(judged_world()), two_draws()});
}

Pattern pattern_of(PatternKind kind, std::optional<double> low, std::optional<double> high) {
  Pattern pattern;
  pattern.id = "test";
  pattern.kind = kind;
  pattern.low = low;
  pattern.high = high;
  return pattern;
}

}  // namespace

TEST_CASE("peak: the mean's year of most claims is near the observed record's", "[patterns]") {
  Pattern pattern = pattern_of(PatternKind::kPeak, {}, {});
  pattern.where = {kAlpha};
  pattern.from = 2001;
  pattern.to = 2004;
  const PatternResult good = judge_two(pattern);
  CHECK(good.value == 2002.0);
  CHECK(good.low_bound == 2002.0);
  CHECK(good.high_bound == 2002.0);
  CHECK(good.holds == true);
  CHECK(good.share_of_replicates == 0.5);  // one draw peaks in 2003
  CHECK(*good.hi == Approx(2002.95));
  pattern.from = 2003;  // the record's peak is then 2003, as is the mean's
  CHECK(judge_two(pattern).holds == true);
  pattern.where = {kBeta};
  pattern.from = 2001;
  CHECK(judge_two(pattern).holds == true);
  const PredictiveDraws late =
      draws_of({{{0, 0, 0, 9}, {0, 0, 0, 9}}}, {{{0, 0, 0, 9}, {0, 0, 0, 0}}});
  const PatternEvidence evidence{judged_world(), ObservedTable(judged_world()), late};
  CHECK(judge(pattern, evidence).holds == false);
  CHECK(judge(pattern, evidence).share_of_replicates == 0.0);
  pattern.within = 1;
  CHECK(judge(pattern, evidence).holds == true);
  CHECK(judge(pattern, evidence).share_of_replicates == 0.5);  // one draw has no claims at all
}

TEST_CASE("inside: the observed count lies in the draws' interval", "[patterns]") {
  Pattern pattern = pattern_of(PatternKind::kInside, {}, {});
  pattern.where = {kAlpha};
  pattern.year = 2002;
  pattern.level = 0.5;  // of 60 and 100: 70 to 90
  const PatternResult bad = judge_two(pattern);
  CHECK(bad.value == 100.0);
  CHECK(*bad.low_bound == Approx(70.0));
  CHECK(*bad.high_bound == Approx(90.0));
  CHECK(bad.holds == false);
  CHECK_FALSE(bad.share_of_replicates);
  pattern.year = 2003;  // of 80 and 0, for 20
  CHECK(judge_two(pattern).holds == true);
  pattern.year = 2004;  // missing
  CHECK_FALSE(judge_two(pattern).holds);
}

TEST_CASE("count: claims of a year, of one place or of all", "[patterns]") {
  Pattern pattern = pattern_of(PatternKind::kCount, 75, 85);
  pattern.where = {kAlpha};
  pattern.year = 2002;
  CHECK(judge_two(pattern).value == 80.0);
  CHECK(judge_two(pattern).holds == true);
  CHECK(judge_two(pattern).share_of_replicates == 0.0);  // 60 and 100
  pattern.where.clear();
  CHECK(judge_two(pattern).value == 100.0);
  CHECK(judge_two(pattern).holds == false);
  pattern.high.reset();
  CHECK(judge_two(pattern).holds == true);
  CHECK(judge_two(pattern).share_of_replicates == 1.0);
}

TEST_CASE("ratio: of means, undefined without a base", "[patterns]") {
  Pattern pattern = pattern_of(PatternKind::kRatio, {}, 0.5);
  pattern.where = {kAlpha};
  pattern.year = 2003;
  pattern.base_year = 2002;
  CHECK(judge_two(pattern).value == 0.5);
  CHECK(judge_two(pattern).holds == true);
  CHECK(judge_two(pattern).share_of_replicates == 0.5);
  pattern.low = 0.6;
  pattern.high = 1.0;
  CHECK(judge_two(pattern).holds == false);
  pattern.base_year = 2004;
  CHECK_FALSE(judge_two(pattern).value);
  CHECK(judge_two(pattern).holds == false);
}

TEST_CASE("deflection: gross gains elsewhere over the target's loss", "[patterns]") {
  Pattern pattern = pattern_of(PatternKind::kDeflection, 0.4, 0.6);
  pattern.target = kAlpha;
  pattern.year = 2003;
  pattern.base_year = 2002;
  // Means: beta gains 20, alpha loses 40. The first draw loses nothing, the second 100 for 40.
  CHECK(judge_two(pattern).value == 0.5);
  CHECK(judge_two(pattern).holds == true);
  CHECK(judge_two(pattern).share_of_replicates == 0.5);
  CHECK(judge_two(pattern).lo == 0.4);
  pattern.low = 0.55;
  CHECK(judge_two(pattern).holds == false);
}

TEST_CASE("ard: of the mean, and of each draw by itself", "[patterns]") {
  Pattern pattern = pattern_of(PatternKind::kArd, {}, 0.5);
  pattern.of = Quantity::kCounts;
  pattern.from = 2002;
  pattern.to = 2003;
  // 2002: 20 of 120; 2003: 20 + 20 of 80.
  CHECK(*judge_two(pattern).value == Approx(0.5 * (20.0 / 120.0 + 0.5)));
  CHECK(judge_two(pattern).holds == true);
  // First draw: 40 of 120, 60 + 40 of 80; second: none, 20 of 80.
  CHECK(judge_two(pattern).share_of_replicates == 0.5);
  pattern.of = Quantity::kShares;
  // 5/6 for 0.8 in 2002, 1/4 for 1/2 in 2003.
  CHECK(*judge_two(pattern).value == Approx(0.5 * (2.0 * (5.0 / 6.0 - 0.8) + 0.5)));
  pattern.high = 0.2;
  CHECK(judge_two(pattern).holds == false);
}

TEST_CASE("paired: the interval of the mean difference lies above the bound", "[patterns]") {
  Pattern pattern = pattern_of(PatternKind::kPaired, 0, {});
  pattern.where = {kBeta};
  pattern.target = kAlpha;
  pattern.since = YearMonth{2003, 1};
  pattern.from = 2003;
  pattern.to = 2004;
  const PredictiveDraws with = two_draws();  // 40 and 60
  const ObservedTable observed(judged_world());
  const auto judge_against = [&](double first, double second) {
    const PredictiveDraws without =
        draws_of({{{0, 0, 0, 0}, {0, 0, 0, 0}}}, {{{0, 0, first, 0}, {0, 0, second, 0}}});
    return judge(pattern, {judged_world(), observed, with, &without});
  };
  const PatternResult good = judge_against(30, 48);  // differences 10 and 12
  CHECK(good.value == 11.0);
  CHECK(*good.lo == Approx(11.0 - 1.6448536269514722));  // standard error 1
  CHECK(good.holds == true);
  CHECK(good.share_of_replicates == 1.0);
  CHECK(judge_against(50, 20).holds == false);  // -10 and 40
  CHECK(judge_against(50, 20).share_of_replicates == 0.5);
  CHECK(judge_against(40, 60).holds == false);  // exactly nothing
}

TEST_CASE("years that the run does not have give no verdict", "[patterns]") {
  Pattern pattern = pattern_of(PatternKind::kCount, 0, {});
  pattern.year = 2005;
  const PatternResult result = judge_two(pattern);
  CHECK_FALSE(result.value);
  CHECK_FALSE(result.holds);
  CHECK_FALSE(result.share_of_replicates);
}

TEST_CASE("the world without changes keeps other places' and earlier ones", "[patterns]") {
  Scenario s = scenario();
  const std::size_t lever = lever_index<"recognition">();
  s.policy = {change({2001, 3}, kAlpha, lever, 0.1, Publicity::kLoud),
              change({2002, 3}, kAlpha, lever, 0.2, Publicity::kLoud),
              change({2002, 4}, kBeta, lever, 0.3, Publicity::kLoud),
              change({2002, 5}, kAlpha, lever, 0.4, Publicity::kLoud)};
  s.policy[3].where = {kAlpha, kBeta};
  const Scenario open = without_changes(s, kAlpha, {2002, 1});
  REQUIRE(open.policy.size() == 3);
  CHECK(open.policy[0].at == YearMonth{2001, 3});
  CHECK(open.policy[1].where == std::vector<PlaceId>{kBeta});
  CHECK(open.policy[2].where == std::vector<PlaceId>{kBeta});
}
