#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "model/communities.h"
#include "model/purpose.h"

/// How communities and their ties are laid out before a run.
namespace onward {

namespace {

/// People who are there or arrive in the years that the table has, whether or not the run lasts.
double total_arrivals(const Group& group) {
  double people = 0.0;
  for (const auto& [year, count] : group.arrivals) people += count;
  return people;
}
/// Number of communities that hold a region's people, with some to spare for chance.
std::size_t communities_needed(double people, int size) {
  constexpr double kSpare = 1.05;
  return static_cast<std::size_t>(std::ceil(kSpare * people / size)) + 1;
}

/// Group (16 bits), region by name (24) and order of opening (24).
std::uint64_t community_entity(const World& world, GroupId group, const Category& region,
                               std::size_t order) {
  const std::uint64_t name = name_key(region.name) & 0xffffff;
  return world.group_prefix[group.index()] | name << 24 | static_cast<std::uint64_t>(order);
}

/// From and to, each tie both ways, some more than once.
using TieList = std::vector<std::array<std::uint32_t, 2>>;

void tie(TieList& ties, std::size_t a, std::size_t b) {
  ties.push_back({static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b)});
  ties.push_back({static_cast<std::uint32_t>(b), static_cast<std::uint32_t>(a)});
}

/// Ties a community to some of the `earlier` first communities of the region that begins at
/// `begin`.
void tie_to_earlier(TieList& ties, RunKey key, Entity entity, std::uint32_t kind, std::size_t self,
                    std::size_t begin, double earlier, int count) {
  if (earlier < 1.0) return;
  for (int i = 0; i < count; ++i) {
    const double u = draw_uniform(key, entity, purpose::kTies, kind, static_cast<std::uint32_t>(i));
    const std::size_t other = begin + static_cast<std::size_t>(u * earlier);
    if (other != self) tie(ties, self, other);
  }
}

/// Each community draws half of its mean number of ties; those that open later draw the other half.
void lay_ties_of_group(TieList& ties, const Communities& communities, const World& world,
                       RunKey key, std::size_t group) {
  const CommunityPlan& plan = world.scenario.communities;
  const std::size_t regions = plan.regions.size();
  const auto begin = [&](std::size_t r) { return communities.region_begin[group * regions + r]; };
  for (std::size_t r = 0; r < regions; ++r) {
    for (std::size_t c = begin(r); c < begin(r + 1); ++c) {
      const Entity entity{communities.entity[c]};
      const auto order = static_cast<double>(c - begin(r));
      tie_to_earlier(ties, key, entity, 0, c, begin(r), order, (plan.ties + 1) / 2);
      for (int i = 0; i < (plan.far_ties + 1) / 2; ++i) {
        const double u =
            draw_uniform(key, entity, purpose::kTies, 1, static_cast<std::uint32_t>(i));
        const auto far = static_cast<std::size_t>(u * static_cast<double>(regions));
        // Regions fill in proportion to their shares, so about this many are open there by now.
        const double open = std::floor(order * plan.regions[far].share / plan.regions[r].share);
        const double most = static_cast<double>(begin(far + 1) - begin(far));
        tie_to_earlier(ties, key, entity, static_cast<std::uint32_t>(2 + i), c, begin(far),
                       std::min(open, most), 1);
      }
    }
  }
}

void lay_ties(Communities& communities, const World& world, RunKey key) {
  TieList ties;
  for (std::size_t g = 0; g < world.group_count(); ++g)
    lay_ties_of_group(ties, communities, world, key, g);
  std::sort(ties.begin(), ties.end());
  ties.erase(std::unique(ties.begin(), ties.end()), ties.end());
  communities.tie_list.reserve(ties.size());
  communities.tie_begin.assign(communities.size() + 1, 0);
  for (const auto [from, to] : ties) {
    ++communities.tie_begin[from + 1];
    communities.tie_list.push_back(to);
  }
  std::partial_sum(communities.tie_begin.begin(), communities.tie_begin.end(),
                   communities.tie_begin.begin());
}

}  // namespace

Communities lay_communities(const World& world, RunKey key) {
  Communities communities;
  const CommunityPlan& plan = world.scenario.communities;
  const double shares = world.region_shares;
  for (std::size_t g = 0; g < world.group_count(); ++g) {
    const double people = total_arrivals(world.group(GroupId{g}));
    for (const Category& region : plan.regions) {
      communities.region_begin.push_back(static_cast<std::uint32_t>(communities.size()));
      const std::size_t needed = communities_needed(people * region.share / shares, plan.size);
      for (std::size_t order = 0; order < needed; ++order) {
        communities.group.push_back(static_cast<std::uint8_t>(g));
        communities.entity.push_back(community_entity(world, GroupId{g}, region, order));
      }
    }
  }
  const std::size_t count = communities.size();
  communities.region_begin.push_back(static_cast<std::uint32_t>(count));
  lay_ties(communities, world, key);

  const std::size_t destinations = world.destinations.size();
  communities.joined.assign(count, 0);
  communities.members.assign(count, 0);
  communities.tied_members.assign(count, 0);
  communities.region_joined.assign(communities.region_begin.size() - 1, 0);
  for (CommunityTable* table :
       {&communities.positive, &communities.negative, &communities.news, &communities.departures,
        &communities.tied_departures, &communities.abroad, &communities.tied_abroad}) {
    table->setZero(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(destinations));
  }
  communities.heard.setZero(static_cast<Eigen::Index>(destinations),
                            static_cast<Eigen::Index>(count));
  communities.kept_promises.assign(count, 0.0);
  communities.broken_promises.assign(count, 0.0);
  communities.public_positive.assign(destinations, 0.0);
  communities.public_negative.assign(destinations, 0.0);
  communities.all_departures.assign(destinations, 0.0);
  for (const PlaceId place : world.destinations) {
    communities.all_abroad.push_back(world.place(place).population_abroad);
  }
  return communities;
}

}  // namespace onward
