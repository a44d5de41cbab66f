#pragma once

#include "model/choice.h"
#include "model/departures.h"
#include "model/first_asylum.h"
#include "model/measures.h"

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
  std::uint16_t broker = kNoBroker;
  Channel channel = Channel::kSelf;
  Story story = Story::kConceal;
  bool onward = false;    ///< starts from another destination
  bool hasty = false;     ///< the evidence is cut short
  bool detained = false;  ///< during the procedure
  double belief = 0.0;    ///< believed chance of protection when last chosen
  double coaching = 0.0;  ///< share by which the broker's coaching lowers the chance of detection

  bool operator==(const Move&) const = default;
};

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

/// A person who is at a destination without status.
struct Stay {
  PersonId person{};
  std::uint16_t group = 0;
  std::uint16_t destination = 0;
  double patience = 0.0;     ///< hazard of leaving that the person can still bear
  double readmission = 1.0;  ///< luck at being taken back by the place of settlement, in (0, 1)

  bool operator==(const Stay&) const = default;
};

/// Everything that changes in a run. A value: it can be copied, compared and stored.
struct State {
  People people;
  Communities communities;
  Signals signals;
  Brokers brokers;
  std::vector<Move> preparing;
  std::vector<Move> travelling;
  std::vector<Move> pending;  ///< in order of filing
  std::vector<Move> appeals;
  std::vector<Stay> irregular;
  std::vector<double> capacity;  ///< by destination: cases that can still be decided this month
  std::vector<double> quota;     ///< by destination and group: people who can still be resettled
  std::vector<double> coached_cases;  ///< by destination: discounted number decided
  FirstAsylum first_asylum;
  std::vector<std::uint32_t> debtors;
  std::vector<Departure> departures;  ///< the log, in order of time
  std::vector<std::int64_t> stock;    ///< people by place and status
  Measures measures;

  bool operator==(const State&) const = default;
};

}  // namespace onward
