#include "catch.h"
#include "io/yaml_tree.h"
#include "unit/io/io_test_tools.h"

using namespace onward;
using onward_test::messages_of;

namespace {

std::vector<std::string> problems_of(const std::string& text) {
  return messages_of([&] { parse_yaml(text, "f"); });
}

}  // namespace

TEST_CASE("a tree keeps kinds, texts and positions") {
  const Tree tree = parse_yaml("a: 1\nb: {c: 'x', d: ~}\ne:\n  - y\n  - [z]\n", "f");
  REQUIRE(tree.is_map());
  REQUIRE(tree.entries.size() == 3);
  REQUIRE(tree.find("a")->text == "1");
  REQUIRE_FALSE(tree.find("a")->quoted);
  REQUIRE(tree.find("b")->find("c")->quoted);
  REQUIRE(tree.find("b")->find("d")->is_null());
  REQUIRE(tree.find("e")->items[1].is_list());
  REQUIRE(tree.find("nothing") == nullptr);
  REQUIRE(tree.find("b")->find("c")->where.position() == Position{"f", 2, 8});
  REQUIRE(tree.entries[2].where.position() == Position{"f", 3, 1});
  REQUIRE(tree.find("e")->items[0].where.position() == Position{"f", 4, 5});
  REQUIRE(tree.count() == 14);
}

TEST_CASE("line ends and a byte order mark change nothing") {
  const Tree plain = parse_yaml("a: |\n  x\n  y\nb: 2\n", "f");
  const Tree other = parse_yaml(
      "\xef\xbb\xbf"
      "a: |\r\n  x\r\n  y\r\nb: 2\r\n",
      "f");
  REQUIRE(plain.find("a")->text == "x\ny\n");
  REQUIRE(other.find("a")->text == plain.find("a")->text);
  REQUIRE(other.find("b")->where.position() == plain.find("b")->where.position());
}

TEST_CASE("aliases are written out") {
  const Tree tree = parse_yaml("a: &x {b: 1}\nc: *x\nd: [*x, *x]\n", "f");
  REQUIRE(tree.find("c")->find("b")->text == "1");
  REQUIRE(tree.find("d")->items[1].find("b")->text == "1");
}

TEST_CASE("standard tags are allowed and mean nothing but text") {
  REQUIRE(parse_yaml("a: !!str 5\n", "f").find("a")->quoted);
  REQUIRE_FALSE(parse_yaml("a: !!int 5\n", "f").find("a")->quoted);
}

TEST_CASE("text that is no UTF-8 is refused where it starts to be none") {
  REQUIRE(problems_of("a: \xc3\xa9\n").empty());
  REQUIRE(problems_of("a: \xf0\x9f\x8c\x8d\n").empty());
  for (const char* bad :
       {"\xc3(", "\xe9", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\x80"}) {
    const auto problems = problems_of(std::string{"a:\n  "} + bad + "\n");
    REQUIRE(problems.size() == 1);
    REQUIRE(problems[0].find("f:2:3: not a text file: a byte that is not UTF-8") == 0);
  }
}

TEST_CASE("quotes that are never closed are refused") {
  for (const char* text :
       {"a: \"x\n", "a: 'x\n", "a: 'it''s\n", "a: \"x\\\"\n", "a: '\n", "a: \"\n", "a: \"x"}) {
    const auto problems = problems_of(text);
    REQUIRE(problems.size() == 1);
    REQUIRE(problems[0].find("f:1:4: not valid YAML") == 0);
  }
  REQUIRE(problems_of("a: 'it''s'\nb: ''\nc: \"\"\nd: \"\\\"\"\n").empty());
}

TEST_CASE("every key that comes twice is named with its first place") {
  const auto problems = problems_of("a: 1\nb: 2\na: 3\nb: 4\n");
  REQUIRE(problems == std::vector<std::string>{"f:3:1: the key 'a' comes twice (it was at 1:1).",
                                               "f:4:1: the key 'b' comes twice (it was at 2:1)."});
}

TEST_CASE("depth is limited to 32 maps and lists, aliases included") {
  const auto nested = [](int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += "{a: ";
    return "&x " + text + std::string(static_cast<std::size_t>(depth), '}');
  };
  REQUIRE(problems_of(nested(32)).empty());
  REQUIRE(problems_of(nested(33)).size() == 1);
  REQUIRE(problems_of("a: " + nested(31) + "\nb: *x\n").empty());
  REQUIRE(problems_of("a: " + nested(31) + "\nb: [*x]\n").size() == 1);
}

TEST_CASE("long and strange texts are shown short and on one line") {
  REQUIRE(abbreviate("short") == "short");
  REQUIRE(abbreviate(std::string(100, 'x')) == std::string(60, 'x') + "...");
  REQUIRE(abbreviate("a\nb\tc") == "a b c");
  const std::string accents = std::string(59, 'x') + "\xc3\xa9\xc3\xa9";
  REQUIRE(abbreviate(accents) == std::string(59, 'x') + "...");
  REQUIRE(quote("x") == "'x'");
}
