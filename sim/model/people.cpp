#include "model/people.h"

#include <algorithm>
#include <cmath>

#include "core/distributions.h"
#include "model/cohort.h"
#include "model/purpose.h"
#include "model/state.h"

namespace onward {

void People::reserve(std::size_t count) {
  rows.reserve(count);
  numbers.reserve(count);
}

void People::extend(std::size_t count) {
  rows.resize(count);
  numbers.resize(count);
}

std::uint32_t People::add_refusal(std::uint32_t refusals, PlaceId by) {
  if (refusals == 0) {
    refusals = static_cast<std::uint32_t>(refused_by.size());
    refused_by.push_back(0);
  }
  refused_by[refusals] |= std::uint64_t{1} << by.index();
  return refusals;
}

Entity person_entity(const World& world, GroupId group, YearMonth arrival, std::uint32_t number) {
  return {world.group_prefix[group.index()] | static_cast<std::uint64_t>(arrival.count) << 32 |
          number};
}

std::uint32_t arrivals_in(const Group& group, YearMonth month) {
  const auto year = group.arrivals.find(month.year());
  if (year == group.arrivals.end()) return 0;
  const auto people = static_cast<std::uint64_t>(std::llround(year->second));
  const auto before = static_cast<std::uint64_t>(month.month() - 1);
  return static_cast<std::uint32_t>(people * (before + 1) / 12 - people * before / 12);
}

double add_person(People& people, const World& world, RunKey key, GroupId group, YearMonth arrival,
                  std::uint32_t number) {
  const std::size_t row = people.size();
  people.extend(row + 1);
  people.group_prefix = world.group_prefix;
  people.numbers[row] = number;
  Cohort(world, group, arrival).draw(people, key, {row, row + 1});
  const Entity entity = people.entity_of(PersonId{row});
  return unit_interval(draw(key, entity, purpose::kAttributes, 0)[3]);
}

Tastes tastes(const People& people, PersonId id, const Month& month) {
  const Parameters& parameters = month.parameters();
  const Entity entity = people.entity_of(id);
  const auto taste = [&](double typical, double spread, std::uint32_t which) {
    if (spread == 0.0) return typical;
    const Block block = draw(month.key, entity, purpose::kTastes, which);
    return log_normal(typical, spread, normal(first_uniform(block), second_uniform(block)));
  };
  return {
      .protection = taste(parameters.get<"choice.protection">(),
                          parameters.get<"choice.protection_spread">(), 0),
      .diaspora =
          taste(parameters.get<"choice.diaspora">(), parameters.get<"choice.diaspora_spread">(), 1),
      .school =
          taste(parameters.get<"choice.school">(), parameters.get<"choice.school_spread">(), 2),
      .cost = taste(parameters.get<"choice.cost">(), parameters.get<"choice.cost_spread">(), 3),
  };
}

int months_since_arrival(const People& people, PersonId id, const Month& month) {
  return month.date() - people.arrival(id);
}

int age_months(const People& people, PersonId id, const Month& month) {
  return people.rows[id.index()].age + months_since_arrival(people, id, month);
}

double restlessness(const People& people, PersonId id, const Parameters& parameters) {
  return people.has(id, Trait::kRestless) ? 1.0 : parameters.get<"attention.settled_ratio">();
}

Change change_standing(People& people, PersonId id, PlaceId place, Status status) {
  Person& person = people.rows[id.index()];
  const Whereabouts from{PlaceId{person.place}, person.status};
  person.place = static_cast<std::uint8_t>(place.value);
  person.status = status;
  return {.from = from, .to = {place, status}};
}

Change change_status(People& people, PersonId id, Status status) {
  return change_standing(people, id, people.place_of(id), status);
}

void count_change(State& state, const Change& change) {
  const auto cell = [](Whereabouts at) {
    return at.place.index() * kStatusNames.size() + static_cast<std::size_t>(at.status);
  };
  --state.stock[cell(change.from)];
  ++state.stock[cell(change.to)];
}

void set_standing(State& state, PersonId id, PlaceId place, Status status) {
  count_change(state, change_standing(state.people, id, place, status));
}

Block luck(const People& people, const Month& month, std::uint8_t purpose, PersonId id,
           PlaceId place) {
  return draw(month.key, people.entity_of(id), purpose, people.rows[id.index()].attempts,
              month.world.place_keys[place.index()]);
}

void begin_attempt(People& people, PersonId id) {
  std::uint8_t& attempts = people.rows[id.index()].attempts;
  if (attempts < 255) ++attempts;
}

}  // namespace onward
