#include "catch.h"
#include "io/scenario_file.h"
#include "unit/io/io_test_tools.h"

using namespace onward;
using onward_test::kSource;

namespace {

/// The reference world's plan.
const Scenario& reference() {
  static const Scenario scenario = load_scenario(kSource + "/scenarios/canada-2013.yaml").scenario;
  return scenario;
}

const Pattern& pattern_called(const Scenario& scenario, const std::string& id) {
  for (const Pattern& pattern : scenario.validation.patterns) {
    if (pattern.id == id) return pattern;
  }
  FAIL("no pattern " + id);
  return scenario.validation.patterns.front();
}

std::string name_of(PlaceId place) { return reference().places[place.index()].name; }

}  // namespace

TEST_CASE("the plan of the reference case is read", "[patterns]") {
  const ValidationPlan& plan = reference().validation;
  CHECK(plan.origin == 2012);
  CHECK(plan.fitted_to);
  CHECK(plan.periods == std::vector<YearSpan>{{2007, 2015}, {2004, 2012}, {2013, 2015}});
  const Pattern& paired = pattern_called(reference(), "3-deu-paired");
  CHECK(paired.kind == PatternKind::kPaired);
  REQUIRE(paired.where.size() == 1);
  CHECK(name_of(paired.where.front()) == "DEU");
  CHECK(name_of(*paired.target) == "CAN");
  CHECK(paired.since == YearMonth{2012, 12});
  CHECK(paired.from == 2013);
  CHECK(paired.to == 2014);
  CHECK(paired.low == 0.0);
  CHECK_FALSE(paired.high);
  CHECK(pattern_called(reference(), "7-ard-shares").of == Quantity::kShares);
  CHECK(pattern_called(reference(), "1-gbr-size").level == 0.95);
  CHECK(pattern_called(reference(), "1-gbr-peak").within == 1);
}

TEST_CASE("the resolved text holds the plan", "[patterns]") {
  const LoadedScenario loaded = load_scenario(kSource + "/scenarios/canada-2013.yaml");
  const LoadedScenario again = read_scenario_text(loaded.resolved, "resolved");
  CHECK(again.scenario.validation == loaded.scenario.validation);
  CHECK(again.resolved == loaded.resolved);
  Scenario other = loaded.scenario;
  other.validation.patterns.pop_back();
  CHECK_FALSE(is_same(other, loaded.scenario));
}

TEST_CASE("posteriors are listed with paths as seen from the scenario's own file", "[patterns]") {
  const std::string folder = kSource + "/tests/scenarios/parts/";
  const std::vector<PosteriorEntry> own =
      load_scenario(folder + "posteriors.yaml").scenario.validation.posteriors;
  REQUIRE(own.size() == 2);
  CHECK(own[0] == PosteriorEntry{"fits/all.h5", {2001, 2002}, ""});
  CHECK(own[1] == PosteriorEntry{"/elsewhere/blind.h5", {2001, 2001}, "fits/blind.yaml"});

  const LoadedScenario variant = load_scenario(folder + "posteriors/variant.yaml");
  const std::vector<PosteriorEntry>& seen = variant.scenario.validation.posteriors;
  REQUIRE(seen.size() == 2);
  CHECK(seen[0] == PosteriorEntry{"../fits/all.h5", {2001, 2002}, ""});
  CHECK(seen[1] == PosteriorEntry{"/elsewhere/blind.h5", {2001, 2001}, "../fits/blind.yaml"});
  CHECK(read_scenario_text(variant.resolved, "resolved").scenario.validation.posteriors == seen);
}

TEST_CASE("what a world is judged by is no part of its hash", "[patterns]") {
  const std::string folder = kSource + "/tests/scenarios/parts/";
  const std::string listed = load_scenario(folder + "posteriors.yaml").resolved;
  const std::vector<LoadedScenario> chain = load_chain(folder + "posteriors/variant.yaml");
  REQUIRE(chain.size() == 3);  // the variant, what it extends, and the base of that
  CHECK(world_hash(chain[1].resolved, {}) == world_hash(listed, {}));
  CHECK(world_hash(chain[0].resolved, {}) != world_hash(listed, {}));
  const std::size_t begin = listed.find("  posteriors:");
  REQUIRE(begin != std::string::npos);
  std::string unlisted = listed.substr(0, begin);
  for (std::size_t line = listed.find('\n', begin) + 1; line < listed.size();) {
    const std::size_t end = listed.find('\n', line) + 1;
    if (listed.compare(line, 4, "    ") != 0) unlisted += listed.substr(line, end - line);
    line = end;
  }
  CHECK(read_scenario_text(unlisted, "unlisted").scenario.validation.posteriors.empty());
  CHECK(world_hash(unlisted, {}) == world_hash(listed, {}));
}

TEST_CASE("what is fitted is no part of a world's hash, given or not", "[patterns]") {
  const std::string folder = kSource + "/tests/scenarios/parts/";
  const std::string plain = load_scenario(folder + "posteriors.yaml").resolved;
  const std::string set =
      load_scenario(folder + "posteriors.yaml",
                    {{"observation.overdispersion", "0.7"}, {"attention.base", "0.02"}})
          .resolved;
  const std::vector<std::string> fitted{"observation.overdispersion", "attention.base"};
  CHECK(world_hash(set, {}) != world_hash(plain, {}));
  CHECK(world_hash(set, fitted) == world_hash(plain, fitted));
}

TEST_CASE("a variant edits patterns by id, and check says what it changes", "[patterns]") {
  const std::string path = kSource + "/tests/scenarios/good/patterns-edit.yaml";
  const Scenario variant = load_scenario(path).scenario;
  REQUIRE(variant.validation.patterns.size() == 2);
  CHECK(variant.validation.patterns[0].id == "kept");
  CHECK(variant.validation.patterns[1].id == "new");
  CHECK(describe_changes(path) ==
        "observed.patterns: removed gone\nobserved.patterns.kept.low: 1 -> 2\n"
        "observed.patterns: added new");
}
