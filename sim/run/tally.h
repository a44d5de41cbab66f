#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "run/count_table.h"
#include "run/month_table.h"
#include "run/paired_run.h"

namespace onward {

/// The kinds of people that are reported apart.
enum class PeopleKind : std::uint8_t {
  kEveryone,
  kChildren,       ///< live with children of school age or younger
  kKin,            ///< have kin left in the country of origin
  kIndebted,       ///< owed money when the worlds parted
  kWellConnected,  ///< someone of their community lived at a target then
  kGroup,          ///< of one claimant group; the last ones, in order of group
};
inline constexpr std::array<std::string_view, 5> kPeopleKindNames{"everyone", "children", "kin",
                                                                  "indebted", "well_connected"};

/// The layout of the counts of a comparison of these worlds that is not decomposed.
CountLayout count_layout(const World& world);

/// Months by which departures to targets are later in the variant (or earlier, negative), by number
/// of months; unchanged ones are left out.
using DelayCounts = std::map<int, std::int64_t>;

/// Where the counts of one replicate go.
struct ReplicateCounts {
  const CountLayout& layout;
  std::span<std::int32_t> row;     ///< all zero
  std::span<std::int32_t> months;  ///< as MonthTable::row, all zero
  DelayCounts& delays;             ///< added to
};

/// Counts one replicate of a pair of worlds. Ensures that the forward and the reverse table close.
void tally(const WorldPair& worlds, const PairedRun& run, const ReplicateCounts& counts);

/// Whether the forward and reverse tables of a row agree cell by cell with one another, so that
/// both sum to the departures of their worlds.
bool tables_close(const CountLayout& layout, std::span<const std::int32_t> row);

}  // namespace onward
