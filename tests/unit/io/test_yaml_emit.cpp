#include "catch.h"
#include "io/scenario_tree.h"

using namespace onward;

namespace {

bool is_same_tree(const Tree& a, const Tree& b) {
  if (a.kind != b.kind || a.text != b.text) return false;
  if (a.entries.size() != b.entries.size() || a.items.size() != b.items.size()) return false;
  for (std::size_t i = 0; i < a.entries.size(); ++i) {
    if (a.entries[i].key != b.entries[i].key) return false;
    if (!is_same_tree(a.entries[i].value, b.entries[i].value)) return false;
  }
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!is_same_tree(a.items[i], b.items[i])) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("written trees read back as themselves, texts of every kind included") {
  const std::string text =
      "plain: word\n"
      "number: 1.50e3\n"
      "negative: -3\n"
      "colon: \"a: b\"\n"
      "hash: \"a #b\"\n"
      "dash: \"- a\"\n"
      "quotes: \"it's \\\"so\\\"\"\n"
      "backslash: 'a\\b'\n"
      "lines: |\n  one\n  two\n"
      "folded: >\n  one\n  two\n"
      "tab: \"a\\tb\"\n"
      "accents: \xc3\xa9t\xc3\xa9\n"
      "nulls: \"null\"\n"
      "tilde: \"~\"\n"
      "spaces: \"  a  \"\n"
      "empty: \"\"\n"
      "nothing:\n"
      "documents: \"---\"\n"
      "map: {a: {b: [1, [2, 3], {c: 4}, [], {}]}}\n"
      "list:\n- a\n-\n- b: 1\n  c: 2\n"
      "\"odd key: #\": 1\n"
      "2001: year\n";
  const Tree tree = parse_yaml(text, "f");
  const std::string written = emit(tree);
  INFO(written);
  REQUIRE(is_same_tree(parse_yaml(written, "again"), tree));
  REQUIRE(emit(parse_yaml(written, "again")) == written);
}

TEST_CASE("the layout is fixed: two columns, one entry a line, numbers spelt as they were") {
  const Tree tree = parse_yaml("{b: [{x: 1.50, y: 'z'}, [2]], a: {c: 1e3}}", "f");
  REQUIRE(emit(tree) == "b:\n  - x: 1.50\n    y: \"z\"\n  - - 2\na:\n  c: 1e3\n");
}
