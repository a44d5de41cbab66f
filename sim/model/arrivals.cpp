#include "model/arrivals.h"

#include <vector>

#include "model/cohort.h"

namespace onward {

namespace {

constexpr std::size_t kNewcomersPerPart = 8192;

/// Some of a cohort, whom one thread draws and houses.
struct Part {
  std::size_t intake = 0;
  std::uint32_t first = 0;  ///< number, in the cohort, of the first
  IndexRange rows;
  std::vector<Joining> joinings;  ///< how they join their communities
};

/// Cuts the intakes into parts of the rows from `begin` on.
std::vector<Part> parts_of(const World& world, std::span<const Intake> intakes, std::size_t begin) {
  std::vector<Part> parts;
  parts.reserve(intakes.size());
  for (std::size_t intake = 0; intake < intakes.size(); ++intake) {
    const auto& [group, arrival] = intakes[intake];
    const std::size_t count = arrivals_in(world.group(group), arrival);
    for (std::size_t chunk = 0; chunk < chunk_count(count, kNewcomersPerPart); ++chunk) {
      const IndexRange range = chunk_range(chunk, kNewcomersPerPart, count);
      parts.push_back({.intake = intake,
                       .first = static_cast<std::uint32_t>(range.begin),
                       .rows = {begin + range.begin, begin + range.end},
                       .joinings = {}});
    }
    begin += count;
  }
  return parts;
}

/// Draws the newcomers of a part and counts them by region, which stands in for the community.
void draw_newcomers(People& people, const World& world, RunKey key, const Intake& intake,
                    const Part& part, std::span<std::uint32_t> by_region) {
  Cohort(world, intake.group, intake.arrival).draw(people, key, part.first, part.rows);
  for (std::size_t i = part.rows.begin; i < part.rows.end; ++i)
    ++by_region[people.rows[i].community];
}

/// Turns a part's counts by region into the number of people who came before, and adds them to it.
void count_before(std::span<std::uint32_t> by_region, std::span<std::uint32_t> joined) {
  for (std::size_t region = 0; region < joined.size(); ++region) {
    const std::uint32_t count = by_region[region];
    by_region[region] = joined[region];
    joined[region] += count;
  }
}

void house(People& people, Filling filling, Part& part) {
  for (std::size_t i = part.rows.begin; i < part.rows.end; ++i)
    people.rows[i].community = filling.next(people.rows[i].community);
  part.joinings = filling.joinings();
}

/// What others can see of the newcomers of a part.
void welcome(State& state, const World& world, RunKey key, const Intake& intake, const Part& part) {
  const auto& [group, arrival] = intake;
  join(state.communities, part.joinings);
  for (std::size_t i = part.rows.begin; i < part.rows.end && is_hunted(world, group); ++i)
    hide(state, world, key, {.person = static_cast<std::uint32_t>(i)},
         arrival - world.scenario.start);
  const std::size_t count = part.rows.end - part.rows.begin;
  const std::size_t home = world.group(group).home.index();
  state.stock[home * kStatusNames.size() + static_cast<std::size_t>(Status::kSettled)] +=
      static_cast<std::int64_t>(count);
  state.measures.persons += count;
}

}  // namespace

void admit(State& state, const World& world, RunKey key, std::span<const Intake> intakes,
           ThreadTeam& team) {
  People& people = state.people;
  std::vector<Part> parts = parts_of(world, intakes, people.size());
  if (parts.empty()) return;
  people.extend(parts.back().rows.end);
  for (const Part& part : parts) {
    const auto& [group, arrival] = intakes[part.intake];
    people.cohorts.note(group, arrival, person_entity(world, group, arrival, part.first),
                        part.rows.begin);
  }
  const std::size_t regions = world.scenario.communities.regions.size();
  std::vector<std::uint32_t> counts(parts.size() * regions, 0);
  const auto counts_of = [&](std::size_t part) {
    return std::span(counts).subspan(part * regions, regions);
  };
  team.for_each_chunk(parts.size(), [&](std::size_t i) {
    draw_newcomers(people, world, key, intakes[parts[i].intake], parts[i], counts_of(i));
  });
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t group = intakes[parts[i].intake].group.index();
    count_before(counts_of(i),
                 std::span(state.communities.region_joined).subspan(group * regions, regions));
  }
  team.for_each_chunk(parts.size(), [&](std::size_t i) {
    const GroupId group = intakes[parts[i].intake].group;
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
