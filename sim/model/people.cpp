#include "model/people.h"

#include <algorithm>
#include <cmath>

#include "core/distributions.h"
#include "core/lanes.h"
#include "model/purpose.h"
#include "model/state.h"

namespace onward {

namespace {

/// The value of the nearest year in a non-empty table of years.
double nearest_year(const std::map<int, double>& table, int year) {
  const auto after = table.lower_bound(year);
  if (after == table.end()) return std::prev(after)->second;
  if (after == table.begin() || after->first == year) return after->second;
  const auto before = std::prev(after);
  return year - before->first <= after->first - year ? before->second : after->second;
}

double total_share(const std::vector<AgeClass>& classes) {
  double total = 0.0;
  for (const AgeClass& ages : classes) total += ages.share;
  return total;
}

const AgeClass& draw_age_class(const Group& group, double total, double u) {
  double left = u * total;
  for (const AgeClass& ages : group.ages) {
    if (left < ages.share) return ages;
    left -= ages.share;
  }
  return group.ages.back();
}

}  // namespace

void People::reserve(std::size_t count) {
  entity.reserve(count);
  refused_by.reserve(count);
  community.reserve(count);
  work_rank.reserve(count);
  spent.reserve(count);
  debt.reserve(count);
  traits.reserve(count);
  age.reserve(count);
  barred.reserve(count);
  group.reserve(count);
  place.reserve(count);
  status.reserve(count);
  attempts.reserve(count);
}

std::uint32_t arrivals_in(const Group& group, YearMonth month) {
  const auto year = group.arrivals.find(month.year());
  if (year == group.arrivals.end()) return 0;
  const auto people = static_cast<std::uint64_t>(std::llround(year->second));
  const auto before = static_cast<std::uint64_t>(month.month() - 1);
  return static_cast<std::uint32_t>(people * (before + 1) / 12 - people * before / 12);
}

namespace {

/// Those of a group who arrive in one month, and what they have in common.
struct Cohort {
  Cohort(const World& from, GroupId of, YearMonth arrival)
      : world(from),
        id(of),
        group(from.group(of)),
        levers(from.policy.levers(arrival - from.scenario.start, group.home, of)),
        female(group.female.empty() ? 0.5 : nearest_year(group.female, arrival.year())),
        ages(total_share(group.ages)),
        prefix(from.group_prefix[of.index()] | static_cast<std::uint64_t>(arrival.count) << 32) {}

  Entity entity(std::uint32_t number) const { return {prefix | number}; }

  const World& world;
  GroupId id;
  const Group& group;
  const LeverValues& levers;
  double female;  ///< share
  double ages;    ///< sum of the shares of the age classes
  std::uint64_t prefix;
};

/// The draws that a person's attributes are made of.
struct Attributes {
  Block who;
  Block home;
  Block law;
  Block settlement;
};
constexpr std::uint32_t kAttributeBlocks = 4;

/// Draws for the people with the numbers from `first` on.
void draw_attributes(std::array<LaneBlocks, kAttributeBlocks>& draws, const Cohort& cohort,
                     RunKey key, std::uint32_t first) {
  LaneKeys keys;
  for (std::uint32_t lane = 0; lane < kLanes; ++lane)
    keys.entity[lane] = cohort.entity(first + lane);
  for (std::uint32_t which = 0; which < kAttributeBlocks; ++which)
    draws[which] = draw_lanes(key, keys, purpose::kAttributes, which);
}

/// As add_person, with the draws given.
double add_with(People& people, const Cohort& cohort, Entity entity, const Attributes& draws) {
  const auto& [who, home, law, settlement] = draws;
  const Group& group = cohort.group;
  const LeverValues& levers = cohort.levers;

  std::uint16_t traits = 0;
  const auto give = [&traits](std::uint32_t word, double chance, Trait trait) {
    if (unit_interval(word) < chance)
      traits = static_cast<std::uint16_t>(traits | static_cast<std::uint16_t>(trait));
  };
  const AgeClass& ages = draw_age_class(group, cohort.ages, unit_interval(who[0]));
  const int span = 12 * (ages.to - ages.from + 1);
  const int age = 12 * ages.from + static_cast<int>(unit_interval(who[1]) * span);
  give(who[2], cohort.female, Trait::kFemale);
  give(home[0], group.kin, Trait::kKin);
  give(home[1], ages.children, Trait::kChildren);
  give(home[2], ages.tertiary, Trait::kTertiary);
  give(home[3], group.english, Trait::kEnglish);
  give(law[0], group.hidden_origin, Trait::kHiddenOrigin);
  give(settlement[3], levers.get<"nationality_refused">(), Trait::kNationalityRefused);
  give(settlement[2], levers.get<"housing_dispersal">(), Trait::kDispersed);
  const double record =
      levers.get<"nationality_refused">() < unit_interval(settlement[3]) ? group.record : 0.0;
  give(law[1], record, Trait::kRecord);
  give(law[2], group.genuine, Trait::kGenuine);
  const double restless =
      cohort.world.parameters().get<"attention.restless_share">() * group.restless;
  give(law[3], restless, Trait::kRestless);

  people.entity.push_back(entity.value);
  people.refused_by.push_back(0);
  people.community.push_back(0);
  people.work_rank.push_back(settlement[1]);
  people.spent.push_back(0.0f);
  people.debt.push_back(0.0f);
  people.traits.push_back(traits);
  people.age.push_back(static_cast<std::uint16_t>(age));
  people.barred.push_back(0);
  people.group.push_back(static_cast<std::uint8_t>(cohort.id.value));
  people.place.push_back(static_cast<std::uint8_t>(group.home.value));
  people.status.push_back(Status::kSettled);
  people.attempts.push_back(0);
  return unit_interval(who[3]);
}

}  // namespace

double add_person(People& people, const World& world, RunKey key, GroupId group, YearMonth arrival,
                  std::uint32_t number) {
  const Cohort cohort(world, group, arrival);
  const Entity entity = cohort.entity(number);
  const auto block = [&](std::uint32_t which) {
    return draw(key, entity, purpose::kAttributes, which);
  };
  return add_with(people, cohort, entity, {block(0), block(1), block(2), block(3)});
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
  return people.age[id.index()] + months_since_arrival(people, id, month);
}

double restlessness(const People& people, PersonId id, const Parameters& parameters) {
  return people.has(id, Trait::kRestless) ? 1.0 : parameters.get<"attention.settled_ratio">();
}

void set_standing(State& state, PersonId id, PlaceId place, Status status) {
  const auto cell = [](std::size_t at, Status in) {
    return at * kStatusNames.size() + static_cast<std::size_t>(in);
  };
  const std::size_t i = id.index();
  --state.stock[cell(state.people.place[i], state.people.status[i])];
  ++state.stock[cell(place.index(), status)];
  state.people.place[i] = static_cast<std::uint8_t>(place.value);
  state.people.status[i] = status;
}

Block luck(const People& people, const Month& month, std::uint8_t purpose, PersonId id,
           PlaceId place) {
  return draw(month.key, people.entity_of(id), purpose, people.attempts[id.index()],
              month.world.place_keys[place.index()]);
}

void begin_attempt(People& people, PersonId id) {
  std::uint8_t& attempts = people.attempts[id.index()];
  if (attempts < 255) ++attempts;
}

void admit_cohort(State& state, const World& world, RunKey key, GroupId group, YearMonth arrival) {
  const std::uint32_t count = arrivals_in(world.group(group), arrival);
  const Cohort cohort(world, group, arrival);
  std::array<LaneBlocks, kAttributeBlocks> draws;
  for (std::uint32_t number = 0; number < count; ++number) {
    const std::size_t lane = number % kLanes;
    if (lane == 0) draw_attributes(draws, cohort, key, number);
    const double region = add_with(
        state.people, cohort, cohort.entity(number),
        {draws[0].block(lane), draws[1].block(lane), draws[2].block(lane), draws[3].block(lane)});
    state.people.community.back() = join_community(state.communities, world, group, region).value;
    hide(state, world, key, {.person = static_cast<std::uint32_t>(state.people.size() - 1)},
         arrival - world.scenario.start);
  }
  const std::size_t home = world.group(group).home.index();
  state.stock[home * kStatusNames.size() + static_cast<std::size_t>(Status::kSettled)] += count;
  state.measures.persons += count;
}

void admit_arrivals(State& state, const Month& month) {
  for (std::size_t g = 0; g < month.world.group_count(); ++g) {
    const std::size_t before = state.people.size();
    admit_cohort(state, month.world, month.key, GroupId{g}, month.date());
    state.measures.count<"arrivals">(month.row(), g) +=
        static_cast<std::int32_t>(state.people.size() - before);
  }
}

}  // namespace onward
