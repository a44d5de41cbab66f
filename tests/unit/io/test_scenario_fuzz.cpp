#include <random>

#include "catch.h"
#include "io/scenario_file.h"
#include "support/samples.h"
#include "unit/io/io_test_tools.h"

/// Whatever a file holds, reading it gives a scenario that survives writing and reading, or
/// problems with positions; never a crash.
namespace {

using onward_test::kSource;

using Draws = std::mt19937_64;

std::size_t below(Draws& draws, std::size_t count) { return draws() % count; }

std::string random_piece(Draws& draws) {
  static const std::vector<std::string> kPieces = {":",
                                                   ": ",
                                                   "- ",
                                                   "[",
                                                   "]",
                                                   "{",
                                                   "}",
                                                   ",",
                                                   "\n",
                                                   "\n  ",
                                                   "#",
                                                   "\"",
                                                   "'",
                                                   "&a ",
                                                   "*a",
                                                   "!!str ",
                                                   "|",
                                                   ">",
                                                   "? ",
                                                   "~",
                                                   "-1",
                                                   "1e999",
                                                   "nan",
                                                   ".inf",
                                                   "0",
                                                   "2001-01",
                                                   "true",
                                                   "held",
                                                   "value",
                                                   "source",
                                                   "A",
                                                   "HOM",
                                                   "id: x",
                                                   "\t",
                                                   "\r\n",
                                                   "---\n",
                                                   "...\n",
                                                   "%YAML 1.2\n",
                                                   "<<: ",
                                                   "\xc3\xa9",
                                                   "\xff",
                                                   std::string(1, '\0'),
                                                   "extends: x\n",
                                                   "999999999999999999999",
                                                   std::string(2000, 'x')};
  return kPieces[below(draws, kPieces.size())];
}

/// One small damage at a random place.
std::string damaged(std::string text, Draws& draws) {
  const std::size_t at = below(draws, text.size() + 1);
  const std::size_t length = below(draws, 20) + 1;
  switch (below(draws, 6)) {
    case 0:
      return text.insert(at, random_piece(draws));
    case 1:
      return text.erase(std::min(at, text.size()), length);
    case 2:
      return text.insert(at, text.substr(below(draws, text.size() + 1), length * 4));
    case 3:
      return text.substr(0, at) + random_piece(draws) +
             text.substr(std::min(text.size(), at + length));
    case 4:
      if (at < text.size()) text[at] = static_cast<char>(below(draws, 256));
      return text;
    default:
      return below(draws, 10) == 0 ? text.substr(0, at) : text.insert(at, "\n");
  }
}

void check_reading(const std::string& text) {
  try {
    const onward::LoadedScenario loaded = onward::read_scenario_text(text, "fuzz");
    const onward::LoadedScenario again = onward::read_scenario_text(loaded.resolved, "again");
    REQUIRE(is_same(loaded.scenario, again.scenario));
    REQUIRE(loaded.resolved == again.resolved);
  } catch (const onward::InputError& error) {
    REQUIRE_FALSE(error.problems().empty());
    for (const onward::Problem& problem : error.problems()) {
      REQUIRE_FALSE(problem.problem.empty());
      REQUIRE(problem.where.file == "fuzz");
      REQUIRE(problem.where.line >= 0);
      REQUIRE(to_text(problem).find('\n') == std::string::npos);
      REQUIRE(to_text(problem).size() < 2000);
    }
  }
}

}  // namespace

TEST_CASE("damaged scenarios are read or refused, and never crash") {
  const std::string base = onward_test::file_text(kSource + "/tests/scenarios/base.yaml");
  const std::string teaching = onward_test::file_text(kSource + "/scenarios/teaching/small.yaml");
  const std::string resolved =
      onward::load_scenario(kSource + "/tests/scenarios/base.yaml").resolved;
  Draws draws(20260801);
  for (std::size_t i = 0; i < sample_size(10000); ++i) {
    const std::string& original = i % 8 == 0 ? teaching : (i % 2 == 0 ? base : resolved);
    std::string text = damaged(original, draws);
    for (std::size_t more = below(draws, 3); more > 0; --more) text = damaged(text, draws);
    INFO(text);
    check_reading(text);
  }
}
