#include "model/communities.h"
#include "model/information.h"

#include <cmath>
#include <limits>
#include <set>

#include "catch.h"
#include "support/small_world.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

namespace {

constexpr std::size_t kRecognition = lever_index<"recognition">();

double logit(double p) { return std::log(p / (1.0 - p)); }
double inverse_logit(double x) { return 1.0 / (1.0 + std::exp(-x)); }

/// Ties each of the first `n` communities to the next and the one before, in a ring, and no other.
void tie_in_ring(Communities& communities, std::uint32_t n) {
  communities.tie_begin = {0};
  communities.tie_list.clear();
  for (std::uint32_t c = 0; c < communities.size(); ++c) {
    if (c < n) {
      const std::set<std::uint32_t> partners{(c + 1) % n, (c + n - 1) % n};
      communities.tie_list.insert(communities.tie_list.end(), partners.begin(), partners.end());
    }
    communities.tie_begin.push_back(static_cast<std::uint32_t>(communities.tie_list.size()));
  }
  for (std::uint32_t c = 0; c < communities.size(); ++c) {
    communities.tied_members[c] = 0;
    for (const std::uint32_t tie : communities.ties(CommunityId{c}))
      communities.tied_members[c] += communities.members[tie];
  }
}

Scenario two_regions() {
  Scenario s = scenario(600);
  s.communities = {
      .size = 20, .ties = 4, .far_ties = 2, .regions = {{"hills", 1.0}, {"plain", 3.0}}};
  return s;
}

}  // namespace

TEST_CASE("There are enough communities for everyone who will come, by region") {
  Scenario s = two_regions();
  s.groups[0].arrivals[2003] = 100;
  const Communities communities = lay_communities(World(s), run_key(1, 0));
  REQUIRE(communities.region_begin.size() == 3);
  CHECK(communities.region_begin[0] == 0);
  CHECK(communities.region_begin[2] == communities.size());
  const double expected[] = {175.0, 525.0};
  for (std::size_t region = 0; region < 2; ++region) {
    const double places =
        20.0 * (communities.region_begin[region + 1] - communities.region_begin[region]);
    CHECK(places >= expected[region]);
    CHECK(places <= 1.1 * expected[region] + 2 * 20.0);
  }
  CHECK(std::set<std::uint64_t>(communities.entity.begin(), communities.entity.end()).size() ==
        communities.size());
}

TEST_CASE("Another end of the run gives the same communities") {
  Scenario s = two_regions();
  s.groups[0].arrivals[2003] = 100;
  const Communities communities = lay_communities(World(s), run_key(1, 0));
  s.end = YearMonth{2001, 6};
  CHECK(lay_communities(World(s), run_key(1, 0)) == communities);
}

TEST_CASE("A region without people has a community all the same") {
  Scenario s = scenario(0);
  s.communities.regions = {{"all", 1.0}, {"nowhere", 0.0}};
  const Communities communities = lay_communities(World(s), run_key(1, 0));
  CHECK(communities.region_begin[1] >= 1);
  CHECK(communities.region_begin[2] > communities.region_begin[1]);
}

TEST_CASE("People who come later change no tie among the communities before them") {
  Scenario s = two_regions();
  s.communities.regions = {{"all", 1.0}};
  const Communities few = lay_communities(World(s), run_key(1, 0));
  s.groups[0].arrivals[2002] = 400;
  const Communities many = lay_communities(World(s), run_key(1, 0));
  REQUIRE(many.size() > few.size());
  for (std::size_t c = 0; c < few.size(); ++c) {
    const auto before = few.ties(CommunityId{c});
    std::vector<std::uint32_t> kept;
    for (const std::uint32_t tie : many.ties(CommunityId{c})) {
      if (tie < few.size()) kept.push_back(tie);
    }
    CHECK(std::vector<std::uint32_t>(before.begin(), before.end()) == kept);
  }
}

TEST_CASE("Ties are symmetric and never to oneself") {
  const World world(two_regions());
  const Communities communities = lay_communities(world, run_key(1, 0));
  std::size_t ties = 0;
  for (std::size_t c = 0; c < communities.size(); ++c) {
    for (const std::uint32_t other : communities.ties(CommunityId{c})) {
      CHECK(other != c);
      const auto back = communities.ties(CommunityId{other});
      CHECK(std::count(back.begin(), back.end(), c) == 1);
      ++ties;
    }
  }
  // Six ties each, less those drawn twice or when nobody was there yet.
  CHECK(ties > 3 * communities.size());
  CHECK(ties <= 6 * communities.size());
}

TEST_CASE("Near ties stay in the region and no tie leaves the group") {
  Scenario s = two_regions();
  s.communities.far_ties = 0;
  s.groups.push_back(s.groups[0]);
  s.groups[1].name = "others";
  for (Place& place : s.places) place.levers.push_back(place.levers[0]);
  const Communities communities = lay_communities(World(s), run_key(1, 0));
  const auto region = [&](std::size_t c) {
    std::size_t r = 0;
    while (communities.region_begin[r + 1] <= c) ++r;
    return r;
  };
  for (std::size_t c = 0; c < communities.size(); ++c) {
    for (const std::uint32_t other : communities.ties(CommunityId{c}))
      CHECK(region(c) == region(other));
  }
}

TEST_CASE("Far ties lead to other regions too") {
  Scenario s = two_regions();
  const auto crossing = [&] {
    const Communities communities = lay_communities(World(s), run_key(1, 0));
    std::size_t count = 0;
    for (std::size_t c = 0; c < communities.region_begin[1]; ++c) {
      for (const std::uint32_t other : communities.ties(CommunityId{c}))
        count += other >= communities.region_begin[1] ? 1 : 0;
    }
    return count;
  };
  CHECK(crossing() > 5);
  s.communities.far_ties = 0;
  CHECK(crossing() == 0);
}

TEST_CASE("Ties are the same when another group is declared after") {
  const Scenario s = two_regions();
  Scenario wider = s;
  wider.groups.push_back(s.groups[0]);
  wider.groups[1].name = "others";
  for (Place& place : wider.places) place.levers.push_back(place.levers[0]);
  const Communities a = lay_communities(World(s), run_key(1, 0));
  const Communities b = lay_communities(World(wider), run_key(1, 0));
  for (std::size_t c = 0; c < a.size(); ++c) {
    const auto left = a.ties(CommunityId{c});
    const auto right = b.ties(CommunityId{c});
    CHECK(std::vector<std::uint32_t>(left.begin(), left.end()) ==
          std::vector<std::uint32_t>(right.begin(), right.end()));
  }
}

TEST_CASE("Communities of a region fill up one after the other, and the last takes the rest") {
  const World world(scenario(20));
  Communities communities = lay_communities(world, run_key(1, 0));
  const auto count = static_cast<std::uint32_t>(communities.size());
  for (std::uint32_t i = 0; i < 10 * count + 15; ++i) {
    CHECK(join_community(communities, world, kGroup, 0.5) ==
          CommunityId{std::min(i / 10, count - 1)});
  }
  CHECK(communities.joined[0] == 10);
  CHECK(communities.joined.back() == 25);
  CHECK(communities.members == communities.joined);
}

TEST_CASE("The draw of the region picks regions by their shares") {
  const World world(two_regions());
  Communities communities = lay_communities(world, run_key(1, 0));
  const std::uint32_t plain = communities.region_begin[1];
  CHECK(join_community(communities, world, kGroup, 0.0001).value < plain);
  CHECK(join_community(communities, world, kGroup, 0.2499).value < plain);
  CHECK(join_community(communities, world, kGroup, 0.2501).value >= plain);
  CHECK(join_community(communities, world, kGroup, 0.9999).value >= plain);
}

TEST_CASE("Ties count the members who live in the place of settlement") {
  Stage stage(two_regions());
  Communities& communities = stage.state.communities;
  report_residence(communities, CommunityId{0}, -3);
  report_residence(communities, CommunityId{5}, 2);
  for (std::size_t c = 0; c < communities.size(); ++c) {
    std::uint32_t tied = 0;
    for (const std::uint32_t tie : communities.ties(CommunityId{c}))
      tied += communities.members[tie];
    CHECK(communities.tied_members[c] == tied);
  }
}

TEST_CASE("A community that opens among open ties inherits their mean evidence") {
  Scenario s = scenario(30);
  const World world(s);
  Communities communities = lay_communities(world, run_key(1, 0));
  tie_in_ring(communities, 3);
  for (int i = 0; i < 20; ++i) join_community(communities, world, kGroup, 0.5);
  communities.positive(0, 0) = 4.0;
  communities.positive(1, 0) = 2.0;
  communities.negative(0, 1) = 1.0;
  communities.heard(0, 0) = 0.6;
  communities.news(1, 0) = 0.2;
  join_community(communities, world, kGroup, 0.5);
  CHECK(communities.positive(2, 0) == Approx(3.0));
  CHECK(communities.negative(2, 1) == Approx(0.5));
  CHECK(communities.heard(0, 2) == Approx(0.3));
  CHECK(communities.news(2, 0) == Approx(0.1));
}

TEST_CASE("A community that opens forgets what was noted of it before") {
  // Reports of ties and announcements reach communities that have not opened yet.
  Scenario s = scenario(20);
  const World world(s);
  Communities communities = lay_communities(world, run_key(1, 0));
  tie_in_ring(communities, 2);
  for (int i = 0; i < 10; ++i) join_community(communities, world, kGroup, 0.5);
  report_outcome(communities, world.parameters(), CommunityId{0}, 0, 1.0, 0.0);
  join_community(communities, world, kGroup, 0.5);
  CHECK(communities.positive(1, 0) == Approx(communities.positive(0, 0)));
}

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

TEST_CASE("An outcome is trusted by the community, its ties and everybody, each in its measure") {
  Stage stage(scenario(40));
  Communities& communities = stage.state.communities;
  tie_in_ring(communities, 4);
  Parameters p;
  p.set<"belief.own_trust">(0.9);
  p.set<"belief.tie_trust">(0.4);
  p.set<"belief.public_trust">(0.2);
  report_outcome(communities, p, CommunityId{0}, 1, 2.0, 0.5);
  const double trust[] = {0.9, 0.4, 0.0, 0.4};
  for (Eigen::Index c = 0; c < 4; ++c) {
    CHECK(communities.positive(c, 1) == Approx(2.0 * trust[c]));
    CHECK(communities.negative(c, 1) == Approx(0.5 * trust[c]));
    CHECK(communities.positive(c, 0) == 0.0);
  }
  CHECK(communities.public_positive == std::vector<double>{0.0, 0.4});
  CHECK(communities.public_negative == std::vector<double>{0.0, 0.1});
  CHECK(evidence_weight(communities, p, CommunityId{3}, 1) ==
        Approx(p.get<"belief.prior_weight">() + 0.4 * 2.5 + 0.2 * 2.5));
}

TEST_CASE("A departure is noted by the community, its ties and everybody") {
  Stage stage(scenario(40));
  Communities& communities = stage.state.communities;
  tie_in_ring(communities, 4);
  report_departure(communities, CommunityId{1}, 0);
  report_departure(communities, CommunityId{1}, 0);
  report_presence(communities, CommunityId{1}, 1, 3);
  report_presence(communities, CommunityId{1}, 1, -1);
  CHECK(communities.departures(1, 0) == 2.0);
  CHECK(communities.departures.sum() == 2.0);
  CHECK(communities.tied_departures(0, 0) == 2.0);
  CHECK(communities.tied_departures(2, 0) == 2.0);
  CHECK(communities.tied_departures.sum() == 4.0);
  CHECK(communities.all_departures == std::vector<double>{2.0, 0.0});
  CHECK(communities.abroad(1, 1) == 2.0);
  CHECK(communities.tied_abroad(0, 1) == 2.0);
  CHECK(communities.tied_abroad.sum() == 4.0);
  CHECK(communities.all_abroad == std::vector<double>{0.0, 2.0});
}

TEST_CASE(
    "The believed chance is the prior's blend with the evidence, moved on the log odds by news") {
  CHECK(believed_chance(0.8, 5.0, 0.0, 0.0, 0.0) == Approx(0.8));
  CHECK(believed_chance(0.8, 5.0, 3.0, 2.0, 0.0) == Approx(7.0 / 10.0));
  for (const double announced : {-6.0, -0.5, 0.3, 2.0, 30.0}) {
    CAPTURE(announced);
    CHECK(believed_chance(0.8, 5.0, 3.0, 2.0, announced) ==
          Approx(inverse_logit(logit(0.7) - announced)));
  }
}

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

TEST_CASE("Buzz is the discounted departures per member of the community, its ties and everybody") {
  Scenario s = scenario(40);
  s.parameters.set<"attention.tie_weight">(2.0);
  s.parameters.set<"attention.public_weight">(0.5);
  s.parameters.set<"attention.buzz_memory">(4.0);
  Stage stage(s);
  Communities& communities = stage.state.communities;
  tie_in_ring(communities, 4);
  for (int i = 0; i < 6; ++i) report_departure(communities, CommunityId{0}, 0);
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
