#include "model/policy.h"

#include <cmath>
#include <limits>

#include "catch.h"
#include "support/aborts.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

constexpr std::size_t kRecognition = lever_index<"recognition">();
constexpr std::size_t kDetection = lever_index<"detection">();
const YearMonth kStart{2001, 1};

/// A small scenario in which alpha recognises `recognition` of the claimants at first.
Scenario with_recognition(double recognition) {
  Scenario result = scenario();
  levers(result, kAlpha).set<"recognition">(recognition);
  return result;
}

double recognition_at(const PolicyTimeline& policy, int month, PlaceId place = kAlpha,
                      GroupId group = kGroup) {
  return policy.levers(month, place, group).get<"recognition">();
}

double fade(int months) { return std::exp(-months / Parameters{}.get<"belief.memory">()); }

/// The same world with a second group.
Scenario two_groups(Scenario from) {
  from.groups.push_back(from.groups[0]);
  from.groups[1].name = "others";
  for (Place& place : from.places) place.levers.push_back(place.levers[0]);
  return from;
}

}  // namespace

TEST_CASE(
    "A lever keeps its first value until the month of the change and the new one from then on") {
  Scenario s = with_recognition(0.8);
  s.policy = {change(kStart + 5, kAlpha, kRecognition, 0.2, Publicity::kSilent)};
  const PolicyTimeline policy(s);
  for (int month = -20; month < 5; ++month) CHECK(recognition_at(policy, month) == 0.8);
  for (int month = 5; month < s.months(); ++month) CHECK(recognition_at(policy, month) == 0.2);
  for (int month = 0; month < s.months(); ++month)
    CHECK(recognition_at(policy, month, kBeta) == 0.5);
}

TEST_CASE("Of several changes of a lever the latest that has taken effect counts") {
  Scenario s = with_recognition(0.8);
  s.policy = {change(kStart + -7, kAlpha, kRecognition, 0.7, Publicity::kSilent),
              change(kStart + 3, kAlpha, kRecognition, 0.2, Publicity::kSilent),
              change(kStart + 3, kAlpha, kDetection, 0.9, Publicity::kSilent),
              change(kStart + 9, kAlpha, kRecognition, 0.4, Publicity::kSilent)};
  const PolicyTimeline policy(s);
  CHECK(recognition_at(policy, 0) == 0.7);
  CHECK(recognition_at(policy, 3) == 0.2);
  CHECK(recognition_at(policy, 8) == 0.2);
  CHECK(recognition_at(policy, 9) == 0.4);
  CHECK(policy.levers(2, kAlpha, kGroup).get<"detection">() == 0.0);
  CHECK(policy.levers(9, kAlpha, kGroup).get<"detection">() == 0.9);
}

TEST_CASE("A change holds at every place that it names") {
  Scenario s = with_recognition(0.8);
  s.policy = {change(kStart + 1, kAlpha, kRecognition, 0.1, Publicity::kLoud)};
  s.policy[0].where = {kAlpha, kBeta};
  const PolicyTimeline policy(s);
  CHECK(recognition_at(policy, 1, kAlpha) == 0.1);
  CHECK(recognition_at(policy, 1, kBeta) == 0.1);
  CHECK(policy.severity(1, kBeta, kGroup) == Approx(0.4));
  REQUIRE(policy.announcements(1).size() == 2);
  CHECK(policy.announcements(1)[0].place == kAlpha);
  CHECK(policy.announcements(1)[1].place == kBeta);
}

TEST_CASE("A group that a change leaves out keeps its value and hears nothing severe") {
  Scenario s = two_groups(with_recognition(0.8));
  s.policy = {change(kStart + 2, kAlpha, kRecognition, 0, Publicity::kLoud)};
  s.policy[0].set = {
      {.lever = kRecognition, .by_group = {std::numeric_limits<double>::quiet_NaN(), 0.3}}};
  const PolicyTimeline policy(s);
  CHECK(recognition_at(policy, 2, kAlpha, GroupId{0}) == 0.8);
  CHECK(recognition_at(policy, 2, kAlpha, GroupId{1}) == 0.3);
  CHECK(policy.severity(2, kAlpha, GroupId{0}) == 0.0);
  CHECK(policy.severity(2, kAlpha, GroupId{1}) == Approx(0.5));
}

TEST_CASE(
    "Tightening is severe, loosening is the reverse, and both fade with the memory of beliefs") {
  Scenario s = with_recognition(0.8);
  s.policy = {change(kStart + 4, kAlpha, kRecognition, 0.2, Publicity::kLoud),
              change(kStart + 4, kBeta, kRecognition, 0.9, Publicity::kPress)};
  const PolicyTimeline policy(s);
  CHECK(policy.severity(3, kAlpha, kGroup) == 0.0);
  for (int month = 4; month < s.months(); ++month) {
    CHECK(policy.severity(month, kAlpha, kGroup) == Approx(0.6 * fade(month - 4)));
    CHECK(policy.severity(month, kBeta, kGroup) == Approx(-0.4 * fade(month - 4)));
  }
}

TEST_CASE("A lever's weight decides how severe its change is") {
  Scenario s = with_recognition(0.8);
  s.policy = {change(kStart + 1, kAlpha, kDetection, 0.5, Publicity::kLoud),
              change(kStart + 1, kBeta, lever_index<"capacity">(), 1.0, Publicity::kLoud)};
  const PolicyTimeline policy(s);
  CHECK(policy.severity(1, kAlpha, kGroup) == Approx(kLeverRows[kDetection].severity * 0.5));
  CHECK(policy.severity(1, kBeta, kGroup) == 0.0);
}

TEST_CASE("Severities of different levers add up") {
  Scenario s = with_recognition(0.8);
  s.policy = {change(kStart + 1, kAlpha, kRecognition, 0.4, Publicity::kLoud),
              change(kStart + 6, kAlpha, kDetection, 0.5, Publicity::kLoud)};
  const PolicyTimeline policy(s);
  CHECK(policy.severity(6, kAlpha, kGroup) == Approx(0.4 * fade(5) + 0.7 * 0.5));
}

TEST_CASE("A silent change is announced to nobody and has no severity") {
  Scenario s = with_recognition(0.8);
  s.policy = {change(kStart + 4, kAlpha, kRecognition, 0.0, Publicity::kSilent)};
  const PolicyTimeline policy(s);
  for (int month = 0; month < s.months(); ++month) {
    CHECK(policy.severity(month, kAlpha, kGroup) == 0.0);
    CHECK(policy.announcements(month).empty());
  }
}

TEST_CASE(
    "A new announcement replaces the older one on its lever and is measured against what was "
    "expected") {
  Scenario s = with_recognition(0.8);
  s.policy = {change(kStart + 2, kAlpha, kRecognition, 0.2, Publicity::kLoud),
              change(kStart + 8, kAlpha, kRecognition, 0.5, Publicity::kLoud)};
  const PolicyTimeline policy(s);
  CHECK(policy.severity(7, kAlpha, kGroup) == Approx(0.6 * fade(5)));
  // Six months on, experience has not yet caught up with 0.6 * fade(6) of the old news.
  const double expected = 0.2 + 0.6 * fade(6);
  for (int month : {8, 12}) {
    CHECK(policy.severity(month, kAlpha, kGroup) == Approx((expected - 0.5) * fade(month - 8)));
  }
}

TEST_CASE("Announcing the same value again leaves the severity as it has faded") {
  Scenario once = with_recognition(0.8);
  once.policy = {change(kStart + 2, kAlpha, kRecognition, 0.2, Publicity::kLoud)};
  Scenario twice = once;
  twice.policy.push_back(change(kStart + 8, kAlpha, kRecognition, 0.2, Publicity::kLoud));
  const PolicyTimeline a(once), b(twice);
  for (int month = 0; month < once.months(); ++month) {
    CHECK(b.severity(month, kAlpha, kGroup) ==
          Approx(a.severity(month, kAlpha, kGroup)).margin(1e-15));
  }
}

TEST_CASE("A change can be announced before it takes effect") {
  Scenario s = with_recognition(0.8);
  s.policy = {change(kStart + 10, kAlpha, kRecognition, 0.2, Publicity::kPress)};
  s.policy[0].announced = kStart + 4;
  const PolicyTimeline policy(s);
  CHECK(policy.announcements(3).empty());
  REQUIRE(policy.announcements(4).size() == 1);
  CHECK(policy.announcements(4)[0].place == kAlpha);
  CHECK(policy.announcements(4)[0].publicity == Publicity::kPress);
  CHECK(policy.announcements(10).empty());
  CHECK(recognition_at(policy, 9) == 0.8);
  CHECK(recognition_at(policy, 10) == 0.2);
  for (int month : {4, 9, 10, 20})
    CHECK(policy.severity(month, kAlpha, kGroup) == Approx(0.6 * fade(month - 4)));
}

TEST_CASE("What is announced later is heard later, whatever takes effect first") {
  Scenario s = with_recognition(0.8);
  s.policy = {change(kStart + 5, kAlpha, kRecognition, 0.6, Publicity::kLoud),
              change(kStart + 9, kBeta, kRecognition, 0.1, Publicity::kLoud)};
  s.policy[1].announced = kStart + 2;
  const PolicyTimeline policy(s);
  REQUIRE(policy.announcements(2).size() == 1);
  CHECK(policy.announcements(2)[0].place == kBeta);
  CHECK(policy.announcements(5).size() == 1);
  CHECK(policy.severity(5, kAlpha, kGroup) == Approx(0.2));
}

TEST_CASE("A change announced in the first month of the run is as severe as in any other") {
  Scenario s = with_recognition(0.8);
  s.policy = {change(kStart, kAlpha, kRecognition, 0.2, Publicity::kLoud)};
  CHECK(PolicyTimeline(s).severity(0, kAlpha, kGroup) == Approx(0.6));
}

TEST_CASE("An announcement that is replaced before its effect leaves no trace") {
  Scenario s = with_recognition(0.8);
  s.policy = {change(kStart + 6, kAlpha, kRecognition, 0.5, Publicity::kLoud),
              change(kStart + 7, kAlpha, kRecognition, 0.2, Publicity::kLoud)};
  s.policy[0].announced = kStart + 2;
  s.policy[1].announced = kStart + 4;
  CHECK(PolicyTimeline(s).severity(4, kAlpha, kGroup) == Approx(0.6));
  SECTION("nor one that is taken back") {
    s.policy[1].set[0].by_group.assign(s.policy[1].set[0].by_group.size(), 0.8);
    CHECK(PolicyTimeline(s).severity(4, kAlpha, kGroup) == Approx(0.0).margin(1e-12));
  }
}

TEST_CASE("Announcements on one place in one month are heard as the loudest") {
  Scenario s = with_recognition(0.8);
  s.policy = {change(kStart + 2, kAlpha, kRecognition, 0.5, Publicity::kLoud),
              change(kStart + 2, kAlpha, lever_index<"detection">(), 0.9, Publicity::kPress)};
  const PolicyTimeline policy(s);
  REQUIRE(policy.announcements(2).size() == 1);
  CHECK(policy.announcements(2)[0].publicity == Publicity::kLoud);
}

TEST_CASE("A calendar keeps each set of levers once", "[policy]") {
  const Scenario base = scenario();
  const PolicyTimeline idle(base);
  const PolicyTimeline groups(two_groups(base));
  // What a second group of the same levers adds at each place: a number for the one regime, and a
  // severity for each month.
  CHECK(groups.bytes() - idle.bytes() ==
        base.places.size() *
            (sizeof(std::uint32_t) + static_cast<std::size_t>(base.months()) * sizeof(double)));
}

TEST_CASE("A regime lasts until policy changes", "[policy]") {
  Scenario s = scenario();
  CHECK(PolicyTimeline(s).regime(s.months() - 1) == 0);
  s.policy = {change(kStart, kAlpha, kRecognition, 0.5, Publicity::kLoud),
              change(kStart + 3, kBeta, kRecognition, 0.5, Publicity::kLoud),
              change(kStart + 3, kAlpha, kDetection, 0.5, Publicity::kSilent)};
  const PolicyTimeline policy(s);
  const std::vector<std::size_t> begin{0, 1, 1, 1, 2, 2};
  for (std::size_t i = 0; i < begin.size(); ++i)
    CHECK(policy.regime(static_cast<int>(i) - 1) == begin[i]);
  CHECK(policy.regime(s.months() - 1) == 2);
}

TEST_CASE("Nobody asks the calendar for months that it does not have", "[policy]") {
  const PolicyTimeline policy(scenario());
  const int end = scenario().months();
  const auto asks = [&](auto what) { return ending_of(what).aborted; };
  CHECK_FALSE(asks([&] { policy.levers(end - 1, kBeta, kGroup); }));
  CHECK(asks([&] { policy.levers(end, kAlpha, kGroup); }));
  CHECK_FALSE(asks([&] { policy.severity(end - 1, kBeta, kGroup); }));
  CHECK(asks([&] { policy.severity(end, kAlpha, kGroup); }));
  CHECK(asks([&] { policy.severity(-1, kBeta, kGroup); }));
  CHECK_FALSE(asks([&] { policy.announcements(end - 1); }));
  CHECK(asks([&] { policy.announcements(end); }));
}
