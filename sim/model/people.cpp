#include "model/people.h"

#include <algorithm>
#include <cmath>

#include "core/chance.h"
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

std::size_t draw_age_class(const Group& group, double total, double u) {
  double left = u * total;
  for (std::size_t i = 0; i < group.ages.size(); ++i) {
    if (left < group.ages[i].share) return i;
    left -= group.ages[i].share;
  }
  return group.ages.size() - 1;
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

std::size_t People::grow(std::size_t count) {
  const std::size_t before = size();
  const std::size_t after = before + count;
  entity.resize(after);
  refused_by.resize(after);
  community.resize(after);
  work_rank.resize(after);
  spent.resize(after);
  debt.resize(after);
  traits.resize(after);
  age.resize(after);
  barred.resize(after);
  group.resize(after);
  place.resize(after);
  status.resize(after, Status::kSettled);
  attempts.resize(after);
  return before;
}

std::uint32_t arrivals_in(const Group& group, YearMonth month) {
  const auto year = group.arrivals.find(month.year());
  if (year == group.arrivals.end()) return 0;
  const auto people = static_cast<std::uint64_t>(std::llround(year->second));
  const auto before = static_cast<std::uint64_t>(month.month() - 1);
  return static_cast<std::uint32_t>(people * (before + 1) / 12 - people * before / 12);
}

namespace {

/// Chances that depend on the age.
struct AgeChances {
  Chance children;
  Chance tertiary;
};

/// Those of a group who arrive in one month, and what they have in common.
struct Cohort {
  Cohort(const World& world, GroupId of, YearMonth arrival)
      : id(of),
        group(world.group(of)),
        levers(world.policy.levers(arrival - world.scenario.start, group.home, of)),
        ages(total_share(group.ages)),
        prefix(world.group_prefix[of.index()] | static_cast<std::uint64_t>(arrival.count) << 32),
        female(group.female.empty() ? 0.5 : nearest_year(group.female, arrival.year())),
        restless(world.parameters().get<"attention.restless_share">() * group.restless) {
    for (const AgeClass& of_age : group.ages)
      by_age.push_back({Chance(of_age.children), Chance(of_age.tertiary)});
  }

  Entity entity(std::uint32_t number) const { return {prefix | number}; }

  GroupId id;
  const Group& group;
  const LeverValues& levers;
  double ages;  ///< sum of the shares of the age classes
  std::uint64_t prefix;
  Chance female;
  Chance restless;
  Chance kin{group.kin};
  Chance english{group.english};
  Chance hidden_origin{group.hidden_origin};
  Chance record{group.record};
  Chance genuine{group.genuine};
  Chance nationality_refused{levers.get<"nationality_refused">()};
  Chance dispersed{levers.get<"housing_dispersal">()};
  std::vector<AgeChances> by_age;
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

std::uint16_t draw_traits(const Cohort& cohort, const AgeChances& of_age, const Attributes& draws) {
  const auto& [who, home, law, settlement] = draws;
  std::uint32_t traits = 0;
  const auto give = [&traits](bool has, Trait trait) {
    traits |= has ? static_cast<std::uint32_t>(trait) : 0u;
  };
  give(cohort.female.hits(who[2]), Trait::kFemale);
  give(cohort.kin.hits(home[0]), Trait::kKin);
  give(of_age.children.hits(home[1]), Trait::kChildren);
  give(of_age.tertiary.hits(home[2]), Trait::kTertiary);
  give(cohort.english.hits(home[3]), Trait::kEnglish);
  give(cohort.hidden_origin.hits(law[0]), Trait::kHiddenOrigin);
  give(cohort.nationality_refused.hits(settlement[3]), Trait::kNationalityRefused);
  give(cohort.dispersed.hits(settlement[2]), Trait::kDispersed);
  const bool citizen = cohort.levers.get<"nationality_refused">() < unit_interval(settlement[3]);
  give(citizen && cohort.record.hits(law[1]), Trait::kRecord);
  give(cohort.genuine.hits(law[2]), Trait::kGenuine);
  give(cohort.restless.hits(law[3]), Trait::kRestless);
  return static_cast<std::uint16_t>(traits);
}

/// Fills row `i` of `people`. Returns the draw of the region of residence.
double fill_in(People& people, std::size_t i, const Cohort& cohort, Entity entity,
               const Attributes& draws) {
  const std::size_t age_class =
      draw_age_class(cohort.group, cohort.ages, unit_interval(draws.who[0]));
  const AgeClass& ages = cohort.group.ages[age_class];
  const int span = 12 * (ages.to - ages.from + 1);
  const int age = 12 * ages.from + static_cast<int>(unit_interval(draws.who[1]) * span);
  people.entity[i] = entity.value;
  people.work_rank[i] = draws.settlement[1];
  people.traits[i] = draw_traits(cohort, cohort.by_age[age_class], draws);
  people.age[i] = static_cast<std::uint16_t>(age);
  people.group[i] = static_cast<std::uint8_t>(cohort.id.value);
  people.place[i] = static_cast<std::uint8_t>(cohort.group.home.value);
  return unit_interval(draws.who[3]);
}

}  // namespace

double add_person(People& people, const World& world, RunKey key, GroupId group, YearMonth arrival,
                  std::uint32_t number) {
  const Cohort cohort(world, group, arrival);
  const Entity entity = cohort.entity(number);
  const auto block = [&](std::uint32_t which) {
    return draw(key, entity, purpose::kAttributes, which);
  };
  const std::size_t i = people.grow(1);
  return fill_in(people, i, cohort, entity, {block(0), block(1), block(2), block(3)});
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
  if (count == 0) return;
  const Cohort cohort(world, group, arrival);
  std::array<LaneBlocks, kAttributeBlocks> draws;
  const std::size_t first = state.people.grow(count);
  for (std::uint32_t number = 0; number < count; ++number) {
    const std::size_t lane = number % kLanes;
    if (lane == 0) draw_attributes(draws, cohort, key, number);
    const PersonId id{first + number};
    const double region = fill_in(
        state.people, id.index(), cohort, cohort.entity(number),
        {draws[0].block(lane), draws[1].block(lane), draws[2].block(lane), draws[3].block(lane)});
    state.people.community[id.index()] =
        join_community(state.communities, world, group, region).value;
    hide(state, world, key, {.person = id.value}, arrival - world.scenario.start);
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
