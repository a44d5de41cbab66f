#include "run/validation.h"

#include <algorithm>

#include "catch.h"
#include "run/signature_world.h"
#include "support/aborts.h"
#include "support/observed_world.h"
#include "support/sample_posterior.h"

using namespace onward;
using namespace onward::small;

namespace {

/// The signature's world, judged by counts of all destinations in every year of the run.
Scenario judged_scenario() {
  Scenario s = signature_scenario();
  double count = 3.0;
  for (std::size_t p = 0; p < s.places.size(); ++p) {
    if (!s.places[p].asylum) continue;
    for (int year = s.start.year(); year <= s.end.year(); ++year) {
      s.observed.push_back(seen(year, PlaceId{p}, count));
      count += 4.0;
    }
  }
  return s;
}

Validation validate_small(const Scenario& scenario, int threads = 1) {
  return *validate(World(scenario), {.seed = 2, .first = 0, .count = 6, .threads = threads});
}

std::size_t rows_of(const Validation& validation, const std::string& forecast) {
  return static_cast<std::size_t>(
      std::count_if(validation.scores.begin(), validation.scores.end(),
                    [&](const ScoreRow& row) { return row.forecast == forecast; }));
}

}  // namespace

TEST_CASE("a year is scored if the run has it whole and an earlier one is known", "[validation]") {
  Scenario s = observed_scenario({{1, 1}, {2, 2}, {3, 3}, {4, 4}});
  const auto years_of = [](const Scenario& scenario) {
    const World world(scenario);
    return scorable_years(world, ObservedTable(world));
  };
  CHECK(years_of(s) == YearSpan{2002, 2004});
  s.end = YearMonth{2004, 11};
  CHECK(years_of(s) == YearSpan{2002, 2003});
  s.start = YearMonth{2002, 2};
  CHECK(years_of(s) == YearSpan{2003, 2003});
  s.observed.clear();
  CHECK(years_of(s).last < years_of(s).first);
}

TEST_CASE("without a plan the origin lies before the last quarter", "[validation]") {
  CHECK(forecast_origin({}, {2004, 2015}) == 2012);
  CHECK(forecast_origin({}, {2004, 2005}) == 2004);
  ValidationPlan plan;
  CHECK(periods_of(plan, {2004, 2015}) ==
        std::vector<YearSpan>{{2004, 2015}, {2004, 2012}, {2013, 2015}});
  CHECK(periods_of(plan, {2004, 2004}) == std::vector<YearSpan>{{2004, 2004}});
  plan.origin = 2010;
  CHECK(forecast_origin(plan, {2004, 2015}) == 2010);
  plan.periods = {{2005, 2006}};
  CHECK(periods_of(plan, {2004, 2015}) == plan.periods);
}

TEST_CASE("every forecast is scored in every period, fixed ones after the origin only",
          "[validation]") {
  Scenario s = judged_scenario();
  const int last = s.end.year();
  s.validation.origin = last - 1;
  s.validation.periods = {{last - 1, last}, {last, last}, {last, last + 1}};
  const Validation validation = validate_small(s);
  CHECK(validation.periods.size() == 2);
  CHECK(validation.left_out == std::vector<YearSpan>{{last, last + 1}});
  for (const char* name : {"model", "no-brokers"}) CHECK(rows_of(validation, name) == 4);
  for (const char* name : {"persistence", "share-persistence", "long-run-shares", "equal-shares",
                           "naive-negative-binomial"})
    CHECK(rows_of(validation, name) == 6);
  for (const ScoreRow& row : validation.scores) {
    CAPTURE(row.forecast, row.origin);
    CHECK(row.score.crps);
    CHECK(row.score.ard);
    const bool is_fixed = row.origin.find("fixed at") == 0;
    CHECK((!is_fixed || row.period.first == last));
  }
}

TEST_CASE("a world without brokers is not scored twice, and says what it was fitted to",
          "[validation]") {
  Scenario s = judged_scenario();
  s.brokers.slots = 0;
  s.validation.fitted_to = YearSpan{2001, 2002};
  const Validation validation = validate_small(s);
  CHECK(rows_of(validation, "no-brokers") == 0);
  REQUIRE(rows_of(validation, "model") > 0);
  CHECK(validation.scores.front().origin == "fitted to 2001-2002");
}

TEST_CASE("paired patterns run the world without the changes that they name", "[validation]") {
  Scenario s = judged_scenario();
  REQUIRE_FALSE(s.policy.empty());
  Pattern pattern;
  pattern.id = "paired";
  pattern.kind = PatternKind::kPaired;
  pattern.target = s.policy.front().where.front();
  pattern.since = s.start;
  pattern.where = {*pattern.target};
  pattern.from = s.end.year() - 1;
  pattern.to = s.end.year() - 1;
  pattern.low = -1e6;
  s.validation.patterns = {pattern};
  const Validation changed = validate_small(s);
  REQUIRE(changed.patterns.size() == 1);
  CHECK(changed.patterns.front().value != 0.0);
  s.validation.patterns.front().since = s.end + 1;
  CHECK(validate_small(s).patterns.front().value == 0.0);
}

TEST_CASE("threads change nothing, a signal ends it, and no record is refused", "[validation]") {
  const Scenario s = judged_scenario();
  const Validation one = validate_small(s, 1);
  const Validation three = validate_small(s, 3);
  REQUIRE(one.scores.size() == three.scores.size());
  for (std::size_t i = 0; i < one.scores.size(); ++i) {
    CHECK(one.scores[i].score.crps == three.scores[i].score.crps);
    CHECK(one.scores[i].score.log_score == three.scores[i].score.log_score);
  }
  const auto stopped = validate(World(s), {.count = 2}, {}, [] { return true; });
  CHECK_FALSE(stopped);
  CHECK(ending_of([] { validate(World(scenario()), {}); }).aborted);
}

namespace {

/// Two draws of how much attention people pay, fitted to the years up to `last`.
JudgedWorlds candidate(const Scenario& scenario, int last) {
  Posterior sample = posterior();
  sample.fitted_to = {scenario.start.year(), last};
  sample.parameters.resize(1);
  sample.draws = {{0.01}, {0.2}};
  return {.worlds = Worlds(scenario, sample, "draws.h5"), .fitted_to = sample.fitted_to};
}

/// The judged world with a pattern of its last year and one of the year before.
Scenario patterned_scenario() {
  Scenario s = judged_scenario();
  const int last = s.end.year();
  s.validation.periods = {{last - 1, last}, {last, last}};
  Pattern pattern;
  pattern.id = "early";
  pattern.year = last - 1;
  pattern.low = 0.0;
  s.validation.patterns.push_back(pattern);
  pattern.id = "late";
  pattern.year = last;
  s.validation.patterns.push_back(pattern);
  return s;
}

}  // namespace

TEST_CASE("each posterior forecasts, and one that ends before the period is held out",
          "[validation]") {
  const Scenario s = patterned_scenario();
  const int last = s.end.year();
  const World judged(s);
  const std::vector<JudgedWorlds> both{candidate(s, last - 1), candidate(s, last)};
  const ReplicatePlan plan{.seed = 2, .count = 6};
  const Validation validation = *validate(judged, both, plan);
  CHECK(rows_of(validation, "model") == 8);  // two periods, two quantities, two posteriors
  for (const ScoreRow& row : validation.scores) {
    if (row.forecast != "model" && row.forecast != "no-brokers") continue;
    CAPTURE(row.origin, row.period.first);
    const bool ends_before = row.origin.find(std::to_string(last - 1)) != std::string::npos;
    CHECK(row.held_out == (ends_before && row.period.first == last));
  }
  REQUIRE(validation.posteriors.size() == 2);
  CHECK(validation.posteriors[0].draws == 2);
  CHECK(validation.posteriors[1].left_out == "beta in 2002");

  REQUIRE(validation.held_out_patterns.size() == 1);
  CHECK(validation.held_out_patterns[0].result.name == "late");
  CHECK(validation.held_out_patterns[0].fitted_to.last == last - 1);
  // Of both the draws are the same, and so is the verdict of the one that is fitted to all years.
  REQUIRE(validation.patterns.size() == 2);
  CHECK(validation.patterns[1].value == validation.held_out_patterns[0].result.value);
}

TEST_CASE("with a posterior the draws are those of its worlds, whatever the threads",
          "[validation]") {
  const Scenario s = patterned_scenario();
  const ReplicatePlan plan{.seed = 2, .count = 6};
  const Validation plain = *validate(World(s), plan);
  CHECK(plain.posteriors.empty());
  CHECK(plain.held_out_patterns.empty());
  const Validation drawn = *validate(World(s), std::vector{candidate(s, s.end.year())}, plan);
  const Validation threads = *validate(World(s), std::vector{candidate(s, s.end.year())},
                                       {.seed = 2, .count = 6, .threads = 3});
  // Every second replicate pays twenty times as much attention as the others.
  CHECK(*drawn.patterns[1].value != *plain.patterns[1].value);
  CHECK(*drawn.patterns[1].hi > *drawn.patterns[1].lo);
  for (std::size_t i = 0; i < drawn.scores.size(); ++i)
    CHECK(drawn.scores[i].score.crps == threads.scores[i].score.crps);
}

TEST_CASE("a world fitted without brokers is the forecast that shows what they are worth",
          "[validation]") {
  const Scenario s = patterned_scenario();
  const int last = s.end.year();
  Scenario without = s;
  without.brokers.slots = 0;
  const std::vector<JudgedWorlds> all{candidate(without, last), candidate(s, last),
                                      candidate(s, last - 1)};
  const Validation validation = *validate(World(s), all, {.seed = 2, .count = 6});
  CHECK(rows_of(validation, "model") == 8);
  CHECK(rows_of(validation, "no-brokers") == 8);
  const std::string whole = "fitted to " + std::to_string(s.start.year()) + '-';
  for (const ScoreRow& row : validation.scores) {
    if (row.forecast != "no-brokers") continue;
    const bool is_refitted = row.origin == whole + std::to_string(last);
    CHECK((is_refitted || row.origin == whole + std::to_string(last - 1) + ", not refitted"));
  }
  // Patterns are judged by the model alone.
  const std::vector<JudgedWorlds> model{candidate(s, last), candidate(s, last - 1)};
  const Validation alone = *validate(World(s), model, {.seed = 2, .count = 6});
  REQUIRE(alone.patterns.size() == validation.patterns.size());
  for (std::size_t i = 0; i < alone.patterns.size(); ++i)
    CHECK(alone.patterns[i].value == validation.patterns[i].value);
}
