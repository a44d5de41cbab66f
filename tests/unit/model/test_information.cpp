#include "model/information.h"

#include <cmath>

#include "catch.h"
#include "support/communities.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("Beliefs over months equal the closed form") {
  Scenario s = scenario(40);
  s.parameters.set<"belief.memory">(12.0);
  s.parameters.set<"belief.prior">(0.6);
  s.parameters.set<"belief.prior_weight">(7.0);
  s.parameters.set<"belief.hearing_spread">(0.0);
  s.parameters.set<"belief.announcement">(3.0);
  s.places[kBeta.index()].prior_belief = 0.3;
  levers(s, kAlpha).set<"recognition">(0.9);
  s.policy = {change(s.start + 6, kAlpha, kRecognition, 0.2, Publicity::kPress)};
  Stage stage(s);
  State& state = stage.state;
  tie_in_ring(state.communities, 4);

  // Month, community, success and failure of the cases decided at alpha.
  struct Case {
    int month;
    std::uint32_t community;
    double success;
    double failure;
  };
  const std::vector<Case> cases{{0, 0, 1, 0}, {0, 1, 0, 1}, {3, 2, 0, 0.3},
                                {7, 0, 0, 1}, {7, 0, 1, 0}, {11, 3, 1, 0}};
  const double trust[4] = {1.0, 0.5, 0.0,
                           0.5};  // of oneself, a neighbour in the ring, the opposite
  for (int month = 0; month < 15; ++month) {
    spread_information(state, stage.month(month));
    for (Eigen::Index c = 0; c < 4; ++c) {
      double positive = 0.0;
      double negative = 0.0;
      for (const Case& one : cases) {
        if (one.month >= month) continue;
        const auto distance =
            static_cast<std::size_t>((c + 4 - static_cast<Eigen::Index>(one.community)) % 4);
        const double weight = (trust[distance] + 0.25) * std::exp(-(month - one.month) / 12.0);
        positive += weight * one.success;
        negative += weight * one.failure;
      }
      const double chance = (7.0 * 0.6 + positive) / (7.0 + positive + negative);
      const double severity = month < 6 ? 0.0 : 0.7 * std::exp(-(month - 6) / 12.0);
      CAPTURE(month, c);
      CHECK(state.signals.belief(c, 0) ==
            Approx(inverse_logit(logit(chance) - 3.0 * 0.4 * severity)));
      CHECK(state.signals.belief(c, 1) == Approx(0.3));
    }
    for (const Case& one : cases) {
      if (one.month != month) continue;
      report_outcome(state.communities, s.parameters, CommunityId{one.community}, 0, one.success,
                     one.failure);
    }
  }
}

TEST_CASE("Buzz is the discounted departures per member of the community, its ties and everybody") {
  Scenario s = scenario(40);
  s.parameters.set<"attention.tie_weight">(2.0);
  s.parameters.set<"attention.public_weight">(0.5);
  s.parameters.set<"attention.buzz_memory">(4.0);
  Stage stage(s);
  Communities& communities = stage.state.communities;
  tie_in_ring(communities, 4);
  for (int i = 0; i < 6; ++i) {
    report_departure(communities, CommunityId{0}, 0);
    report_departure_to_ties(communities, CommunityId{0}, 0);
  }
  report_residence(communities, CommunityId{0}, -6);
  spread_information(stage.state, stage.month(0));
  const double left = 6.0 * std::exp(-1.0 / 4.0);
  const double scale = 1.0 / 3.5;
  const double of_all = scale * 0.5 * left / 34.0;
  // Four members remain, but half a community's size is the least that counts.
  CHECK(stage.state.signals.buzz(0, 0) == Approx(scale * left / 5.0 + of_all));
  CHECK(stage.state.signals.buzz(1, 0) == Approx(scale * 2.0 * left / 14.0 + of_all));
  CHECK(stage.state.signals.buzz(2, 0) == Approx(of_all));
  CHECK(stage.state.signals.buzz(0, 1) == 0.0);
  spread_information(stage.state, stage.month(1));
  CHECK(stage.state.signals.buzz(2, 0) == Approx(of_all * std::exp(-1.0 / 4.0)));
}

TEST_CASE("Acquaintances at the destination are weighted by how near they are") {
  Scenario s = scenario(40);
  s.places[kAlpha.index()].population_abroad = 100.0;
  s.parameters.set<"choice.diaspora_tie">(0.4);
  s.parameters.set<"choice.diaspora_public">(0.02);
  Stage stage(s);
  tie_in_ring(stage.state.communities, 4);
  report_presence(stage.state.communities, CommunityId{0}, 0, 10);
  spread_information(stage.state, stage.month(0));
  const double everyone = 0.02 * 110.0;
  CHECK(stage.state.signals.diaspora(0, 0) == Approx(10.0 + everyone));
  CHECK(stage.state.signals.diaspora(1, 0) == Approx(4.0 + everyone));
  CHECK(stage.state.signals.diaspora(2, 0) == Approx(everyone));
  CHECK(stage.state.signals.diaspora(2, 1) == 0.0);
}

TEST_CASE("The expected wait is the evidence stage and the ready cases over capacity") {
  Scenario s = scenario(20);
  levers(s, kAlpha).set<"evidence_months">(6.0);
  levers(s, kAlpha).set<"capacity">(2.0);
  Stage stage(s);
  for (std::size_t i = 0; i < 5; ++i) {
    stage.state.pending.file({.person = PersonId{i}, .place = kAlpha, .ready = i < 3 ? 1 : 9});
  }
  spread_information(stage.state, stage.month(0));
  CHECK(stage.state.signals.wait[0] == Approx(6.0));
  spread_information(stage.state, stage.month(1));
  CHECK(stage.state.signals.wait[0] == Approx(6.0 + 3.0 / 2.0));
  CHECK(stage.state.signals.wait[1] == 0.0);
}

TEST_CASE("The mean belief weighs communities by their members") {
  Scenario s = scenario(20);
  Stage stage(s);
  report_residence(stage.state.communities, CommunityId{1}, -5);
  report_outcome(stage.state.communities, s.parameters, CommunityId{0}, 0, 0.0, 40.0);
  spread_information(stage.state, stage.month(0));
  const auto& belief = stage.state.signals.belief;
  CHECK(belief(0, 0) < belief(1, 0));
  CHECK(stage.state.signals.mean_belief[0] ==
        Approx((10.0 * belief(0, 0) + 5.0 * belief(1, 0)) / 15.0));
}

TEST_CASE("Brokers' advertising is positive evidence in the communities that they serve") {
  Scenario s = scenario(20);
  s.brokers = {.slots = 1,
               .reach = 1.0,
               .capacity = 5,
               .fee = 1,
               .products = {{kAlpha, Story::kConceal, 1.0}}};
  s.parameters.set<"broker.rumour">(0.25);
  Stage stage(s);
  stage.state.brokers.serving[1].clear();
  spread_information(stage.state, stage.month(0));
  CHECK(stage.state.communities.positive(0, 0) == Approx(0.25));
  CHECK(stage.state.communities.positive(0, 1) == 0.0);
  CHECK(stage.state.communities.positive(1, 0) == 0.0);
}

TEST_CASE("Channels of interaction that are held keep the signals of the first month") {
  Scenario s = scenario(40);
  s.interaction = {.beliefs = ChannelMode::kHeld,
                   .buzz = ChannelMode::kHeld,
                   .diaspora = ChannelMode::kHeld,
                   .brokers = ChannelMode::kHeld,
                   .queues = ChannelMode::kHeld};
  s.policy = {change(s.start + 3, kAlpha, kRecognition, 0.0, Publicity::kLoud)};
  Stage stage(s);
  spread_information(stage.state, stage.month(0));
  const Signals first = stage.state.signals;
  for (int month = 1; month < 8; ++month) {
    report_outcome(stage.state.communities, s.parameters, CommunityId{0}, 0, 0.0, 9.0);
    report_departure(stage.state.communities, CommunityId{0}, 0);
    report_departure_to_ties(stage.state.communities, CommunityId{0}, 0);
    report_presence(stage.state.communities, CommunityId{0}, 0, 1);
    stage.state.pending.file({.person = PersonId{0}, .place = kAlpha, .ready = 0});
    spread_information(stage.state, stage.month(month));
  }
  CHECK(stage.state.signals == first);
}

TEST_CASE("A community that opens while beliefs are held believes what the others were left with") {
  Scenario s = scenario(10);
  s.groups[0].arrivals[2001] = 10;
  s.interaction.beliefs = ChannelMode::kHeld;
  Stage stage(s);
  spread_information(stage.state, stage.month(0));
  join_community(stage.state.communities, stage.world, kGroup, 0.5);
  spread_information(stage.state, stage.month(1));
  REQUIRE(stage.state.communities.joined[1] == 1);
  CHECK(stage.state.signals.belief(1, 0) == Approx(s.parameters.get<"belief.prior">()));
}
