#include <algorithm>
#include <set>

#include "catch.h"
#include "model/communities.h"
#include "support/communities.h"

using namespace onward;
using namespace onward::small;

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
