#include "model/communities.h"

#include <algorithm>

#include "catch.h"
#include "support/communities.h"

using namespace onward;
using namespace onward::small;

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
  for (int i = 0; i < 2; ++i) {
    report_departure(communities, CommunityId{1}, 0);
    report_departure_to_ties(communities, CommunityId{1}, 0);
  }
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
