#include <filesystem>
#include <fstream>

#include "catch.h"
#include "io/merge.h"
#include "io/scenario_tree.h"
#include "unit/io/io_test_tools.h"

using namespace onward;
using onward_test::messages_of;

namespace {

std::string merged(const std::string& base, const std::string& changes) {
  Tree tree = parse_yaml(base, "base");
  Problems problems;
  merge_changes(tree, parse_yaml(changes, "changes"), problems);
  problems.throw_if_any();
  return emit(tree);
}

std::string as_written(const std::string& text) { return emit(parse_yaml(text, "f")); }

}  // namespace

TEST_CASE("maps merge key by key") {
  REQUIRE(merged("a: {b: 1, c: 2}\nd: 3", "a: {c: 4, e: 5}") ==
          as_written("a: {b: 1, c: 4, e: 5}\nd: 3"));
}

TEST_CASE("anything else is replaced whole, a value with its remarks too") {
  REQUIRE(merged("a: [1, 2]", "a: [3]") == as_written("a: [3]"));
  REQUIRE(merged("a: 1", "a: {g: 2}") == as_written("a: {g: 2}"));
  REQUIRE(merged("a: {g: 2}", "a: 1") == as_written("a: 1"));
  REQUIRE(merged("a: {value: 1, source: old}", "a: {value: 2}") == as_written("a: {value: 2}"));
  REQUIRE(merged("a: {value: 1, source: old}", "a: 2") == as_written("a: 2"));
}

TEST_CASE("lists of things with ids are edited by id") {
  const std::string base = "policy: [{id: a, x: 1}, {id: b, x: 2}, {id: c, x: 3}]";
  REQUIRE(merged(base, "policy: {remove: [b]}") ==
          as_written("policy: [{id: a, x: 1}, {id: c, x: 3}]"));
  REQUIRE(merged(base, "policy: {replace: [{id: b, y: 5}], add: [{id: d, x: 4}]}") ==
          as_written("policy: [{id: a, x: 1}, {id: b, y: 5}, {id: c, x: 3}, {id: d, x: 4}]"));
  REQUIRE(merged("a: 1", "policy: {add: [{id: d, x: 4}]}") ==
          as_written("a: 1\npolicy: [{id: d, x: 4}]"));
  REQUIRE(merged(base, "policy: {remove: [b, a, c]}") == as_written("policy: []"));
}

TEST_CASE("an entry can be taken away and added anew") {
  REQUIRE(merged("policy: [{id: a, x: 1}]", "policy: {remove: [a], add: [{id: a, x: 2}]}") ==
          as_written("policy: [{id: a, x: 2}]"));
}

TEST_CASE("dotted and nested parameters are one") {
  Tree tree = parse_yaml("choice.broker: 1\nchoice: {wage: 2}\nattention: {base: 3}", "f");
  Problems problems;
  nest_parameters(tree, problems);
  REQUIRE(problems.empty());
  REQUIRE(emit(tree) == "choice:\n  broker: 1\n  wage: 2\nattention:\n  base: 3\n");
}

TEST_CASE("the order of declaration leaves no trace") {
  const auto ordered = [](const std::string& text) {
    Tree tree = parse_yaml(text, "f");
    put_in_order(tree);
    return emit(tree);
  };
  const std::string one =
      "start: 2001-01\nname: x\ngroups: {b: {}, a: {kin: 1, home: H}}\n"
      "policy: [{id: z, at: 2001-02}, {id: b, at: 2001-01}, {id: a, at: 2001-02}]";
  const std::string two =
      "policy: [{at: 2001-02, id: a}, {at: 2001-01, id: b}, {id: z, at: 2001-02}]\n"
      "groups: {a: {home: H, kin: 1}, b: {}}\nname: x\nstart: 2001-01\n";
  REQUIRE(ordered(one) == ordered(two));
  REQUIRE(ordered(one).find("name: x\nstart: 2001-01\ngroups:\n  a:\n    home: H\n") == 0);
}

TEST_CASE("problems of a variant stay with the file they come from") {
  const std::string bad = onward_test::kSource + "/tests/scenarios/bad/variant-bad-value.yaml";
  const ResolvedTree resolved = resolve_file(bad);
  const Tree* levers = resolved.world.find("destinations")->find("A")->find("levers");
  REQUIRE(levers->find("recognition")->where.position() == Position{bad, 5, 44});
  const Tree* home = resolved.world.find("groups")->find("g")->find("home");
  REQUIRE(home->where.position().file == onward_test::kSource + "/tests/scenarios/base.yaml");
  REQUIRE_FALSE(resolved.base.is_null());
}

TEST_CASE("a variant of a variant has the first variant as its base") {
  const std::string folder = onward_test::kSource + "/tests/scenarios/good/";
  const auto file = std::filesystem::temp_directory_path() / "onward-variant-of-variant.yaml";
  std::ofstream(file) << "extends: " << folder << "variant-bad-value.yaml\nname: second\n"
                      << "changes: {brokers: {slots: 3}}\n";
  const ResolvedTree resolved = resolve_file(file.string());
  const Tree* levers = resolved.base.find("destinations")->find("A")->find("levers");
  REQUIRE(levers->find("recognition")->text == "0.2");
  REQUIRE(resolved.base.find("brokers")->find("slots")->text == "2");
  REQUIRE(resolved.world.find("brokers")->find("slots")->text == "3");
  REQUIRE(resolved.world.find("name")->text == "second");
  std::filesystem::remove(file);
}

TEST_CASE("a chain of variants that is too long is refused") {
  const auto folder = std::filesystem::temp_directory_path() / "onward-chain";
  std::filesystem::create_directories(folder);
  for (int i = 0; i < 12; ++i) {
    std::ofstream(folder / (std::to_string(i) + ".yaml"))
        << "extends: " << i + 1 << ".yaml\nname: v\n";
  }
  const auto problems = messages_of([&] { resolve_file((folder / "0.yaml").string()); });
  REQUIRE(problems.size() == 1);
  REQUIRE(problems[0].find("too many variants of variants (at most 8 files in a chain)") !=
          std::string::npos);
  std::filesystem::remove_all(folder);
}
