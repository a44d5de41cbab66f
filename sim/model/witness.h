#pragma once

#include <functional>
#include <variant>
#include <vector>

#include "model/choice.h"
#include "model/ruling.h"

namespace onward {

/// What can happen to a person, as plain values of the moment at which it happens.
namespace event {

/// The person starts to consider moving. Hazards in 1/month.
struct Attention {
  double own = 0.0;     ///< of the person's own situation
  double shared = 0.0;  ///< of talk in the community and of brokers who recruit
};

/// News makes a committed person choose again.
struct Reopened {
  PlaceId place;
  bool broker_gone = false;  ///< the broker or its product is no longer there
  double before = 0.0;       ///< believed chance of protection when last chosen
  double now = 0.0;          ///< the same today
};

/// The person weighed every alternative and chose one.
struct Considered {
  Consideration occasion;
  PlaceId at;                         ///< where the person is
  int months = 0;                     ///< since arrival in the group's home
  double satisfaction = 0.0;          ///< points of the 4-point scale
  bool felt_discrimination = false;   ///< in the past year
  double savings = 0.0;               ///< money
  std::vector<Weighed> alternatives;  ///< in the model's order
  std::size_t chosen = 0;             ///< position in `alternatives`
};

struct Committed {
  PlaceId place;
  Channel channel = Channel::kSelf;
  Story story = Story::kConceal;
  std::uint16_t broker = kNoBroker;
  int ready = 0;  ///< first month in which the person can depart
};

/// Ready to leave, but the broker has no room this month.
struct NoRoom {
  std::uint16_t broker = kNoBroker;
};

/// Money: `own` of the cost is paid from savings, `owed` is the rest with the cost of credit.
struct Departed {
  PlaceId from;
  PlaceId place;
  std::uint16_t broker = kNoBroker;
  double cost = 0.0;
  double own = 0.0;
  double owed = 0.0;
};

/// A journey ended: at its destination, or stopped with the person back at `from`.
struct JourneyEnded {
  PlaceId from;
  PlaceId place;
  double chance = 0.0;  ///< of being stopped
  bool stopped = false;
};

/// A claim was filed, or none was.
struct Claim {
  PlaceId place;
  bool filed = false;
  Story story = Story::kConceal;
  int ready = 0;          ///< first month in which the case can be decided
  bool hasty = false;     ///< evidence is cut short
  bool detained = false;  ///< during the procedure
};

struct Ruled {
  PlaceId place;
  Ruling ruling;
};

struct AppealFiled {
  int ready = 0;  ///< month in which it is decided
};

struct AppealDecided {
  double chance = 0.0;  ///< of success
  bool won = false;
};

/// Stays at `place` without status.
struct WithoutStatus {
  PlaceId place;
};

/// Back in the group's home, removed or unforced.
struct CameHome {
  PlaceId from;
  bool removed = false;
  int barred = 0;  ///< month of the run until which the person may not leave again
};

/// Taken in by a destination without a claim.
struct Resettled {
  PlaceId from;
  PlaceId place;
};

/// Relatives joined the person.
struct Reunited {
  int relatives = 0;
};

/// Found in first asylum and sent back to the country of origin.
struct SentBack {};

/// Fled again from the country of origin.
struct FledAgain {};

/// Back in the country of origin, and out of the model.
struct LeftForOrigin {};

}  // namespace event

/// An event with the month of the run in which it happened.
struct Event {
  int month = 0;
  std::variant<event::Attention, event::Reopened, event::Considered, event::Committed,
               event::NoRoom, event::Departed, event::JourneyEnded, event::Claim, event::Ruled,
               event::AppealFiled, event::AppealDecided, event::WithoutStatus, event::CameHome,
               event::Resettled, event::Reunited, event::SentBack, event::FledAgain,
               event::LeftForOrigin>
      what;
};

/// Follows one person through a run without changing it. Events come one at a time, in an order
/// that does not depend on the threads: no two threads deal with the same person in a step.
struct Witness {
  Entity person;
  std::function<void(const Event&)> hear;
};

inline bool is_watched(const People& people, const Month& month, PersonId id) {
  return month.witness != nullptr && month.witness->person == people.entity_of(id);
}

/// Tells the witness of the month what happens to `id`, if that is whom it follows.
template <class What>
void tell(const People& people, const Month& month, PersonId id, const What& what) {
  if (is_watched(people, month, id)) month.witness->hear({month.index, what});
}

}  // namespace onward
