#include "catch.h"
#include "io/problems.h"
#include "unit/io/io_test_tools.h"

using namespace onward;
using onward_test::messages_of;

TEST_CASE("the nearest word forgives a third of the letters") {
  const std::vector<std::string_view> known = {"recognition", "recognition_record", "removal"};
  REQUIRE(nearest("recogniton", known) == "recognition");
  REQUIRE(nearest("Recognition", known) == "recognition");
  REQUIRE(nearest("recongition", known) == "recognition");
  REQUIRE(nearest("remval", known) == "removal");
  REQUIRE(nearest("benefit", known).empty());
  REQUIRE(nearest("", known).empty());
  REQUIRE(nearest(std::string(100000, 'r'), known).empty());
}

TEST_CASE("problems come in order of place, and no more than a hundred") {
  Problems problems;
  REQUIRE_NOTHROW(problems.throw_if_any());
  const Mark file = mark_of_source("f");
  for (int line = 250; line > 0; --line) problems.add({file.file, line, 1}, "wrong");
  const auto messages = messages_of([&] { problems.throw_if_any(); });
  REQUIRE(messages.size() == 101);
  REQUIRE(messages[0] == "f:151:1: wrong.");
  REQUIRE(messages[99] == "f:250:1: wrong.");
  REQUIRE(messages[100] == "f: and 150 more problems.");
}

TEST_CASE("an unknown word gets a suggestion, or the list of known ones") {
  Problems problems;
  const std::vector<std::string_view> known = {"loud", "press"};
  problems.add_unknown(mark_of_source("f"), "unknown 'lod'", "lod", known, "known words");
  problems.add_unknown(mark_of_source("f"), "unknown 'x'", "x", known, "known words");
  const auto messages = messages_of([&] { problems.throw_if_any(); });
  REQUIRE(messages == std::vector<std::string>{"f: unknown 'lod'. Did you mean 'loud'?",
                                               "f: unknown 'x' (known words: loud, press)."});
}
