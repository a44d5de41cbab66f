#pragma once

#include "model/resettlement.h"
#include "model/utility.h"

/// The ways to every destination, and the best of them: alone, with a broker, or resettled.
namespace onward {

/// The ways to every destination, and what they are worth.
template <class Sum>
struct Ways {
  ByDestination<Sum> utility;  ///< of the best way
  ByDestination<Sum> alone;
  ByDestination<double> own_belief;  ///< in protection
  /// With a broker, by story. Nothing stands for stories that nobody tells the person.
  std::array<ByDestination<Sum>, kStoryNames.size()> brokered;
  std::array<ByDestination<double>, kStoryNames.size()> believed;
  std::array<bool, kStoryNames.size()> is_told{};
  std::uint64_t invited = 0;  ///< bit for each destination with a place for the person
  Sum invitation;             ///< of being resettled
};

/// One way to a destination.
template <class Sum>
struct Way {
  Sum utility;
  double belief = 0.0;  ///< in protection, by this way
  std::uint16_t broker = kNoBroker;
  Story story = Story::kConceal;
  bool resettled = false;
};

WayWeights way_weights(const Month& month, const Chooser& person);

/// The person's own beliefs in protection, by destination.
ByDestination<double> own_beliefs(const State& state, const Month& month, const Chooser& person);

/// The utilities of going alone.
void weigh_alone(const WayWeights& of, const double* belief, std::size_t count, Total* out);
void weigh_alone(const WayWeights& of, const double* belief, std::size_t count, Account* out);

/// Beliefs in protection of somebody whom a broker tells a story, by destination.
ByDestination<double> beliefs_with_broker(const Month& month, const Chooser& person,
                                          const ByDestination<double>& own, Story story);

/// The cheapest offers with one story, by destination: of equals the first.
struct Cheapest {
  ByDestination<double> price;  ///< infinite where there is none
  ByDestination<std::uint16_t> broker;
};

/// The cheapest offers by story.
using Offers = std::array<Cheapest, kStoryNames.size()>;
/// Those that a community is made, of `count` destinations.
void find_cheapest(const Brokers& brokers, CommunityId community, std::size_t count,
                   Offers& offers);

/// What all members of a community find alike: worked out once for those who choose one after the
/// other.
struct Surroundings {
  Offers offers;                    ///< set if any broker serves the community
  ByDestination<double> log_known;  ///< log of one and the acquaintances at the destination
};
void look_around(const State& state, const World& world, CommunityId community,
                 Surroundings& around);

/// The utilities of going with a broker, at prices that may be infinite.
void weigh_brokered(const WayWeights& of, const double* price, const double* belief,
                    std::size_t count, Total* out);
void weigh_brokered(const WayWeights& of, const double* price, const double* belief,
                    std::size_t count, Account* out);

/// Weighs what brokers offer. A client whom several brokers would bring to the same place with the
/// same story goes to the cheapest.
template <class Sum>
void consider_brokers(const State& state, const Month& month, const Chooser& person,
                      const Offers& offers, const WayWeights& of, Ways<Sum>& ways) {
  if (state.brokers.serving[person.community.index()].empty()) return;
  const std::size_t count = month.world.destinations.size();
  for (const Story story : {Story::kConceal, Story::kDeclare}) {
    if (story == Story::kDeclare && !person.record) continue;
    const auto at = static_cast<std::size_t>(story);
    ways.is_told[at] = true;
    ways.believed[at] = beliefs_with_broker(month, person, ways.own_belief, story);
    weigh_brokered(of, offers[at].price.data(), ways.believed[at].data(), count,
                   ways.brokered[at].data());
  }
}

/// Notes where a place is left for the person.
template <class Sum>
void consider_resettlement(const State& state, const Month& month, const Chooser& person,
                           const WayWeights& of, Ways<Sum>& ways) {
  for (std::size_t d = 0; d < month.world.destinations.size(); ++d) {
    if (quota_left(state, month, month.world.destinations[d], person.group))
      ways.invited |= std::uint64_t{1} << d;
  }
  ways.invitation = {};
  ways.invitation.add(Term::kResettlement, month.parameters().get<"choice.resettlement">());
  ways.invitation.add(Term::kProtection, of.protection);
}

/// The best way to a destination: of equals alone, then concealing, then declaring.
template <class Sum>
Way<Sum> best_way(const Ways<Sum>& ways, const Offers& offers, std::size_t d) {
  Way<Sum> best{.utility = ways.alone[d], .belief = ways.own_belief[d]};
  for (const Story story : {Story::kConceal, Story::kDeclare}) {
    const auto at = static_cast<std::size_t>(story);
    if (!ways.is_told[at] || !(ways.brokered[at][d].value > best.utility.value)) continue;
    best = {.utility = ways.brokered[at][d],
            .belief = ways.believed[at][d],
            .broker = offers[at].broker[d],
            .story = story};
  }
  if ((ways.invited >> d & 1) != 0 && ways.invitation.value > best.utility.value)
    best = {.utility = ways.invitation, .belief = 1.0, .resettled = true};
  return best;
}

/// Sets the utilities of the best ways.
void weigh_best(const Offers& offers, std::size_t count, Ways<Total>& ways);
void weigh_best(const Offers& offers, std::size_t count, Ways<Account>& ways);

/// All ways to each destination. Nobody is resettled from `abroad`.
template <class Sum>
void find_ways(const State& state, const Month& month, const Chooser& person, const Offers& offers,
               bool abroad, Ways<Sum>& ways) {
  const std::size_t count = month.world.destinations.size();
  const WayWeights of = way_weights(month, person);
  ways.own_belief = own_beliefs(state, month, person);
  weigh_alone(of, ways.own_belief.data(), count, ways.alone.data());
  consider_brokers(state, month, person, offers, of, ways);
  if (month.world.needs.resettlement && person.genuine && !abroad)
    consider_resettlement(state, month, person, of, ways);
  weigh_best(offers, count, ways);
}

}  // namespace onward
