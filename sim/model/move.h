#pragma once

#include "core/column.h"
#include "model/choice.h"
#include "model/departures.h"

namespace onward {

/// A person on the way, from the decision to leave until the matter is closed.
struct Move {
  PersonId person{};
  GroupId group{};                         ///< the person's, as the next
  CommunityId community{};                 ///< kept here because people lie far from each other
  PlaceId place{};                         ///< where to
  std::uint32_t occasion = 0;              ///< key of the consideration that began it
  std::uint32_t departure = kNoDeparture;  ///< position in the log of departures
  int ready = 0;                           ///< month in which the next stage can begin
  std::uint32_t generation = 0;            ///< of the broker
  std::uint32_t filed = 0;                 ///< number of the case on its docket
  std::uint16_t broker = kNoBroker;
  Channel channel = Channel::kSelf;
  Story story = Story::kConceal;
  bool onward = false;    ///< starts from another destination
  bool refused = false;   ///< the place has refused the person before, when last chosen
  bool hasty = false;     ///< the evidence is cut short
  bool detained = false;  ///< during the procedure
  double belief = 0.0;    ///< believed chance of protection when last chosen
  double coaching = 0.0;  ///< share by which the broker's coaching lowers the chance of detection

  bool operator==(const Move&) const = default;
};

/// Moves of many people.
using Moves = Column<Move>;

/// A move of the person to `place`, of which nothing else is known yet.
inline Move new_move(const People& people, PersonId id, PlaceId place) {
  return {.person = id,
          .group = people.group_of(id),
          .community = people.community_of(id),
          .place = place};
}

/// Position, among the destinations, of where a move leads.
inline std::size_t destination_of(const Month& month, const Move& move) {
  return month.world.destination_of[move.place.index()];
}

}  // namespace onward
