#include "model/communities.h"

#include <algorithm>

namespace onward {

namespace {

std::size_t region_cell(const World& world, GroupId group, std::size_t region) {
  return group.index() * world.scenario.communities.regions.size() + region;
}

/// A community that opens is told what its ties know, and knows nothing else.
void inherit_evidence(Communities& communities, CommunityId id) {
  const auto row = static_cast<Eigen::Index>(id.index());
  communities.positive.row(row).setZero();
  communities.negative.row(row).setZero();
  communities.heard.col(row).setZero();
  communities.news.row(row).setZero();
  communities.kept_promises[id.index()] = communities.broken_promises[id.index()] = 0.0;
  int told = 0;
  for (const std::uint32_t tie : communities.ties(id)) {
    if (communities.joined[tie] == 0) continue;
    communities.positive.row(row) += communities.positive.row(tie);
    communities.negative.row(row) += communities.negative.row(tie);
    communities.heard.col(row) += communities.heard.col(tie);
    communities.news.row(row) += communities.news.row(tie);
    communities.kept_promises[id.index()] += communities.kept_promises[tie];
    communities.broken_promises[id.index()] += communities.broken_promises[tie];
    ++told;
  }
  if (told == 0) return;
  communities.positive.row(row) /= told;
  communities.negative.row(row) /= told;
  communities.heard.col(row) /= told;
  communities.news.row(row) /= told;
  communities.kept_promises[id.index()] /= told;
  communities.broken_promises[id.index()] /= told;
}

/// Adds what a member's case says, in cases, to the evidence `at(community)` of the community and
/// of its ties. If it says nothing, none of what lies here and there is looked at.
template <class At>
void tell_ties(const Communities& communities, const Parameters& parameters, CommunityId id,
               double cases, At at) {
  if (cases == 0.0) return;
  at(id.index()) += parameters.get<"belief.own_trust">() * cases;
  const double tied = parameters.get<"belief.tie_trust">();
  for (const std::uint32_t tie : communities.ties(id)) at(tie) += tied * cases;
}

}  // namespace

std::size_t region_of(const World& world, double draw) {
  const std::vector<Category>& regions = world.scenario.communities.regions;
  double left = draw * world.region_shares;
  std::size_t region = 0;
  while (region + 1 < regions.size() && left >= regions[region].share)
    left -= regions[region++].share;
  return region;
}

Filling::Filling(const Communities& communities, const World& world, GroupId group,
                 std::span<const std::uint32_t> before)
    : size_(static_cast<std::uint32_t>(world.scenario.communities.size)) {
  regions_.reserve(before.size());
  joinings_.reserve(2 * before.size());  // one of a region as a rule, two where one fills up
  for (std::size_t region = 0; region < before.size(); ++region) {
    const std::size_t cell = region_cell(world, group, region);
    const std::uint32_t first = communities.region_begin[cell];
    const std::uint32_t last = communities.region_begin[cell + 1] - 1;
    regions_.push_back({.community = std::min(first + before[region] / size_, last),
                        .last = last,
                        .room = size_ - before[region] % size_,
                        .joining = kNone});
  }
}

std::uint32_t Filling::next(std::size_t region) {
  Region& at = regions_[region];
  if (at.room == 0) {
    at.room = size_;
    if (at.community < at.last) {
      ++at.community;
      at.joining = kNone;
    }
  }
  if (at.joining == kNone) {
    at.joining = static_cast<std::uint32_t>(joinings_.size());
    joinings_.push_back({.community = at.community});
  }
  --at.room;
  ++joinings_[at.joining].people;
  return at.community;
}

void join(Communities& communities, std::span<const Joining> joinings) {
  for (const Joining& joining : joinings) {
    const CommunityId id{joining.community};
    if (communities.joined[id.index()] == 0) inherit_evidence(communities, id);
    communities.joined[id.index()] += joining.people;
    report_residence(communities, id, static_cast<int>(joining.people));
  }
}

void report_outcome(Communities& communities, const Parameters& parameters, CommunityId id,
                    std::size_t destination, double success, double failure) {
  const auto add = [&](CommunityTable& table, double cases) {
    tell_ties(communities, parameters, id, cases, [&](std::size_t community) -> double& {
      return row_of(table, community)[destination];
    });
  };
  add(communities.positive, success);
  add(communities.negative, failure);
  const double everyone = parameters.get<"belief.public_trust">();
  communities.public_positive[destination] += everyone * success;
  communities.public_negative[destination] += everyone * failure;
}

void report_promise(Communities& communities, const Parameters& parameters, CommunityId id,
                    double success, double failure) {
  const auto add = [&](std::vector<double>& promises, double cases) {
    tell_ties(communities, parameters, id, cases,
              [&](std::size_t community) -> double& { return promises[community]; });
  };
  add(communities.kept_promises, success);
  add(communities.broken_promises, failure);
}

double broker_trust(const Communities& communities, const Parameters& parameters, CommunityId id) {
  const double kept = parameters.get<"broker.credulity">() + communities.kept_promises[id.index()];
  const double broken = communities.broken_promises[id.index()];
  return parameters.get<"broker.trust">() * kept / (kept + broken);
}

void report_departure(Communities& communities, CommunityId id, std::size_t destination) {
  row_of(communities.departures, id.index())[destination] += 1.0;
  communities.all_departures[destination] += 1.0;
}

void report_departure_to_ties(Communities& communities, CommunityId id, std::size_t destination) {
  for (const std::uint32_t tie : communities.ties(id))
    row_of(communities.tied_departures, tie)[destination] += 1.0;
}

void report_presence(Communities& communities, CommunityId id, std::size_t destination,
                     int change) {
  const auto d = static_cast<Eigen::Index>(destination);
  communities.abroad(static_cast<Eigen::Index>(id.index()), d) += change;
  for (const std::uint32_t tie : communities.ties(id)) communities.tied_abroad(tie, d) += change;
  communities.all_abroad[destination] += change;
}

void report_residence(Communities& communities, CommunityId id, int change) {
  communities.members[id.index()] += static_cast<std::uint32_t>(change);
  for (const std::uint32_t tie : communities.ties(id))
    communities.tied_members[tie] += static_cast<std::uint32_t>(change);
}

double evidence_weight(const Communities& communities, const Parameters& parameters, CommunityId id,
                       std::size_t destination) {
  const auto c = static_cast<Eigen::Index>(id.index());
  const auto d = static_cast<Eigen::Index>(destination);
  return parameters.get<"belief.prior_weight">() + communities.positive(c, d) +
         communities.negative(c, d) + communities.public_positive[destination] +
         communities.public_negative[destination];
}

}  // namespace onward
