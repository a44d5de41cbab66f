#include "run/parting.h"

#include <limits>

#include "catch.h"
#include "core/check.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

using Targets = std::vector<bool>;

Parting part_from_plain(const Scenario& variant) {
  return find_parting(World(scenario()), World(variant));
}

Scenario with(const PolicyChange& policy) {
  Scenario s = scenario();
  s.policy = {policy};
  return s;
}

constexpr YearMonth kJune{2002, 6};

}  // namespace

TEST_CASE("Worlds that do not differ do not part") {
  Scenario same = scenario();
  same.name = "another name";
  same.title = "another title";
  same.observed = {{.year = 2001, .place = kAlpha, .count = 3.0, .lower = 3.0, .upper = 3.0}};
  const Parting parting = part_from_plain(same);
  CHECK_FALSE(parting.month);
  CHECK(parting.is_target == Targets{false, false});
}

TEST_CASE("A lever set silently to the value it has is no difference") {
  const double value = open_door().get<"recognition">();
  CHECK_FALSE(part_from_plain(with(change(kJune, kAlpha, lever_index<"recognition">(), value,
                                          Publicity::kSilent)))
                  .month);
}

TEST_CASE("Worlds part in the month in which a lever differs, and its place is the target") {
  const Parting parting = part_from_plain(
      with(change(kJune, kBeta, lever_index<"recognition">(), 0.1, Publicity::kSilent)));
  CHECK(parting.month == 17);
  CHECK(parting.is_target == Targets{false, true});
  CHECK(parting.shares_past);
}

TEST_CASE("Worlds part in the month of an announcement before the effect") {
  PolicyChange policy = change(kJune, kAlpha, lever_index<"recognition">(), 0.1, Publicity::kPress);
  policy.announced = YearMonth{2002, 1};
  CHECK(part_from_plain(with(policy)).month == 12);
}

TEST_CASE("Another publicity of the same change is a difference") {
  const PolicyChange loud =
      change(kJune, kAlpha, lever_index<"recognition">(), 0.1, Publicity::kLoud);
  PolicyChange press = loud;
  press.publicity = Publicity::kPress;
  const Parting parting = find_parting(World(with(loud)), World(with(press)));
  CHECK(parting.month == 17);
  CHECK(parting.is_target == Targets{true, false});
}

TEST_CASE("Policy of a place of settlement makes all destinations targets") {
  const Parting parting = part_from_plain(
      with(change(kJune, kHome, lever_index<"settlement_grant">(), 9.0, Publicity::kLoud)));
  CHECK(parting.month == 17);
  CHECK(parting.is_target == Targets{true, true});
  CHECK(parting.shares_past);
}

TEST_CASE(
    "Where people in hiding are found at another hazard, the worlds part then but share no past") {
  const Parting parting = part_from_plain(
      with(change(kJune, kHome, lever_index<"refoulement">(), 0.1, Publicity::kSilent)));
  CHECK(parting.month == 17);
  CHECK_FALSE(parting.shares_past);
}

TEST_CASE("Anything else differs from the start") {
  Scenario s = scenario();
  SECTION("a parameter") { s.parameters.set<"choice.wage">(0.77); }
  SECTION("the memory of beliefs, which severity fades with") {
    s.parameters.set<"belief.memory">(s.parameters.get<"belief.memory">() + 1.0);
  }
  SECTION("a group") { s.groups[0].kin = 0.5; }
  SECTION("a place") { s.places[0].income = 7.0; }
  SECTION("communities") { s.communities.size = 20; }
  SECTION("brokers") { s.brokers.reach = 0.9; }
  SECTION("interaction") { s.interaction.buzz = ChannelMode::kHeld; }
  const Parting parting = part_from_plain(s);
  CHECK(parting.month == 0);
  CHECK(parting.is_target == Targets{true, true});
  CHECK_FALSE(parting.shares_past);
}

TEST_CASE("Levers that differ at the start part the worlds there") {
  Scenario s = scenario();
  levers(s, kBeta).set<"recognition">(0.33);
  const Parting parting = part_from_plain(s);
  CHECK(parting.month == 0);
  CHECK(parting.is_target == Targets{false, true});
  CHECK_FALSE(parting.shares_past);
}

TEST_CASE("Scenarios of other months, places or groups cannot be compared") {
  CHECK_NOTHROW(check_comparable(scenario(), scenario(), "variant.yaml"));
  Scenario other = scenario();
  std::string word;
  SECTION("months") {
    other.end = YearMonth{2004, 1};
    word = "2001-01 to 2004-01";
  }
  SECTION("places") {
    other.places[1].name = "gamma";
    word = "alpha, gamma, home";
  }
  SECTION("destinations") {
    other.places[1].asylum = false;
    word = "alpha, not alpha, beta";
  }
  SECTION("groups") {
    other.groups[0].name = "others";
    word = "others";
  }
  try {
    check_comparable(scenario(), other, "variant.yaml");
    FAIL("no error");
  } catch (const InputError& error) {
    const std::string text = error.what();
    CAPTURE(text);
    CHECK(error.problems().size() == 1);
    CHECK(text.find("variant.yaml: cannot be compared") == 0);
    CHECK(text.find(word) != std::string::npos);
  }
}

TEST_CASE("Worlds of other people or brokers cannot be decomposed") {
  CHECK_NOTHROW(check_decomposable(scenario(), scenario(), "variant.yaml"));
  Scenario other = scenario();
  std::string word;
  SECTION("arrivals") {
    other.groups[0].arrivals[2002] = 7;
    word = "arrivals";
  }
  SECTION("communities") {
    other.communities.size = 11;
    word = "communities";
  }
  SECTION("slots of brokers") {
    other.brokers.slots = 1;
    word = "slots of brokers";
  }
  SECTION("interaction") {
    other.interaction.buzz = ChannelMode::kHeld;
    word = "interaction";
  }
  try {
    check_decomposable(scenario(), other, "variant.yaml");
    FAIL("no error");
  } catch (const InputError& error) {
    const std::string text = error.what();
    CAPTURE(text);
    CHECK(text.find("variant.yaml: cannot be decomposed") == 0);
    CHECK(text.find("its " + word + " differ") != std::string::npos);
  }
}

TEST_CASE("Full years are the calendar years from the parting on, two at most") {
  const World world(scenario());  // 2001 to 2003
  const auto years = [&world](int month) {
    return full_years(world, {.month = month, .is_target = {}});
  };
  CHECK(years(0) == std::vector<int>{2001, 2002});
  CHECK(years(1) == std::vector<int>{2002, 2003});
  CHECK(years(13) == std::vector<int>{2003});
  CHECK(years(25).empty());
}
