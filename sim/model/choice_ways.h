#pragma once

#include "model/resettlement.h"
#include "model/utility.h"

/// The ways to every destination, and the best of them: alone, with a broker, or resettled.
namespace onward {

/// What the best way to each destination is, and what it is worth.
template <class Sum>
struct Ways {
  ByDestination<Sum> utility;
  ByDestination<double> belief;  ///< in protection, by this way
  ByDestination<std::uint16_t> broker;
  ByDestination<Story> story;
  ByDestination<bool> resettled;
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
Surroundings look_around(const State& state, const World& world, CommunityId community);

/// The utilities of going with a broker, at prices that may be infinite.
void weigh_brokered(const WayWeights& of, const double* price, const double* belief,
                    std::size_t count, Total* out);
void weigh_brokered(const WayWeights& of, const double* price, const double* belief,
                    std::size_t count, Account* out);

/// Takes a broker's offer for every destination where it beats the best way so far. A client whom
/// several brokers would bring to the same place with the same story goes to the cheapest.
template <class Sum>
void consider_brokers(const State& state, const Month& month, const Chooser& person,
                      const Offers& offers, const WayWeights& of, const ByDestination<double>& own,
                      Ways<Sum>& ways) {
  if (state.brokers.serving[person.community.index()].empty()) return;
  const std::size_t count = month.world.destinations.size();
  for (const Story story : {Story::kConceal, Story::kDeclare}) {
    const Cheapest& cheapest = offers[static_cast<std::size_t>(story)];
    if (story == Story::kDeclare && !person.record) continue;
    const ByDestination<double> believed = beliefs_with_broker(month, person, own, story);
    ByDestination<Sum> utility;
    weigh_brokered(of, cheapest.price.data(), believed.data(), count, utility.data());
    for (std::size_t d = 0; d < count; ++d) {
      if (!(utility[d].value > ways.utility[d].value)) continue;
      ways.utility[d] = utility[d];
      ways.belief[d] = believed[d];
      ways.broker[d] = cheapest.broker[d];
      ways.story[d] = story;
    }
  }
}

/// Takes resettlement wherever a place is left and it beats the best way so far.
template <class Sum>
void consider_resettlement(const State& state, const Month& month, const Chooser& person,
                           const WayWeights& of, Ways<Sum>& ways) {
  for (std::size_t d = 0; d < month.world.destinations.size(); ++d) {
    if (!quota_left(state, month, month.world.destinations[d], person.group)) continue;
    Sum invitation;
    invitation.add(Term::kResettlement, month.parameters().get<"choice.resettlement">());
    invitation.add(Term::kProtection, of.protection);
    if (invitation.value <= ways.utility[d].value) continue;
    ways.utility[d] = invitation;
    ways.belief[d] = 1.0;
    ways.broker[d] = kNoBroker;
    ways.story[d] = Story::kConceal;
    ways.resettled[d] = true;
  }
}

/// The best way to each destination. Nobody is resettled from `abroad`.
template <class Sum>
void find_ways(const State& state, const Month& month, const Chooser& person, const Offers& offers,
               bool abroad, Ways<Sum>& ways) {
  const std::size_t count = month.world.destinations.size();
  const WayWeights of = way_weights(month, person);
  const ByDestination<double> own = own_beliefs(state, month, person);
  weigh_alone(of, own.data(), count, ways.utility.data());
  std::copy_n(own.begin(), count, ways.belief.begin());
  std::fill_n(ways.broker.begin(), count, kNoBroker);
  std::fill_n(ways.story.begin(), count, Story::kConceal);
  std::fill_n(ways.resettled.begin(), count, false);
  consider_brokers(state, month, person, offers, of, own, ways);
  if (person.genuine && !abroad) consider_resettlement(state, month, person, of, ways);
}

}  // namespace onward
