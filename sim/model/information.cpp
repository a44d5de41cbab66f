#include "model/information.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include "core/elementary.h"
#include "core/vectorise.h"
#include "model/adverts.h"
#include "model/announcements.h"
#include "model/path.h"
#include "model/state.h"

namespace onward {

namespace {

using CommunityList = std::vector<std::uint32_t>;
/// Some communities of a list.
using CommunitySpan = std::span<const std::uint32_t>;

constexpr std::size_t kCommunitiesPerChunk = 512;

/// Deals with the communities of a list, some at a time, on all threads.
template <class Deal>
void deal_with(ThreadTeam& team, CommunitySpan list, Deal deal) {
  const std::size_t chunks = chunk_count(list.size(), kCommunitiesPerChunk);
  team.for_each_chunk(chunks, [&](std::size_t chunk) {
    const IndexRange range = chunk_range(chunk, kCommunitiesPerChunk, list.size());
    deal(list.subspan(range.begin, range.end - range.begin));
  });
}

CommunityList open_communities(const Communities& communities) {
  CommunityList open;
  open.reserve(communities.size());
  for (std::size_t c = 0; c < communities.size(); ++c) {
    if (communities.joined[c] != 0) open.push_back(static_cast<std::uint32_t>(c));
  }
  return open;
}

CommunityList all_communities(const Communities& communities) {
  CommunityList all(communities.size());
  std::iota(all.begin(), all.end(), 0u);
  return all;
}

ONWARD_VECTORISED void scale(double* values, std::size_t count, double factor) {
  for (std::size_t i = 0; i < count; ++i) values[i] *= factor;
}

void scale(std::vector<double>& values, double factor) {
  scale(values.data(), values.size(), factor);
}

/// Lets what the members of a community know fade.
inline void forget(double* __restrict positive, double* __restrict negative,
                   double* __restrict news, double* __restrict departures, std::size_t count,
                   double evidence_kept, double buzz_kept) {
  for (std::size_t d = 0; d < count; ++d) {
    positive[d] *= evidence_kept;
    negative[d] *= evidence_kept;
    news[d] *= evidence_kept;
    departures[d] *= buzz_kept;
  }
}

/// Communities that have not opened know nothing yet.
ONWARD_VECTORISED void forget(Communities& communities, CommunitySpan open, const World& world) {
  const std::size_t destinations = world.destinations.size();
  double* positive = communities.positive.data();
  double* negative = communities.negative.data();
  double* news = communities.news.data();
  double* departures = communities.departures.data();
  const double evidence_kept = world.evidence_kept;
  const double buzz_kept = world.buzz_kept;
  for (const std::uint32_t c : open) {
    const std::size_t row = c * destinations;
    forget(positive + row, negative + row, news + row, departures + row, destinations,
           evidence_kept, buzz_kept);
  }
}

void fade(Communities& communities, const CommunityList& open, const World& world,
          ThreadTeam& team) {
  deal_with(team, open, [&](CommunitySpan some) { forget(communities, some, world); });
  CommunityTable& tied = communities.tied_departures;
  scale(tied.data(), static_cast<std::size_t>(tied.size()), world.buzz_kept);
  scale(communities.kept_promises, world.evidence_kept);
  scale(communities.broken_promises, world.evidence_kept);
  scale(communities.public_positive, world.evidence_kept);
  scale(communities.public_negative, world.evidence_kept);
  scale(communities.all_departures, world.buzz_kept);
}

/// Adds `weight` times `row` to `sum`.
inline void accumulate(double* __restrict sum, const double* __restrict row, std::size_t count,
                       double weight) {
  for (std::size_t d = 0; d < count; ++d) sum[d] += weight * row[d];
}

/// What the beliefs of all communities rest on: their own evidence and news by community and
/// destination, what all share by destination.
struct Grounds {
  const double* prior;
  const double* positive;
  const double* negative;
  const double* public_positive;
  const double* public_negative;
  const double* news;
  double prior_weight;
  double weight;  ///< of the severity of news on the log odds
};

inline void believe(const Grounds& of, std::size_t row, double* __restrict belief,
                    std::size_t count) {
  const double* positive = of.positive + row;
  const double* negative = of.negative + row;
  const double* news = of.news + row;
  const double prior_weight = of.prior_weight;
  const double weight = of.weight;
  for (std::size_t d = 0; d < count; ++d) {
    belief[d] = believed_chance(of.prior[d], prior_weight, positive[d] + of.public_positive[d],
                                negative[d] + of.public_negative[d], weight * news[d]);
  }
}

ONWARD_VECTORISED void believe(const Grounds& of, CommunitySpan some, CommunityTable& beliefs) {
  double* belief = beliefs.data();
  const auto destinations = static_cast<std::size_t>(beliefs.cols());
  for (const std::uint32_t c : some)
    believe(of, c * destinations, belief + c * destinations, destinations);
}

void renew_beliefs(State& state, const CommunityList& list, const Month& month, ThreadTeam& team) {
  const World& world = month.world;
  const Communities& communities = state.communities;
  std::vector<double> priors;
  priors.reserve(world.destinations.size());
  for (const PlaceId place : world.destinations) {
    priors.push_back(
        world.place(place).prior_belief.value_or(month.parameters().get<"belief.prior">()));
  }
  const Grounds grounds{.prior = priors.data(),
                        .positive = communities.positive.data(),
                        .negative = communities.negative.data(),
                        .public_positive = communities.public_positive.data(),
                        .public_negative = communities.public_negative.data(),
                        .news = communities.news.data(),
                        .prior_weight = month.parameters().get<"belief.prior_weight">(),
                        .weight = month.parameters().get<"belief.announcement">()};
  deal_with(team, list, [&](CommunitySpan some) { believe(grounds, some, state.signals.belief); });
}

ONWARD_VECTORISED void renew_mean_beliefs(State& state, const CommunityList& open,
                                          const Month& month) {
  const std::uint32_t* members_of = state.communities.members.data();
  const double* belief = state.signals.belief.data();
  const std::size_t destinations = month.world.destinations.size();
  double members = 0.0;
  std::vector<double> sum(destinations, 0.0);
  for (const std::uint32_t c : open) {
    if (members_of[c] == 0) continue;
    members += members_of[c];
    accumulate(sum.data(), belief + c * destinations, destinations, members_of[c]);
  }
  for (std::size_t d = 0; d < destinations; ++d)
    state.signals.mean_belief[d] = members == 0.0 ? 0.0 : sum[d] / members;
}

/// Weights on departures of members, of tied communities and of all.
struct BuzzWeights {
  double own;
  double ties;
  double all;
};

inline void talk(const BuzzWeights& of, const double* own, const double* ties, const double* all,
                 double* __restrict buzz, std::size_t count) {
  const auto [of_own, of_ties, of_all] = of;
  for (std::size_t d = 0; d < count; ++d)
    buzz[d] = of_own * own[d] + of_ties * ties[d] + of_all * all[d];
}

/// Members of all communities in the place of settlement.
double all_members(const Communities& communities) {
  double all = 0.0;
  for (const std::uint32_t members : communities.members) all += members;
  return all;
}

ONWARD_VECTORISED void renew_buzz(State& state, CommunitySpan some, const Month& month,
                                  double everyone) {
  const Parameters& parameters = month.parameters();
  const Communities& communities = state.communities;
  const double tie_weight = parameters.get<"attention.tie_weight">();
  const double public_weight = parameters.get<"attention.public_weight">();
  const double scale = 1.0 / (1.0 + tie_weight + public_weight);
  // A community of a few people should not be set on fire by one departure.
  const double fewest = 0.5 * month.world.scenario.communities.size;
  const double of_all = scale * public_weight / std::max(fewest, everyone);
  const std::uint32_t* members = communities.members.data();
  const std::uint32_t* tied_members = communities.tied_members.data();
  const double* own = communities.departures.data();
  const double* ties = communities.tied_departures.data();
  const double* all = communities.all_departures.data();
  double* buzz = state.signals.buzz.data();
  const std::size_t destinations = month.world.destinations.size();
  for (const std::uint32_t c : some) {
    const std::size_t row = c * destinations;
    const double of_own = scale / std::max(fewest, static_cast<double>(members[c]));
    const double of_ties =
        scale * tie_weight / std::max(fewest, static_cast<double>(tied_members[c]));
    talk({.own = of_own, .ties = of_ties, .all = of_all}, own + row, ties + row, all, buzz + row,
         destinations);
  }
}

inline void know(const double* own, const double* ties, const double* all, double tie,
                 double everyone, double* __restrict known, std::size_t count) {
  for (std::size_t d = 0; d < count; ++d) known[d] = own[d] + tie * ties[d] + everyone * all[d];
}

ONWARD_VECTORISED void renew_diaspora(State& state, CommunitySpan some, const Month& month) {
  const Communities& communities = state.communities;
  const double tie = month.parameters().get<"choice.diaspora_tie">();
  const double everyone = month.parameters().get<"choice.diaspora_public">();
  const double* own = communities.abroad.data();
  const double* ties = communities.tied_abroad.data();
  const double* all = communities.all_abroad.data();
  double* known = state.signals.diaspora.data();
  const std::size_t destinations = communities.all_abroad.size();
  for (const std::uint32_t c : some) {
    const std::size_t row = c * destinations;
    know(own + row, ties + row, all, tie, everyone, known + row, destinations);
  }
}

void count_queues(State& state, const Month& month) {
  std::vector<double>& queue = state.signals.queue;
  for (std::size_t destination = 0; destination < queue.size(); ++destination)
    queue[destination] = state.pending.due(month.world.destinations[destination], month.index);
}

/// Expected time of a claim: evidence (mean over groups), then the cases in front divided by the
/// decisions a month.
void renew_waits(State& state, const Month& month) {
  const World& world = month.world;
  const std::vector<double>& queue = state.signals.queue;
  const double* evidence = world.prospects.evidence(month.regime());
  for (std::size_t destination = 0; destination < queue.size(); ++destination) {
    const PlaceId place = world.destinations[destination];
    const double capacity = std::max(month.levers(place, GroupId{}).get<"capacity">(), 0.1);
    state.signals.wait[destination] = evidence[destination] + queue[destination] / capacity;
  }
}

/// A held channel keeps the values of the first month.
bool renews(ChannelMode mode, const Month& month) {
  return mode == ChannelMode::kOn || month.index == 0;
}

}  // namespace

void spread_information(State& state, const Month& month, ThreadTeam& team) {
  const CommunityList open = open_communities(state.communities);
  // In the first month what all act on is worked out, for channels that are held.
  const CommunityList list = month.index == 0 ? all_communities(state.communities) : open;
  fade(state.communities, open, month.world, team);
  spread_announcements(state.communities, month);
  deal_with(team, open, [&](CommunitySpan some) { advertise(state, some, month); });
  const Interaction& interaction = month.world.scenario.interaction;
  const bool renews_buzz = renews(interaction.buzz, month);
  const bool renews_diaspora = renews(interaction.diaspora, month);
  const double everyone = all_members(state.communities);
  deal_with(team, list, [&](CommunitySpan some) {
    if (renews_buzz) renew_buzz(state, some, month, everyone);
    if (renews_diaspora) renew_diaspora(state, some, month);
  });
  if (renews(interaction.queues, month)) count_queues(state, month);
  follow_information(state, month);
  if (renews(interaction.beliefs, month)) renew_beliefs(state, list, month, team);
  renew_mean_beliefs(state, open, month);
  if (renews(interaction.queues, month)) renew_waits(state, month);
}

}  // namespace onward
