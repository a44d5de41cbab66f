#include "model/arrivals.h"

#include <algorithm>
#include <vector>

#include "model/cohort.h"

namespace onward {

namespace {

constexpr std::size_t kNewcomersPerPart = 8192;
static_assert(kNewcomersPerPart <= Cohort::kMostAtOnce);

/// Some of a cohort, whom one thread draws and houses.
struct Part {
  std::size_t intake = 0;
  std::uint32_t first = 0;  ///< number, in the cohort, of the first
  std::size_t count = 0;
  Newcomers newcomers;
  IndexRange rows{};              ///< of those who get rows
  std::vector<Joining> joinings;  ///< how they join their communities
};

std::vector<Part> parts_of(const World& world, std::span<const Intake> intakes) {
  std::vector<Part> parts;
  parts.reserve(intakes.size());
  for (std::size_t intake = 0; intake < intakes.size(); ++intake) {
    const auto& [group, arrival] = intakes[intake];
    const std::size_t count = arrivals_in(world.group(group), arrival);
    for (std::size_t chunk = 0; chunk < chunk_count(count, kNewcomersPerPart); ++chunk) {
      const IndexRange range = chunk_range(chunk, kNewcomersPerPart, count);
      parts.push_back({.intake = intake,
                       .first = static_cast<std::uint32_t>(range.begin),
                       .count = range.end - range.begin,
                       .newcomers = {},
                       .joinings = {}});
    }
  }
  return parts;
}

/// Counts the newcomers of a part by region.
void count_regions(const Part& part, std::span<std::uint32_t> by_region) {
  if (part.newcomers.regions.empty()) by_region[0] = static_cast<std::uint32_t>(part.count);
  for (const std::uint16_t region : part.newcomers.regions) ++by_region[region];
}

/// Turns a part's counts by region into the number of people who came before, and adds them to it.
void count_before(std::span<std::uint32_t> by_region, std::span<std::uint32_t> joined) {
  for (std::size_t region = 0; region < joined.size(); ++region) {
    const std::uint32_t count = by_region[region];
    by_region[region] = joined[region];
    joined[region] += count;
  }
}

/// Draws those who get rows.
void draw_rows(People& people, const Cohort& cohort, RunKey key, const Part& part) {
  for (std::size_t i = 0; i < part.newcomers.numbers.size(); ++i)
    people.numbers[part.rows.begin + i] = part.first + part.newcomers.numbers[i];
  cohort.draw(people, key, part.rows);
}

/// Finds the communities of all newcomers of a part, and notes them in the rows.
void house(People& people, Filling filling, Part& part) {
  const auto& [regions, numbers] = part.newcomers;
  std::size_t next = 0;
  for (std::size_t i = 0; i < part.count; ++i) {
    const std::uint32_t community = filling.next(regions.empty() ? 0 : regions[i]);
    if (next < numbers.size() && numbers[next] == i)
      people.rows[part.rows.begin + next++].community = community;
  }
  part.joinings = filling.joinings();
}

/// What others can see of the newcomers of a part.
void welcome(State& state, const World& world, RunKey key, const Intake& intake, const Part& part) {
  const auto& [group, arrival] = intake;
  join(state.communities, part.joinings);
  for (std::size_t i = part.rows.begin; i < part.rows.end && is_hunted(world, group); ++i)
    hide(state, world, key, {.person = static_cast<std::uint32_t>(i)},
         arrival - world.scenario.start);
  const std::size_t home = world.group(group).home.index();
  state.stock[home * kStatusNames.size() + static_cast<std::size_t>(Status::kSettled)] +=
      static_cast<std::int64_t>(part.count);
  state.measures.persons += part.count;
}

/// A group's people who are there or arrive before the end.
double people_of(const World& world, const Group& group) {
  double people = 0.0;
  for (const auto& [year, count] : group.arrivals)
    people += year <= world.scenario.end.year() ? count : 0.0;
  return people;
}

double restless_people(const World& world, const Group& group) {
  const double share = world.parameters().get<"attention.restless_share">() * group.restless;
  return people_of(world, group) * std::min(share, 1.0);
}

bool is_slow(const World& world) {
  return world.parameters().get<"attention.settled_ratio">() > 0.0;
}

}  // namespace

bool keeps_stayers(const World& world, GroupId group) {
  return is_slow(world) || is_hunted(world, group);
}

double expected_rows(const World& world, bool with_stayers) {
  double rows = 0.0;
  for (std::size_t g = 0; g < world.group_count(); ++g) {
    const GroupId id{g};
    const Group& group = world.group(id);
    rows += with_stayers || keeps_stayers(world, id) ? people_of(world, group)
                                                     : restless_people(world, group);
  }
  return rows;
}

double expected_attentive(const World& world) {
  double people = 0.0;
  for (const Group& group : world.scenario.groups)
    people += is_slow(world) ? people_of(world, group) : restless_people(world, group);
  return people;
}

void admit(State& state, const World& world, RunKey key, std::span<const Intake> intakes,
           ThreadTeam& team) {
  People& people = state.people;
  people.group_prefix = world.group_prefix;
  std::vector<Part> parts = parts_of(world, intakes);
  if (parts.empty()) return;
  std::vector<Cohort> cohorts;
  cohorts.reserve(intakes.size());
  for (const auto& [group, arrival] : intakes) {
    cohorts.emplace_back(world, group, arrival);
    people.arrived.push_back(
        {person_entity(world, group, arrival, 0), arrivals_in(world.group(group), arrival)});
  }
  const std::size_t regions = world.scenario.communities.regions.size();
  std::vector<std::uint32_t> counts(parts.size() * regions, 0);
  const auto counts_of = [&](std::size_t part) {
    return std::span(counts).subspan(part * regions, regions);
  };
  team.for_each_chunk(parts.size(), [&](std::size_t i) {
    Part& part = parts[i];
    const bool with_stayers =
        people.has_stayers || keeps_stayers(world, intakes[part.intake].group);
    part.newcomers = cohorts[part.intake].meet(key, part.first, part.count, with_stayers);
    count_regions(part, counts_of(i));
  });
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t group = intakes[parts[i].intake].group.index();
    const std::size_t row = i == 0 ? people.size() : parts[i - 1].rows.end;
    parts[i].rows = {row, row + parts[i].newcomers.numbers.size()};
    count_before(counts_of(i),
                 std::span(state.communities.region_joined).subspan(group * regions, regions));
  }
  people.extend(parts.back().rows.end);
  team.for_each_chunk(parts.size(), [&](std::size_t i) {
    const GroupId group = intakes[parts[i].intake].group;
    draw_rows(people, cohorts[parts[i].intake], key, parts[i]);
    house(people, Filling(state.communities, world, group, counts_of(i)), parts[i]);
  });
  for (const Part& part : parts) welcome(state, world, key, intakes[part.intake], part);
}

void admit_arrivals(State& state, const Month& month, ThreadTeam& team) {
  std::vector<Intake> intakes;
  intakes.reserve(month.world.group_count());
  for (std::size_t g = 0; g < month.world.group_count(); ++g) {
    const GroupId group{g};
    intakes.push_back({group, month.date()});
    state.measures.count<"arrivals">(month.row(), g) +=
        static_cast<std::int32_t>(arrivals_in(month.world.group(group), month.date()));
  }
  admit(state, month.world, month.key, intakes, team);
}

}  // namespace onward
