#include "run/memory_need.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "engine/attention_calendar.h"

namespace onward {

namespace {

/// Hazard of attention, 1/month, up to which candidates are expected to be drawn: the end of a
/// band.
constexpr double kExpectedReach = 0.08;
/// Journeys begun in a run by each person who can consider moving.
constexpr double kExpectedDepartures = 1.0;
/// Of those, the ones on their way or in a procedure at one time.
constexpr double kExpectedMoves = 0.25;
/// Lists that grow by doubling hold this much more than they need, on average.
constexpr double kGrowth = 1.5;
/// Tables by community and destination: ten of Communities and Signals, and the policies' share.
constexpr std::size_t kCommunityTables = 11;
/// Program, libraries and the scenario as read, bytes.
constexpr std::uint64_t kProgram = std::uint64_t{25} << 20;

std::uint64_t bytes(double count, double each) { return static_cast<std::uint64_t>(count * each); }

/// People of a group who are there or arrive before the end.
double people_of(const World& world, const Group& group) {
  double people = 0.0;
  for (const auto& [year, count] : group.arrivals)
    people += year <= world.scenario.end.year() ? count : 0.0;
  return people;
}

/// People who can consider moving.
double attentive_people(const World& world) {
  const Parameters& parameters = world.parameters();
  const bool all = parameters.get<"attention.settled_ratio">() > 0.0;
  double people = 0.0;
  for (const Group& group : world.scenario.groups) {
    const double share = parameters.get<"attention.restless_share">() * group.restless;
    people += people_of(world, group) * (all ? 1.0 : std::min(share, 1.0));
  }
  return people;
}

std::uint64_t series_bytes(const World& world) {
  const Measures measures(measure_shape(world.scenario));
  std::uint64_t cells = 0;
  for (std::size_t row = 0; row < kMeasureRows.size(); ++row)
    cells += measures.counts(row).size() + measures.values(row).size();
  return 4 * cells;
}

std::string gibibytes(std::uint64_t bytes) {
  return fmt::format("{:.2f} GiB", static_cast<double>(bytes) / (1 << 30));
}

}  // namespace

MemoryNeed memory_of_replicate(const World& world) {
  const double attentive = attentive_people(world);
  const double candidates = attentive * kExpectedReach * kBlockMonths;
  const double communities =
      1.05 * world.people / world.scenario.communities.size +
      2.0 * static_cast<double>(world.group_count() * world.scenario.communities.regions.size());
  const double destinations = static_cast<double>(world.destinations.size());
  return {.people = bytes(world.people, sizeof(Person)),
          .attention = bytes(attentive, kGrowth * sizeof(PersonId)) +
                       bytes(candidates, kGrowth * sizeof(Candidate)),
          .journeys = bytes(attentive * kExpectedDepartures, kGrowth * sizeof(std::uint64_t)) +
                      bytes(attentive * kExpectedMoves, kGrowth * sizeof(Move)),
          .communities = bytes(communities * destinations, kCommunityTables * sizeof(double)),
          .measures = series_bytes(world)};
}

std::uint64_t memory_of_run(const World& world, const ReplicatePlan& plan) {
  const auto threads = static_cast<std::uint32_t>(plan.threads);
  // See for_each_replicate: threads work on whole replicates if there are enough of them.
  const std::uint64_t at_once = plan.count >= threads ? threads : 1;
  return kProgram + world.policy.bytes() + at_once * memory_of_replicate(world).total();
}

std::string check_memory(std::uint64_t need, std::uint64_t available) {
  const std::string text =
      "needs about " + gibibytes(need) + " of memory; " + gibibytes(available) + " are free";
  if (need > available) {
    throw std::runtime_error("this run " + text +
                             ". Fewer threads (--threads 1) run fewer replicates at once; else it "
                             "takes a larger machine or fewer people in the scenario");
  }
  return text;
}

}  // namespace onward
