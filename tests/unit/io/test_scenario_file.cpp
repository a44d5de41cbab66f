#include "io/scenario_file.h"

#include <cmath>

#include "catch.h"
#include "unit/io/io_test_tools.h"

using namespace onward;
using onward_test::kSource;
using onward_test::messages_of;

namespace {

const std::string kBase = kSource + "/tests/scenarios/base.yaml";

const Place& place(const Scenario& scenario, const std::string& name) {
  for (const Place& each : scenario.places) {
    if (each.name == name) return each;
  }
  throw std::runtime_error("no place " + name);
}

}  // namespace

TEST_CASE("a world is read into canonical order with every value in its place") {
  const Scenario scenario = load_scenario(kBase).scenario;
  REQUIRE(scenario.name == "base");
  REQUIRE(scenario.start == YearMonth{2001, 1});
  REQUIRE(scenario.months() == 24);
  REQUIRE(scenario.places.size() == 3);
  REQUIRE(scenario.places[0].name == "A");
  REQUIRE(scenario.places[2].name == "HOM");
  REQUIRE_FALSE(scenario.places[2].asylum);
  REQUIRE(scenario.places[1].nest == "far");
  REQUIRE(scenario.places[0].levers[0].get<"recognition">() == 0.7);
  REQUIRE(scenario.places[0].levers[0].get<"detection">() == 0.1);  // the default
  REQUIRE_FALSE(scenario.places[0].prior_belief.has_value());
  REQUIRE(scenario.groups[0].home == PlaceId{2});
  REQUIRE(scenario.groups[0].arrivals == std::map<int, double>{{2000, 40.0}, {2001, 10.0}});
  REQUIRE(scenario.groups[0].can_return == 1.0);
  REQUIRE(scenario.communities.regions.size() == 2);
  REQUIRE(scenario.brokers.products[0].place == PlaceId{0});
  REQUIRE(scenario.policy.size() == 2);
  REQUIRE(scenario.policy[0].publicity == Publicity::kLoud);
  REQUIRE(scenario.policy[1].where == std::vector<PlaceId>{PlaceId{0}, PlaceId{1}});
  REQUIRE(scenario.parameters == Parameters{});
}

TEST_CASE("rounded counts of the record get their bounds, and missing ones are left out") {
  const Scenario scenario = load_scenario(kBase).scenario;
  REQUIRE(scenario.observed.size() == 2);
  REQUIRE(scenario.observed[0].lower == 1.0);
  REQUIRE(scenario.observed[0].upper == 5.0);
  REQUIRE(scenario.observed[1].year == 2002);
  REQUIRE(scenario.observed[1].lower == 3.0);
}

TEST_CASE("a lever set for one group leaves the others alone") {
  const std::string text = onward_test::file_text(kBase);
  const std::string second =
      "  h: {home: HOM, arrivals: {2000: 5}, ages: [{from: 1, to: 2, share: 1}]}\n";
  std::string two_groups = text;
  two_groups.insert(text.find("destinations:"), second);
  const Scenario scenario = read_scenario_text(two_groups, "two").scenario;
  const LeverSetting& setting = scenario.policy[1].set[0];
  REQUIRE(setting.by_group[0] == 0.6);
  REQUIRE(std::isnan(setting.by_group[1]));
}

TEST_CASE("regions and brokers may be left out") {
  const Scenario scenario =
      read_scenario_text(
          "name: w\nstart: 2001-01\nend: 2001-01\n"
          "groups: {g: {home: H, arrivals: {2000: 1}, ages: [{from: 1, to: 2, share: 1}]}}\n"
          "destinations: {H: {asylum: false}, A:}\n",
          "text")
          .scenario;
  REQUIRE(scenario.communities.regions == std::vector<Category>{{"everywhere", 1.0}});
  REQUIRE(scenario.brokers == BrokerPlan{});
  REQUIRE(scenario.months() == 1);
}

TEST_CASE("options set parameters, with the same checks") {
  const LoadedScenario loaded = load_scenario(
      kBase, {{"choice.broker", "2"}, {"belief.prior", "0.5"}, {"choice.broker", "3"}});
  REQUIRE(loaded.scenario.parameters.get<"choice.broker">() == 3.0);
  REQUIRE(loaded.scenario.parameters.get<"belief.prior">() == 0.5);
  REQUIRE(
      loaded.resolved.find("parameters:\n  belief:\n    prior: 0.5\n  choice:\n    broker: 3\n") !=
      std::string::npos);
  const auto problems = messages_of([] {
    load_scenario(kBase, {{"choice.brokr", "2"}, {"belief.prior", "2"}, {"", ""}});
  });
  REQUIRE(problems.size() == 3);
  std::string first_names;
  for (std::size_t i = 0; i < 12; ++i) first_names += std::string(kParameterRows[i].name) + ", ";
  REQUIRE(problems[0] == "--set =: unknown parameter '' (known parameters: " + first_names +
                             "and " + std::to_string(kParameterRows.size() - 12) + " more).");
  REQUIRE(problems[1] ==
          "--set belief.prior=2: belief.prior is '2' (it must be a number from 0.001 "
          "to 0.999).");
  REQUIRE(problems[2] ==
          "--set choice.brokr=2: unknown parameter 'choice.brokr'. Did you mean 'choice.broker'?");
  REQUIRE(messages_of([] { load_scenario(kBase, {{"choice", "1"}}); }).size() == 1);
}

TEST_CASE("the resolved text is a world that reads back to the same scenario") {
  for (const char* name : {"/scenarios/teaching/small.yaml", "/scenarios/teaching/small-open.yaml",
                           "/tests/scenarios/base.yaml"}) {
    const LoadedScenario loaded = load_scenario(kSource + name, {{"choice.wage", "0.25"}});
    const LoadedScenario again = read_scenario_text(loaded.resolved, "resolved");
    REQUIRE(is_same(again.scenario, loaded.scenario));
    REQUIRE(again.resolved == loaded.resolved);
    REQUIRE(loaded.resolved.find("extends") == std::string::npos);
  }
}

TEST_CASE("is_same sees every difference") {
  const Scenario base = load_scenario(kBase).scenario;
  Scenario other = base;
  REQUIRE(is_same(base, other));
  other.policy[0].set[0].by_group[0] = 0.3;
  REQUIRE_FALSE(is_same(base, other));
  other = base;
  other.policy.pop_back();
  REQUIRE_FALSE(is_same(base, other));
  other = base;
  other.parameters.set<"choice.broker">(9.0);
  REQUIRE_FALSE(is_same(base, other));
}

TEST_CASE("a text cannot extend a file") {
  const auto problems = messages_of([] { read_scenario_text("extends: a.yaml\n", "text"); });
  REQUIRE(problems.size() == 1);
  REQUIRE(problems[0].find("text:1:10: 'extends' in a text that is no file") == 0);
}

TEST_CASE("files that cannot be read are the user's mistake") {
  const auto missing = messages_of([] { load_scenario("no/such/file.yaml"); });
  REQUIRE(missing == std::vector<std::string>{
                         "no/such/file.yaml: cannot read 'no/such/file.yaml' (No such file or "
                         "directory)."});
  const auto folder = messages_of([] { load_scenario(kSource); });
  REQUIRE(folder.size() == 1);
  REQUIRE(folder[0].find("it is a folder") != std::string::npos);
}

TEST_CASE("what a variant changes is told line by line") {
  REQUIRE(describe_changes(kBase) == "a world of its own");
  const std::string folder = kSource + "/tests/scenarios/";
  REQUIRE(describe_changes(folder + "parts/many-changes.yaml") ==
          "brokers.products: [{destination: A, story: conceal, share: 1}] -> "
          "[{destination: B, story: declare, share: 0.5}]\n"
          "destinations.A.levers.capacity: 1e6 -> 50\n"
          "destinations.A.levers.recognition: 0.7 -> {g: 0.9}\n"
          "destinations: added C\n"
          "groups.g.arrivals.2002: not set -> 30\n"
          "groups.g.kin: not set -> 0.5\n"
          "parameters.choice.broker: 4 -> 2\n"
          "policy: removed late (2002-03, [A, B], silent)\n"
          "policy.early.at: 2001-03 -> 2001-04\n"
          "policy.early.publicity: loud -> silent\n"
          "policy: added new (2002-01, B, press)");
  REQUIRE(describe_changes(folder + "good/variant-empty-base.yaml") == "no change");
}

TEST_CASE("the teaching world is what its title says") {
  const Scenario small = load_scenario(kSource + "/scenarios/teaching/small.yaml").scenario;
  REQUIRE(small.months() == 72);
  REQUIRE(small.groups.size() == 2);
  REQUIRE(small.policy.size() == 2);
  REQUIRE(place(small, "Eastmark").english);
  REQUIRE(place(small, "Northolm").prior_belief == 0.5);
  double people = 0.0;
  for (const Group& group : small.groups) {
    for (const auto& [year, count] : group.arrivals) people += count;
  }
  REQUIRE(people > 1500);
  REQUIRE(people < 2500);
}

TEST_CASE("the example of the format page is a scenario") {
  const std::string page = onward_test::file_text(kSource + "/docs/scenario_format.md");
  const std::string fence = "```yaml\n";
  const std::size_t start = page.find(fence) + fence.size();
  const std::string example = page.substr(start, page.find("```", start) - start);
  const LoadedScenario loaded = read_scenario_text(example, "docs/scenario_format.md");
  REQUIRE(loaded.scenario.policy.at(0).announced == YearMonth{2002, 11});
  REQUIRE(place(loaded.scenario, "EAST").prior_belief == 0.5);
}
