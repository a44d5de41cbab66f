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

/// People who are there or arrive in the years that the table has, whether or not the run lasts.
double total_arrivals(const Group& group) {
  double people = 0.0;
  for (const auto& [year, count] : group.arrivals) people += count;
  return people;
}

double total_share(const std::vector<Category>& regions) {
  double total = 0.0;
  for (const Category& region : regions) total += region.share;
  return total;
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

using TieSets = std::vector<std::set<std::uint32_t>>;

void tie(TieSets& ties, std::size_t a, std::size_t b) {
  ties[a].insert(static_cast<std::uint32_t>(b));
  ties[b].insert(static_cast<std::uint32_t>(a));
}

/// Ties a community to some of the `earlier` first communities of the region that begins at
/// `begin`.
void tie_to_earlier(TieSets& ties, RunKey key, Entity entity, std::uint32_t kind, std::size_t self,
                    std::size_t begin, double earlier, int count) {
  if (earlier < 1.0) return;
  for (int i = 0; i < count; ++i) {
    const double u = draw_uniform(key, entity, purpose::kTies, kind, static_cast<std::uint32_t>(i));
    const std::size_t other = begin + static_cast<std::size_t>(u * earlier);
    if (other != self) tie(ties, self, other);
  }
}

/// Each community draws half of its mean number of ties; those that open later draw the other half.
void lay_ties_of_group(TieSets& ties, const Communities& communities, const World& world,
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
  TieSets ties(communities.size());
  for (std::size_t g = 0; g < world.group_count(); ++g)
    lay_ties_of_group(ties, communities, world, key, g);
  communities.tie_begin.push_back(0);
  for (const std::set<std::uint32_t>& partners : ties) {
    communities.tie_list.insert(communities.tie_list.end(), partners.begin(), partners.end());
    communities.tie_begin.push_back(static_cast<std::uint32_t>(communities.tie_list.size()));
  }
}

/// A community that opens is told what its ties know, and knows nothing else.
void inherit_evidence(Communities& communities, CommunityId id) {
  const auto row = static_cast<Eigen::Index>(id.index());
  communities.positive.row(row).setZero();
  communities.negative.row(row).setZero();
  communities.heard.row(row).setZero();
  communities.news.row(row).setZero();
  int told = 0;
  for (const std::uint32_t tie : communities.ties(id)) {
    if (communities.joined[tie] == 0) continue;
    communities.positive.row(row) += communities.positive.row(tie);
    communities.negative.row(row) += communities.negative.row(tie);
    communities.heard.row(row) += communities.heard.row(tie);
    communities.news.row(row) += communities.news.row(tie);
    ++told;
  }
  if (told == 0) return;
  communities.positive.row(row) /= told;
  communities.negative.row(row) /= told;
  communities.heard.row(row) /= told;
  communities.news.row(row) /= told;
}

}  // namespace

Communities lay_communities(const World& world, RunKey key) {
  Communities communities;
  const CommunityPlan& plan = world.scenario.communities;
  const double shares = total_share(plan.regions);
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
       {&communities.positive, &communities.negative, &communities.heard, &communities.news,
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

CommunityId join_community(Communities& communities, const World& world, GroupId group,
                           double region_draw) {
  const std::vector<Category>& regions = world.scenario.communities.regions;
  double left = region_draw * total_share(regions);
  std::size_t region = 0;
  while (region + 1 < regions.size() && left >= regions[region].share)
    left -= regions[region++].share;

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

void report_outcome(Communities& communities, const Parameters& parameters, CommunityId id,
                    std::size_t destination, double success, double failure) {
  const auto d = static_cast<Eigen::Index>(destination);
  const auto add = [&](std::size_t community, double trust) {
    communities.positive(static_cast<Eigen::Index>(community), d) += trust * success;
    communities.negative(static_cast<Eigen::Index>(community), d) += trust * failure;
  };
  add(id.index(), parameters.get<"belief.own_trust">());
  for (const std::uint32_t tie : communities.ties(id))
    add(tie, parameters.get<"belief.tie_trust">());
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

namespace {

double hearing(const Parameters& parameters, Publicity publicity) {
  if (publicity == Publicity::kSilent) return 0.0;
  return publicity == Publicity::kLoud ? parameters.get<"belief.hearing_loud">()
                                       : parameters.get<"belief.hearing_press">();
}

void fade(Communities& communities, const World& world) {
  communities.positive *= world.evidence_kept;
  communities.negative *= world.evidence_kept;
  communities.news *= world.evidence_kept;
  communities.departures *= world.buzz_kept;
  communities.tied_departures *= world.buzz_kept;
  for (double& value : communities.public_positive) value *= world.evidence_kept;
  for (double& value : communities.public_negative) value *= world.evidence_kept;
  for (double& value : communities.all_departures) value *= world.buzz_kept;
}

/// Severity of what has been announced, by group and destination.
std::vector<double> announced_severity(const Month& month) {
  std::vector<double> severity;
  for (std::size_t g = 0; g < month.world.group_count(); ++g) {
    for (const PlaceId place : month.world.destinations) {
      severity.push_back(month.world.policy.severity(month.index, place, GroupId{g}));
    }
  }
  return severity;
}

/// Lets a share `newly` of those who had not heard the newest announcement hear it: they give up
/// what they had heard before for the severity of today.
void hear(Communities& communities, Eigen::Index row, Eigen::Index column, double newly,
          double severity) {
  communities.heard(row, column) += newly * (1.0 - communities.heard(row, column));
  communities.news(row, column) += newly * (severity - communities.news(row, column));
}

/// Some hear an announcement in its month. Those who had heard the one before must hear again.
void hear_announcements(Communities& communities, const Month& month,
                        const std::vector<double>& severity) {
  const std::size_t destinations = month.world.destinations.size();
  for (const Announcement& announcement : month.world.policy.announcements(month.index)) {
    const std::size_t destination = month.world.destination_of[announcement.place.index()];
    if (destination == World::kNowhere) continue;
    const auto column = static_cast<Eigen::Index>(destination);
    const double reached = hearing(month.parameters(), announcement.publicity);
    communities.last_announcement[destination] = month.index;
    communities.heard.col(column).setZero();
    for (std::size_t c = 0; c < communities.size(); ++c) {
      const double today = severity[communities.group[c] * destinations + destination];
      hear(communities, static_cast<Eigen::Index>(c), column, reached, today);
    }
  }
}

/// From this share on, passing on changes nothing worth the work.
constexpr double kAllHeard = 0.9999;

/// Tied communities pass on what they have heard.
void pass_on_announcements(Communities& communities, const Month& month,
                           const std::vector<double>& severity) {
  const double rate = month.parameters().get<"belief.hearing_spread">();
  const std::size_t destinations = month.world.destinations.size();
  for (std::size_t destination = 0; destination < destinations; ++destination) {
    if (communities.last_announcement[destination] == kNever) continue;
    const auto column = static_cast<Eigen::Index>(destination);
    const Eigen::VectorXd before = communities.heard.col(column);
    for (std::size_t c = 0; c < communities.size(); ++c) {
      const auto row = static_cast<Eigen::Index>(c);
      if (communities.joined[c] == 0 || before(row) > kAllHeard) continue;
      double sum = 0.0;
      double open = 0.0;
      for (const std::uint32_t tied : communities.ties(CommunityId{c})) {
        if (communities.joined[tied] == 0) continue;
        sum += before(tied);
        open += 1.0;
      }
      if (sum == 0.0) continue;
      const double today = severity[communities.group[c] * destinations + destination];
      const double told = 1.0 - exact_exp(-rate * sum / open);
      hear(communities, row, column, told, today);
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
      for (const Eigen::Index d : praised[slot])
        state.communities.positive(static_cast<Eigen::Index>(c), d) += rumour;
    }
  }
}

void renew_beliefs(State& state, const Month& month) {
  const World& world = month.world;
  const Communities& communities = state.communities;
  const double prior_weight = month.parameters().get<"belief.prior_weight">();
  const double weight = month.parameters().get<"belief.announcement">();
  std::vector<double> priors;
  for (const PlaceId place : world.destinations) {
    priors.push_back(
        world.place(place).prior_belief.value_or(month.parameters().get<"belief.prior">()));
  }
  for (std::size_t c = 0; c < communities.size(); ++c) {
    // In the first month all are worked out, for channels that are held.
    if (communities.joined[c] == 0 && month.index > 0) continue;
    const auto row = static_cast<Eigen::Index>(c);
    const double* positive = &communities.positive(row, 0);
    const double* negative = &communities.negative(row, 0);
    const double* news = &communities.news(row, 0);
    double* belief = &state.signals.belief(row, 0);
    for (std::size_t d = 0; d < priors.size(); ++d) {
      belief[d] =
          believed_chance(priors[d], prior_weight, positive[d] + communities.public_positive[d],
                          negative[d] + communities.public_negative[d], weight * news[d]);
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
    const double of_ties =
        scale * tie_weight / std::max(fewest, static_cast<double>(communities.tied_members[c]));
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

/// Expected time of a claim: evidence (mean over groups), then the cases in front divided by the
/// decisions a month.
void renew_waits(State& state, const Month& month) {
  const World& world = month.world;
  std::vector<double> waiting(world.destinations.size(), 0.0);
  for (const Move& move : state.pending) {
    if (move.ready <= month.index) waiting[world.destination_of[move.place.index()]] += 1.0;
  }
  for (std::size_t destination = 0; destination < waiting.size(); ++destination) {
    const PlaceId place = world.destinations[destination];
    double evidence = 0.0;
    for (std::size_t g = 0; g < world.group_count(); ++g) {
      evidence += month.levers(place, GroupId{g}).get<"evidence_months">();
    }
    const double capacity = std::max(month.levers(place, GroupId{}).get<"capacity">(), 0.1);
    state.signals.wait[destination] =
        evidence / static_cast<double>(world.group_count()) + waiting[destination] / capacity;
  }
}

/// A held channel keeps the values of the first month.
bool renews(ChannelMode mode, const Month& month) {
  return mode == ChannelMode::kOn || month.index == 0;
}

}  // namespace

void spread_information(State& state, const Month& month) {
  fade(state.communities, month.world);
  const std::vector<double> severity = announced_severity(month);
  hear_announcements(state.communities, month, severity);
  pass_on_announcements(state.communities, month, severity);
  advertise(state, month);
  const Interaction& interaction = month.world.scenario.interaction;
  if (renews(interaction.beliefs, month)) renew_beliefs(state, month);
  renew_mean_beliefs(state, month);
  if (renews(interaction.buzz, month)) renew_buzz(state, month);
  if (renews(interaction.diaspora, month)) renew_diaspora(state, month);
  if (renews(interaction.queues, month)) renew_waits(state, month);
}

}  // namespace onward
