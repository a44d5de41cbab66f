#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "core/elementary.h"
#include "model/people.h"

namespace onward {

/// A table with one row for each community and one column for each destination.
using CommunityTable = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The values of a community, by destination.
inline double* row_of(CommunityTable& table, std::size_t community) {
  return table.data() + community * static_cast<std::size_t>(table.cols());
}
inline const double* row_of(const CommunityTable& table, std::size_t community) {
  return table.data() + community * static_cast<std::size_t>(table.cols());
}

/// What people act on. A channel of interaction that is held keeps these values on a given path.
struct Signals {
  CommunityTable belief;      ///< believed chance of protection
  CommunityTable buzz;        ///< discounted departures per member
  CommunityTable diaspora;    ///< acquaintances at the destination, weighted
  std::vector<double> queue;  ///< by destination: cases that are ready to be decided
  std::vector<double> wait;   ///< by destination: months that a claim is expected to take
  std::vector<double>
      mean_belief;  ///< by destination: belief, mean over members in the place of settlement

  bool operator==(const Signals&) const = default;
};

/// All communities. Ties are symmetric. What tied communities report is added when it happens, so
/// that a month without news costs only the fading of what is known.
struct Communities {
  // Fixed for a replicate.
  std::vector<std::uint8_t> group;
  std::vector<std::uint64_t> entity;  ///< what draws are keyed by: group, region, order of opening
  std::vector<std::uint32_t> tie_begin;  ///< by community, and one past the last
  std::vector<std::uint32_t> tie_list;
  std::vector<std::uint32_t>
      region_begin;  ///< first community of (group, region), and one past the last

  // State.
  std::vector<std::uint32_t> joined;        ///< people who ever joined
  std::vector<std::uint32_t> members;       ///< members who live in the place of settlement
  std::vector<std::uint32_t> tied_members;  ///< members of tied communities who do
  std::vector<std::uint32_t>
      region_joined;                  ///< people who ever joined a community of (group, region)
  CommunityTable positive, negative;  ///< evidence of own members and ties, in cases
  std::vector<double> public_positive,
      public_negative;   ///< evidence that everybody hears, by destination
  CommunityTable heard;  ///< by destination and community: share of members that has heard the
                         ///< newest announcement, 0 before the community opens
  CommunityTable news;   ///< severity that members have heard of, on average
  CommunityTable departures, tied_departures;  ///< discounted numbers
  CommunityTable abroad, tied_abroad;          ///< members and ties' members at the destination
  std::vector<double> kept_promises, broken_promises;  ///< outcomes of brokers' clients, in cases
  std::vector<double> all_departures;                  ///< discounted numbers by destination
  std::vector<double> all_abroad;  ///< by destination, those of the start included

  std::size_t size() const { return group.size(); }
  std::span<const std::uint32_t> ties(CommunityId id) const {
    return {tie_list.data() + tie_begin[id.index()],
            tie_begin[id.index() + 1] - tie_begin[id.index()]};
  }

  bool operator==(const Communities&) const = default;
};

/// Values of a table that stays in the processor's cache, so that nothing has to be asked for.
inline constexpr Eigen::Index kCachedValues = 1 << 15;

/// Asks for what a table says of a community and a destination.
inline void prefetch_own(const CommunityTable& table, CommunityId id, std::size_t destination) {
  if (table.size() > kCachedValues) fetch_line_to_change(row_of(table, id.index()) + destination);
}
/// The same of the community's ties.
inline void prefetch_tied(const Communities& communities, const CommunityTable& table,
                          CommunityId id, std::size_t destination) {
  if (table.size() <= kCachedValues) return;
  for (const std::uint32_t tie : communities.ties(id))
    fetch_line_to_change(row_of(table, tie) + destination);
}

/// Lays out the communities of every group and region, empty, with their ties. A community is tied
/// to some that opened before it, so that later arrivals do not change the ties of those before.
Communities lay_communities(const World& world, RunKey key);

/// The region of residence of a newcomer, by a uniform draw in (0, 1).
std::size_t region_of(const World& world, double draw);

/// Newcomers who join one community, one after the other.
struct Joining {
  std::uint32_t community = 0;
  std::uint32_t people = 0;
};

/// Finds the communities that a group's newcomers join: those of a region fill up one after the
/// other, in order of arrival; more people than expected share the last one.
class Filling {
 public:
  /// `before` is the number of people who ever joined a community of the group, by region.
  Filling(const Communities& communities, const World& world, GroupId group,
          std::span<const std::uint32_t> before);
  /// The community of the next newcomer to the region.
  std::uint32_t next(std::size_t region);
  /// What came of all newcomers, in order of the first of each community.
  const std::vector<Joining>& joinings() const { return joinings_; }

 private:
  struct Region {
    std::uint32_t community = 0;
    std::uint32_t last = 0;
    std::uint32_t room = 0;
    std::uint32_t joining = 0;  ///< position in joinings_, or kNone
  };
  static constexpr std::uint32_t kNone = 0xffffffff;
  std::uint32_t size_;
  std::vector<Region> regions_;
  std::vector<Joining> joinings_;
};

/// Lets newcomers join, in order. A community that opens inherits the mean evidence of its ties.
void join(Communities& communities, std::span<const Joining> joinings);

/// A decided case of a member, as seen by the member's community, its ties and everybody.
/// `success` is the positive evidence of the case and `failure` the negative one, in cases.
void report_outcome(Communities& communities, const Parameters& parameters, CommunityId id,
                    std::size_t destination, double success, double failure);

/// A decided case of a broker's client, as seen by the client's community and its ties.
void report_promise(Communities& communities, const Parameters& parameters, CommunityId id,
                    double success, double failure);

/// Weight of a broker's claim in a client's belief: broker.trust, less what failures have cost it.
double broker_trust(const Communities& communities, const Parameters& parameters, CommunityId id);

/// A member left for a destination: as the community sees it, and as its ties do. Either leaves
/// alone what the other changes.
void report_departure(Communities& communities, CommunityId id, std::size_t destination);
void report_departure_to_ties(Communities& communities, CommunityId id, std::size_t destination);

/// `change` members more (or fewer) live at the destination, or in the place of settlement.
void report_presence(Communities& communities, CommunityId id, std::size_t destination, int change);
void report_residence(Communities& communities, CommunityId id, int change);

/// Cases that a community's belief about a destination rests on, the prior included.
double evidence_weight(const Communities& communities, const Parameters& parameters, CommunityId id,
                       std::size_t destination);

/// Believed chance of protection from a prior worth `prior_weight` cases and from evidence in
/// cases; `announced` is taken off the log odds.
inline double believed_chance(double prior, double prior_weight, double positive, double negative,
                              double announced) {
  const double successes = prior_weight * prior + positive;
  const double failures = prior_weight * (1.0 - prior) + negative;
  const double doubt = failures * exact_exp(announced);  // exactly `failures` if nothing is said
  return successes / (successes + doubt);
}

}  // namespace onward
