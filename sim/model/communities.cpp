#include "model/communities.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "core/elementary.h"
#include "core/parallel.h"
#include "model/purpose.h"
#include "model/state.h"

namespace onward {

namespace {

constexpr int kNever = -1'000'000;

std::size_t region_cell(const World& world, GroupId group, std::size_t region) {
  return group.index() * world.scenario.communities.regions.size() + region;
}

double total_arrivals(const World& world, const Group& group) {
  double people = 0.0;
  for (const auto& [year, count] : group.arrivals) {
    if (year <= world.scenario.end.year()) people += count;
  }
  return people;
}

double total_share(const std::vector<Category>& regions) {
  double total = 0.0;
  for (const Category& region : regions) total += region.share;
  return total;
}

/// Communities keep their draws under their number within the group.
Entity community_entity(const World& world, GroupId group, std::size_t number) {
  return {world.group_prefix[group.index()] | number};
}

using TieSets = std::vector<std::set<std::uint32_t>>;

/// Draws `count` partners of `self` among the communities [begin, end).
void draw_ties(TieSets& ties, RunKey key, Entity entity, std::uint32_t kind, std::uint32_t self, IndexRange among,
               int count) {
  const std::size_t size = among.end - among.begin;
  for (int i = 0; i < count; ++i) {
    const double u = draw_uniform(key, entity, purpose::kTies, kind, static_cast<std::uint32_t>(i));
    const auto other = static_cast<std::uint32_t>(among.begin + static_cast<std::size_t>(u * static_cast<double>(size)));
    if (other == self) continue;
    ties[self].insert(other);
    ties[other].insert(self);
  }
}

void lay_ties(Communities& communities, const World& world, RunKey key) {
  const CommunityPlan& plan = world.scenario.communities;
  const std::size_t regions = plan.regions.size();
  TieSets ties(communities.size());
  for (std::size_t g = 0; g < world.group_count(); ++g) {
    const IndexRange all{communities.region_begin[g * regions], communities.region_begin[(g + 1) * regions]};
    for (std::size_t r = 0; r < regions; ++r) {
      const IndexRange region{communities.region_begin[g * regions + r], communities.region_begin[g * regions + r + 1]};
      for (std::size_t c = region.begin; c < region.end; ++c) {
        const Entity entity = community_entity(world, GroupId{g}, communities.number[c]);
        const auto self = static_cast<std::uint32_t>(c);
        // Each side draws half of its ties; the partner draws the other half.
        draw_ties(ties, key, entity, 0, self, region, (plan.ties + 1) / 2);
        draw_ties(ties, key, entity, 1, self, all, (plan.far_ties + 1) / 2);
      }
    }
  }
  communities.tie_begin.push_back(0);
  for (const std::set<std::uint32_t>& partners : ties) {
    communities.tie_list.insert(communities.tie_list.end(), partners.begin(), partners.end());
    communities.tie_begin.push_back(static_cast<std::uint32_t>(communities.tie_list.size()));
  }
}

/// A community that opens is told what its ties know.
void inherit_evidence(Communities& communities, CommunityId id) {
  const auto row = static_cast<Eigen::Index>(id.index());
  int told = 0;
  for (const std::uint32_t tie : communities.ties(id)) {
    if (communities.joined[tie] == 0) continue;
    communities.positive.row(row) += communities.positive.row(tie);
    communities.negative.row(row) += communities.negative.row(tie);
    communities.heard.row(row) += communities.heard.row(tie);
    ++told;
  }
  if (told == 0) return;
  communities.positive.row(row) /= told;
  communities.negative.row(row) /= told;
  communities.heard.row(row) /= told;
}

}  // namespace

Communities lay_communities(const World& world, RunKey key) {
  Communities communities;
  const CommunityPlan& plan = world.scenario.communities;
  const double shares = total_share(plan.regions);
  for (std::size_t g = 0; g < world.group_count(); ++g) {
    const double people = total_arrivals(world, world.group(GroupId{g}));
    for (const Category& region : plan.regions) {
      communities.region_begin.push_back(static_cast<std::uint32_t>(communities.size()));
      const double count = std::ceil(people * region.share / shares / plan.size);
      const auto more = static_cast<std::size_t>(std::max(1.0, count));
      communities.group.resize(communities.size() + more, static_cast<std::uint8_t>(g));
    }
    const std::size_t first = communities.number.size();
    for (std::size_t c = first; c < communities.size(); ++c) {
      communities.number.push_back(static_cast<std::uint32_t>(c - first));
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
  for (CommunityTable* table : {&communities.positive, &communities.negative, &communities.heard,
                                &communities.departures, &communities.tied_departures, &communities.abroad,
                                &communities.tied_abroad}) {
    table->setZero(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(destinations));
  }
  communities.public_positive.assign(destinations, 0.0);
  communities.public_negative.assign(destinations, 0.0);
  communities.all_departures.assign(destinations, 0.0);
  communities.last_announcement.assign(destinations, kNever);
  for (const PlaceId place : world.destinations) {
    communities.all_abroad.push_back(world.place(place).population_abroad);
  }
  return communities;
}

CommunityId join_community(Communities& communities, const World& world, GroupId group, double region_draw) {
  const std::vector<Category>& regions = world.scenario.communities.regions;
  double left = region_draw * total_share(regions);
  std::size_t region = 0;
  while (region + 1 < regions.size() && left >= regions[region].share) left -= regions[region++].share;

  const std::size_t cell = region_cell(world, group, region);
  const std::uint32_t first = communities.region_begin[cell];
  const std::uint32_t last = communities.region_begin[cell + 1] - 1;
  const std::uint32_t before = communities.region_joined[cell]++;
  // More people than expected share the last community.
  const auto size = static_cast<std::uint32_t>(world.scenario.communities.size);
  const CommunityId id{std::min(first + before / size, last)};
  if (communities.joined[id.index()]++ == 0) inherit_evidence(communities, id);
  report_residence(communities, id, 1);
  return id;
}

void report_outcome(Communities& communities, const Parameters& parameters, CommunityId id, std::size_t destination,
                    double success, double failure) {
  const auto d = static_cast<Eigen::Index>(destination);
  const auto add = [&](std::size_t community, double trust) {
    communities.positive(static_cast<Eigen::Index>(community), d) += trust * success;
    communities.negative(static_cast<Eigen::Index>(community), d) += trust * failure;
  };
  add(id.index(), parameters.get<"belief.own_trust">());
  for (const std::uint32_t tie : communities.ties(id)) add(tie, parameters.get<"belief.tie_trust">());
  const double everyone = parameters.get<"belief.public_trust">();
  communities.public_positive[destination] += everyone * success;
  communities.public_negative[destination] += everyone * failure;
}

void report_departure(Communities& communities, CommunityId id, std::size_t destination) {
  const auto d = static_cast<Eigen::Index>(destination);
  communities.departures(static_cast<Eigen::Index>(id.index()), d) += 1.0;
  for (const std::uint32_t tie : communities.ties(id)) communities.tied_departures(tie, d) += 1.0;
  communities.all_departures[destination] += 1.0;
}

void report_presence(Communities& communities, CommunityId id, std::size_t destination, int change) {
  const auto d = static_cast<Eigen::Index>(destination);
  communities.abroad(static_cast<Eigen::Index>(id.index()), d) += change;
  for (const std::uint32_t tie : communities.ties(id)) communities.tied_abroad(tie, d) += change;
  communities.all_abroad[destination] += change;
}

void report_residence(Communities& communities, CommunityId id, int change) {
  communities.members[id.index()] += static_cast<std::uint32_t>(change);
  for (const std::uint32_t tie : communities.ties(id)) communities.tied_members[tie] += static_cast<std::uint32_t>(change);
}

double evidence_weight(const Communities& communities, const Parameters& parameters, CommunityId id,
                       std::size_t destination) {
  const auto c = static_cast<Eigen::Index>(id.index());
  const auto d = static_cast<Eigen::Index>(destination);
  return parameters.get<"belief.prior_weight">() + communities.positive(c, d) + communities.negative(c, d) +
         communities.public_positive[destination] + communities.public_negative[destination];
}

double believed_chance(double prior, double prior_weight, double positive, double negative, double announced) {
  // logit p = logit((n0 p0 + a) / (n0 + a + b)) - announced, with one exponential and one division.
  const double successes = prior_weight * prior + positive;
  const double failures = prior_weight * (1.0 - prior) + negative;
  return successes / (successes + failures * exact_exp(announced));
}

namespace {

double hearing(const Parameters& parameters, Publicity publicity) {
  if (publicity == Publicity::kSilent) return 0.0;
  return publicity == Publicity::kLoud ? parameters.get<"belief.hearing_loud">()
                                       : parameters.get<"belief.hearing_press">();
}

void fade(Communities& communities, const World& world) {
  communities.positive *= world.evidence_kept;
  communities.negative *= world.evidence_kept;
  communities.departures *= world.buzz_kept;
  communities.tied_departures *= world.buzz_kept;
  for (double& value : communities.public_positive) value *= world.evidence_kept;
  for (double& value : communities.public_negative) value *= world.evidence_kept;
  for (double& value : communities.all_departures) value *= world.buzz_kept;
}

/// Some hear an announcement in its month; those who heard of the one before must hear again, as
/// far as it has faded.
void hear_announcements(Communities& communities, const Month& month) {
  const Parameters& parameters = month.parameters();
  for (const Announcement& news : month.world.policy.announcements(month.index)) {
    const std::size_t destination = month.world.destination_of[news.place.index()];
    if (destination == World::kNowhere) continue;
    int& last = communities.last_announcement[destination];
    const double memory = parameters.get<"belief.memory">();
    const double kept = exact_exp(-(month.index - last) / memory);
    const double reached = hearing(parameters, news.publicity);
    auto column = communities.heard.col(static_cast<Eigen::Index>(destination)).array();
    column = reached + (1.0 - reached) * kept * column;
    last = month.index;
  }
}

/// From this share on, passing on changes nothing worth the work.
constexpr double kAllHeard = 0.9999;

/// Tied communities pass on what they have heard.
void pass_on_announcements(Communities& communities, const Month& month) {
  const double rate = month.parameters().get<"belief.hearing_spread">();
  for (std::size_t destination = 0; destination < month.world.destinations.size(); ++destination) {
    if (communities.last_announcement[destination] == kNever) continue;
    const auto d = static_cast<Eigen::Index>(destination);
    const Eigen::VectorXd before = communities.heard.col(d);
    for (std::size_t c = 0; c < communities.size(); ++c) {
      const auto ties = communities.ties(CommunityId{c});
      const auto row = static_cast<Eigen::Index>(c);
      if (ties.empty() || communities.joined[c] == 0 || before(row) > kAllHeard) continue;
      double mean = 0.0;
      for (const std::uint32_t tie : ties) mean += before(tie);
      mean /= static_cast<double>(ties.size());
      if (mean == 0.0) continue;
      communities.heard(row, d) += (1.0 - before(row)) * (1.0 - exact_exp(-rate * mean));
    }
  }
}

/// Brokers praise their products to the communities they serve.
void advertise(State& state, const Month& month) {
  const double rumour = month.parameters().get<"broker.rumour">();
  if (rumour == 0.0) return;
  std::vector<std::vector<Eigen::Index>> praised(state.brokers.slots.size());
  for (std::size_t slot = 0; slot < praised.size(); ++slot) {
    const std::vector<std::uint8_t>& offers = state.brokers.slots[slot].offers;
    for (std::size_t product = 0; product < offers.size(); ++product) {
      if (offers[product] != 0) praised[slot].push_back(static_cast<Eigen::Index>(product / 2));
    }
  }
  for (std::size_t c = 0; c < state.communities.size(); ++c) {
    for (const std::uint16_t slot : state.brokers.serving[c]) {
      for (const Eigen::Index d : praised[slot]) state.communities.positive(static_cast<Eigen::Index>(c), d) += rumour;
    }
  }
}

/// Severity of news times its weight on the log odds, by group and destination.
std::vector<double> announced_log_odds(const Month& month) {
  const World& world = month.world;
  std::vector<double> weights;
  for (std::size_t g = 0; g < world.group_count(); ++g) {
    for (const PlaceId place : world.destinations) {
      const double severity = world.policy.severity(month.index, place, GroupId{g});
      weights.push_back(month.parameters().get<"belief.announcement">() * severity);
    }
  }
  return weights;
}

void renew_beliefs(State& state, const Month& month) {
  const World& world = month.world;
  const Communities& communities = state.communities;
  const double prior_weight = month.parameters().get<"belief.prior_weight">();
  const std::vector<double> announced = announced_log_odds(month);
  std::vector<double> priors;
  for (const PlaceId place : world.destinations) {
    priors.push_back(world.place(place).prior_belief.value_or(month.parameters().get<"belief.prior">()));
  }
  for (std::size_t c = 0; c < communities.size(); ++c) {
    if (communities.joined[c] == 0) continue;
    const auto row = static_cast<Eigen::Index>(c);
    const double* news = announced.data() + communities.group[c] * priors.size();
    const double* positive = &communities.positive(row, 0);
    const double* negative = &communities.negative(row, 0);
    const double* heard = &communities.heard(row, 0);
    double* belief = &state.signals.belief(row, 0);
    for (std::size_t d = 0; d < priors.size(); ++d) {
      belief[d] = believed_chance(priors[d], prior_weight, positive[d] + communities.public_positive[d],
                                  negative[d] + communities.public_negative[d], news[d] * heard[d]);
    }
  }
}

void renew_mean_beliefs(State& state, const Month& month) {
  const Communities& communities = state.communities;
  double members = 0.0;
  for (const std::uint32_t count : communities.members) members += count;
  for (std::size_t destination = 0; destination < month.world.destinations.size(); ++destination) {
    const auto d = static_cast<Eigen::Index>(destination);
    double sum = 0.0;
    for (std::size_t c = 0; c < communities.size(); ++c) {
      sum += communities.members[c] * state.signals.belief(static_cast<Eigen::Index>(c), d);
    }
    state.signals.mean_belief[destination] = members == 0.0 ? 0.0 : sum / members;
  }
}

void renew_buzz(State& state, const Month& month) {
  const Parameters& parameters = month.parameters();
  const Communities& communities = state.communities;
  const double tie_weight = parameters.get<"attention.tie_weight">();
  const double public_weight = parameters.get<"attention.public_weight">();
  const double scale = 1.0 / (1.0 + tie_weight + public_weight);
  double everyone = 0.0;
  for (const std::uint32_t members : communities.members) everyone += members;
  // A community of a few people should not be set on fire by one departure.
  const double fewest = 0.5 * month.world.scenario.communities.size;
  const double of_all = scale * public_weight / std::max(fewest, everyone);
  for (std::size_t c = 0; c < communities.size(); ++c) {
    if (communities.joined[c] == 0) continue;
    const double of_own = scale / std::max(fewest, static_cast<double>(communities.members[c]));
    const double of_ties = scale * tie_weight / std::max(fewest, static_cast<double>(communities.tied_members[c]));
    const auto row = static_cast<Eigen::Index>(c);
    for (std::size_t d = 0; d < month.world.destinations.size(); ++d) {
      const auto column = static_cast<Eigen::Index>(d);
      state.signals.buzz(row, column) = of_own * communities.departures(row, column) +
                                        of_ties * communities.tied_departures(row, column) +
                                        of_all * communities.all_departures[d];
    }
  }
}

void renew_diaspora(State& state, const Month& month) {
  const Communities& communities = state.communities;
  const double tie = month.parameters().get<"choice.diaspora_tie">();
  const double everyone = month.parameters().get<"choice.diaspora_public">();
  state.signals.diaspora = communities.abroad + tie * communities.tied_abroad;
  for (std::size_t destination = 0; destination < communities.all_abroad.size(); ++destination) {
    state.signals.diaspora.col(static_cast<Eigen::Index>(destination)).array() +=
        everyone * communities.all_abroad[destination];
  }
}

/// Expected time of a claim: evidence, then the cases in front divided by the decisions a month.
void renew_waits(State& state, const Month& month) {
  const World& world = month.world;
  std::vector<double> waiting(world.destinations.size(), 0.0);
  for (const Move& move : state.pending) {
    if (move.ready <= month.index) waiting[world.destination_of[move.place.index()]] += 1.0;
  }
  for (std::size_t destination = 0; destination < waiting.size(); ++destination) {
    const LeverValues& levers = month.levers(world.destinations[destination], GroupId{});
    const double capacity = std::max(levers.get<"capacity">(), 0.1);
    state.signals.wait[destination] = levers.get<"evidence_months">() + waiting[destination] / capacity;
  }
}

/// A held channel keeps the values of the first month.
bool renews(ChannelMode mode, const Month& month) { return mode == ChannelMode::kOn || month.index == 0; }

}  // namespace

void spread_information(State& state, const Month& month) {
  fade(state.communities, month.world);
  hear_announcements(state.communities, month);
  pass_on_announcements(state.communities, month);
  advertise(state, month);
  const Interaction& interaction = month.world.scenario.interaction;
  if (renews(interaction.beliefs, month)) renew_beliefs(state, month);
  renew_mean_beliefs(state, month);
  if (renews(interaction.buzz, month)) renew_buzz(state, month);
  if (renews(interaction.diaspora, month)) renew_diaspora(state, month);
  if (renews(interaction.queues, month)) renew_waits(state, month);
}

}  // namespace onward
