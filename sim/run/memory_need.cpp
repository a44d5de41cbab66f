#include "run/memory_need.h"

#include <fmt/format.h>

#include <stdexcept>

#include "engine/attention_calendar.h"
#include "model/arrivals.h"

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
/// A row and the person's number.
constexpr double kRowSize = sizeof(Person) + sizeof(std::uint32_t);
/// Program, libraries and the scenario as read, bytes.
constexpr std::uint64_t kProgram = std::uint64_t{25} << 20;

std::uint64_t bytes(double count, double each) { return static_cast<std::uint64_t>(count * each); }

std::uint64_t series_bytes(const World& world) {
  const MeasureShape shape = measure_shape(world.scenario);
  std::uint64_t total = 0;
  for (const MeasureRow& row : kMeasureRows) {
    std::uint64_t cells = 1;
    for (const Dimension dimension : row.dimensions) cells *= shape.length(dimension);
    total += cells * (row.is_count ? sizeof(std::int32_t) : sizeof(float));
  }
  return total;
}

std::string gibibytes(std::uint64_t bytes) {
  return fmt::format("{:.2f} GiB", static_cast<double>(bytes) / (1 << 30));
}

}  // namespace

MemoryNeed memory_of_replicate(const World& world, bool with_stayers) {
  const double attentive = expected_attentive(world);
  const double candidates = attentive * kExpectedReach * kBlockMonths;
  const double communities =
      1.05 * world.people / world.scenario.communities.size +
      2.0 * static_cast<double>(world.group_count() * world.scenario.communities.regions.size());
  const double destinations = static_cast<double>(world.destinations.size());
  return {.people = bytes(expected_rows(world, with_stayers), kRowSize),
          .attention = bytes(attentive, kGrowth * sizeof(PersonId)) +
                       bytes(candidates, kGrowth * sizeof(Candidate)),
          .journeys = bytes(attentive * kExpectedDepartures, kGrowth * sizeof(std::uint64_t)) +
                      bytes(attentive * kExpectedMoves, kGrowth * sizeof(Move)),
          .communities = bytes(communities * destinations, kCommunityTables * sizeof(double)),
          .measures = series_bytes(world)};
}

std::uint64_t memory_of_run(const World& world, const ReplicatePlan& plan, bool with_stayers) {
  const auto at_once = static_cast<std::uint64_t>(share_threads(plan, world).replicates);
  return kProgram + world.policy.bytes() +
         at_once * memory_of_replicate(world, with_stayers).total();
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
