#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "core/column.h"
#include "core/fetching.h"
#include "model/measures.h"
#include "model/world.h"

namespace onward {

struct State;

using PersonId = Id<struct PersonTag>;
using CommunityId = Id<struct CommunityTag>;

/// Yes-or-no attributes of a person, drawn on arrival.
enum class Trait : std::uint16_t {
  kFemale = 1 << 0,
  kRestless = 1 << 1,
  kKin = 1 << 2,
  kChildren = 1 << 3,
  kTertiary = 1 << 4,
  kEnglish = 1 << 5,
  kHiddenOrigin = 1 << 6,
  kRecord = 1 << 7,
  kGenuine = 1 << 8,
  kDispersed = 1 << 9,            ///< housed away from others of the same origin
  kNationalityRefused = 1 << 10,  ///< was refused the citizenship of the place of settlement
};

/// What is stored of a person. What changes by itself (age, satisfaction, savings) is not: it is
/// worked out from dates when somebody looks.
struct alignas(32) Person {
  std::uint32_t community;
  std::uint32_t work_rank;  ///< random: place in the queue for work, for a lifetime
  std::uint16_t arrived;    ///< month, as YearMonth counts
  std::uint16_t traits;     ///< bits of Trait
  std::uint16_t age;        ///< months, on arrival
  std::uint16_t barred;     ///< first month of the run in which the person may leave
  std::uint8_t group;
  std::uint8_t place;
  Status status;
  std::uint8_t attempts;   ///< journeys begun
  std::uint32_t refusals;  ///< position in `refused_by`
  float spent;             ///< money spent on journeys so far
  float debt;              ///< money owed for journeys

  bool operator==(const Person&) const = default;
};

/// Those of a group who have arrived in one month, with rows or without.
struct Arrived {
  Entity first;  ///< the others are numbered after
  std::uint32_t people = 0;

  bool operator==(const Arrived&) const = default;
};

/// People in the order of arrival, those of a group and month in order of their numbers. Stayers,
/// who never consider moving, have no rows unless something else can happen to them
/// (`keeps_stayers`). A person's row lies in one line of the cache: whoever looks at people looks
/// at a few of them, here and there, and at nearly all of a row.
struct People {
  Column<Person> rows;
  Column<std::uint32_t> numbers;            ///< within group and month of arrival
  std::vector<std::uint64_t> group_prefix;  ///< World::group_prefix
  bool has_stayers = false;                 ///< stayers have rows whatever their group
  std::vector<Arrived> arrived;             ///< everybody, in the order of rows
  /// Of those who have been refused: bit for each place that refused them. The first is nobody's.
  std::vector<std::uint64_t> refused_by{0};

  std::size_t size() const { return rows.size(); }
  /// Takes the memory for `count` rows at once.
  void reserve(std::size_t count);
  /// Makes room for the rows up to `count`, to be filled by the caller.
  void extend(std::size_t count);
  /// Asks for what the steps of a journey read and write of a person.
  void prefetch(PersonId id) const {
    prefetch_row(id);
    fetch_line(numbers.data() + id.index());
  }
  /// The same of who needs not know the person's draws.
  void prefetch_row(PersonId id) const { fetch_line(rows.data() + id.index()); }
  /// Asks for who has refused the person whose row has `refusals`.
  void prefetch_refusals(std::uint32_t refusals) const { fetch_line(&refused_by[refusals]); }

  bool has(PersonId id, Trait trait) const {
    return (rows[id.index()].traits & static_cast<std::uint16_t>(trait)) != 0;
  }
  Entity entity_of(PersonId id) const {
    const Person& person = rows[id.index()];
    return {group_prefix[person.group] | static_cast<std::uint64_t>(person.arrived) << 32 |
            numbers[id.index()]};
  }
  YearMonth arrival(PersonId id) const { return YearMonth{rows[id.index()].arrived}; }
  GroupId group_of(PersonId id) const { return GroupId{rows[id.index()].group}; }
  PlaceId place_of(PersonId id) const { return PlaceId{rows[id.index()].place}; }
  CommunityId community_of(PersonId id) const { return CommunityId{rows[id.index()].community}; }

  /// Whether the place has refused the person.
  bool was_refused(PersonId id, PlaceId by) const {
    return (refused_by[rows[id.index()].refusals] >> by.index() & 1) != 0;
  }
  /// Calls `with(place)` for each place that has refused the person whose row has `refusals`, in
  /// order.
  template <class With>
  void for_each_refusal(std::uint32_t refusals, With with) const {
    for (std::uint64_t left = refused_by[refusals]; left != 0; left &= left - 1)
      with(PlaceId{static_cast<std::size_t>(std::countr_zero(left))});
  }
  /// Whether any place but `but` has.
  bool was_refused_elsewhere(PersonId id, PlaceId but) const {
    return (refused_by[rows[id.index()].refusals] & ~(std::uint64_t{1} << but.index())) != 0;
  }
  void note_refusal(PersonId id, PlaceId by) {
    rows[id.index()].refusals = add_refusal(rows[id.index()].refusals, by);
  }
  /// The same of a person whose row has `refusals` and is not touched. Returns what it has to have.
  std::uint32_t add_refusal(std::uint32_t refusals, PlaceId by);

  bool operator==(const People&) const = default;
};

/// Who is numbered `number` among the people of a group who arrive in `arrival`. Nobody needs to
/// be: see arrivals_in.
Entity person_entity(const World& world, GroupId group, YearMonth arrival, std::uint32_t number);

/// Number of `group`'s people who arrive in `month`: a year's arrivals spread evenly over its
/// months, in whole people.
std::uint32_t arrivals_in(const Group& group, YearMonth month);

/// Draws a person's attributes and adds the person to `people`, stayer or not, settled at the
/// group's home, in no community yet. Returns the draw of the region of residence, in (0, 1).
double add_person(People& people, const World& world, RunKey key, GroupId group, YearMonth arrival,
                  std::uint32_t number);

/// Weights on the terms of utility that last a person's lifetime.
struct Tastes {
  double protection = 0.0;  ///< kappa
  double diaspora = 0.0;    ///< gamma
  double school = 0.0;
  double cost = 0.0;  ///< theta
};
Tastes tastes(const People& people, PersonId id, const Month& month);

int months_since_arrival(const People& people, PersonId id, const Month& month);

/// Age in months.
int age_months(const People& people, PersonId id, const Month& month);

/// Where a person is, and what the person does there.
struct Whereabouts {
  PlaceId place{};
  Status status = Status::kSettled;
};

/// What becomes of a person's standing: to be counted, unless it stays as it was.
struct Change {
  Whereabouts from;
  Whereabouts to;
};

/// Moves a person to a place and a status. Touches nothing but the person's own row, so that it can
/// be done for many people at once; `count_change` has to follow.
Change change_standing(People& people, PersonId id, PlaceId place, Status status);

/// The same of a person who remains at the place.
Change change_status(People& people, PersonId id, Status status);

/// Keeps the count of people by place and status.
void count_change(State& state, const Change& change);

/// Moves a person to a place and a status, and counts it.
void set_standing(State& state, PersonId id, PlaceId place, Status status);

/// Luck of a person at a door on the present attempt: the same in every world.
Block luck(const People& people, const Month& month, std::uint8_t purpose, PersonId id,
           PlaceId place);

/// Counts a journey that begins. Luck on it is keyed by the number of the attempt.
void begin_attempt(People& people, PersonId id);

/// Factor on the whole hazard by latent class.
double restlessness(const People& people, PersonId id, const Parameters& parameters);

}  // namespace onward
