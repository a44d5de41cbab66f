#include "model/announcements.h"

#include <cmath>
#include <limits>

#include "catch.h"
#include "model/information.h"
#include "support/communities.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("No community has heard an announcement more than wholly") {
  Scenario s = scenario(20);
  s.groups[0].arrivals = {{2000, 10}, {2001, 12}};
  s.policy = {change(s.start, kAlpha, kRecognition, 0.1, Publicity::kLoud)};
  Stage stage(s);
  tie_in_ring(stage.state.communities, 2);
  spread_information(stage.state, stage.month(0));
  join_community(stage.state.communities, stage.world, kGroup, 0.5);
  CHECK(stage.state.communities.heard.maxCoeff() <= 1.0);
}

TEST_CASE("How many hear an announcement at once depends on its publicity") {
  for (const Publicity publicity : {Publicity::kSilent, Publicity::kPress, Publicity::kLoud}) {
    Scenario s = scenario(20);
    s.parameters.set<"belief.hearing_press">(0.35);
    s.parameters.set<"belief.hearing_loud">(0.8);
    s.policy = {change(s.start + 2, kBeta, kRecognition, 0.0, publicity)};
    Stage stage(s);
    for (int month = 0; month < 2; ++month) spread_information(stage.state, stage.month(month));
    CHECK(stage.state.communities.heard.sum() == 0.0);
    spread_information(stage.state, stage.month(2));
    const double expected = publicity == Publicity::kSilent  ? 0.0
                            : publicity == Publicity::kPress ? 0.35
                                                             : 0.8;
    for (Eigen::Index c = 0; c < 2; ++c) {
      CHECK(stage.state.communities.heard(1, c) == Approx(expected));
      CHECK(stage.state.communities.heard(0, c) == 0.0);
    }
  }
}

TEST_CASE("A silent change moves no belief") {
  Scenario s = scenario(20);
  s.policy = {change(s.start + 2, kAlpha, kRecognition, 0.0, Publicity::kSilent)};
  Stage changed(s);
  s.policy.clear();
  Stage same(s);
  for (int month = 0; month < 10; ++month) {
    spread_information(changed.state, changed.month(month));
    spread_information(same.state, same.month(month));
    CHECK(changed.state.signals == same.state.signals);
  }
}

TEST_CASE("Tied communities pass on what they heard") {
  Scenario s = scenario(40);
  s.parameters.set<"belief.hearing_spread">(0.5);
  s.policy = {change(s.start, kAlpha, kRecognition, 0.4, Publicity::kPress)};
  s.parameters.set<"belief.hearing_press">(0.0);  // it comes up, but nobody hears it by itself
  Stage stage(s);
  Communities& communities = stage.state.communities;
  tie_in_ring(communities, 4);
  spread_information(stage.state, stage.month(0));
  CHECK(communities.heard.sum() == 0.0);
  communities.heard(0, 0) = 0.8;
  spread_information(stage.state, stage.month(1));
  const double neighbour = 1.0 - std::exp(-0.5 * 0.4);
  CHECK(communities.heard(0, 0) == Approx(0.8));
  CHECK(communities.heard(0, 1) == Approx(neighbour));
  CHECK(communities.heard(0, 2) == 0.0);
  CHECK(communities.heard(0, 3) == Approx(neighbour));
  spread_information(stage.state, stage.month(2));
  CHECK(communities.heard(0, 0) == Approx(0.8 + 0.2 * (1.0 - std::exp(-0.5 * neighbour))));
  CHECK(communities.heard(0, 2) == Approx(1.0 - std::exp(-0.5 * neighbour)));
  for (int month = 3; month < 36; ++month) spread_information(stage.state, stage.month(month));
  CHECK(communities.heard.row(0).maxCoeff() <= 1.0);
  CHECK(communities.heard.row(0).head(4).minCoeff() > 0.9);
}

TEST_CASE("Who hears a new announcement gives up the old one, and the others keep it as it fades") {
  Scenario s = scenario(10);
  s.parameters.set<"belief.memory">(10.0);
  s.parameters.set<"belief.hearing_press">(0.4);
  s.parameters.set<"belief.announcement">(3.0);
  levers(s, kAlpha).set<"recognition">(0.9);
  s.policy = {change(s.start + 1, kAlpha, kRecognition, 0.4, Publicity::kPress),
              change(s.start + 6, kAlpha, kRecognition, 0.2, Publicity::kPress)};
  Stage stage(s);
  for (int month = 0; month < 7; ++month) spread_information(stage.state, stage.month(month));
  const double left = std::exp(-5.0 / 10.0);
  const double today =
      0.2 + 0.5 * left;  // against 0.4, and 0.5 that experience has partly caught up with
  const double news = 0.4 * today + 0.6 * 0.4 * 0.5 * left;
  const double prior = s.parameters.get<"belief.prior">();
  CHECK(stage.state.communities.heard(0, 0) == Approx(0.4));
  CHECK(stage.state.signals.belief(0, 0) == Approx(inverse_logit(logit(prior) - 3.0 * news)));
}

TEST_CASE("A further small tightening raises no belief") {
  Scenario once = scenario(10);
  levers(once, kAlpha).set<"recognition">(0.9);
  once.policy = {change(once.start + 1, kAlpha, kRecognition, 0.3, Publicity::kLoud)};
  Scenario twice = once;
  twice.policy.push_back(change(once.start + 3, kAlpha, kRecognition, 0.29, Publicity::kPress));
  Stage a(once), b(twice);
  for (int month = 0; month < 12; ++month) {
    spread_information(a.state, a.month(month));
    spread_information(b.state, b.month(month));
    CHECK(b.state.signals.belief(0, 0) <= a.state.signals.belief(0, 0));
  }
}

TEST_CASE("An announcement about a place of settlement concerns no belief") {
  Scenario s = scenario(10);
  s.policy = {change(s.start, kHome, lever_index<"removal">(), 1.0, Publicity::kLoud)};
  Stage stage(s);
  spread_information(stage.state, stage.month(0));
  CHECK(stage.state.communities.heard.sum() == 0.0);
}

TEST_CASE("Each group believes what was announced for it") {
  Scenario s = scenario(10);
  s.groups.push_back(s.groups[0]);
  s.groups[1].name = "others";
  for (Place& place : s.places) place.levers.push_back(place.levers[0]);
  s.policy = {change(s.start + 1, kAlpha, kRecognition, 0, Publicity::kLoud)};
  s.policy[0].set[0].by_group = {std::numeric_limits<double>::quiet_NaN(), 0.1};
  Stage stage(s);
  for (int month = 0; month < 2; ++month) spread_information(stage.state, stage.month(month));
  CHECK(stage.state.signals.belief(0, 0) == Approx(s.parameters.get<"belief.prior">()));
  CHECK(stage.state.signals.belief(stage.state.communities.region_begin[1], 0) < 0.8);
}
