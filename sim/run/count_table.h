#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "run/fates.h"

namespace onward {

/// The two worlds of a comparison.
enum class Side : std::uint8_t { kBase, kVariant };

/// Counts by year and destination.
enum class Yearly : std::uint8_t {
  kClaims,     ///< claims as nationals of the country of origin
  kPending,    ///< cases that wait for a first decision at the end of the year
  kDecided,    ///< decisions at first instance
  kProtected,  ///< those that give protection
};
inline constexpr std::size_t kYearlies = 4;

/// What blocked people do instead; the shares of these sum to one.
enum class Response : std::uint8_t { kSpatial, kCategorical, kInterTemporal, kReturn, kDeterred };
inline constexpr std::array<std::string_view, 5> kResponseNames{
    "spatial", "categorical", "inter_temporal", "return", "deterred"};

/// Whether a departure of this fate does not happen as it does in the own world.
bool is_blocked(Fate fate);

/// The response that a fate other than unchanged and absent counts as.
Response response_of(Fate fate);

/// Counts of a kind of people (claimant groups, families ...) among the base's departures to
/// targets.
enum class PeopleCount : std::uint8_t {
  kDepartures,  ///< all of them
  kBlocked,     ///< those that do not go there unchanged; then one count for each response
};
inline constexpr std::size_t kPeopleCounts = 2 + kResponseNames.size();

/// Single counts.
enum class Extra : std::uint8_t {
  kElsewhereOtherCategory,  ///< blocked people who go elsewhere, with another ending
  kCensored,                ///< blocked people who are preparing a departure at the horizon
  kStopped,                 ///< blocked people who never get through in the variant, but tried
  kAbroad,                  ///< people who were abroad when the worlds parted
  kBackInBase,              ///< those of them who are back at the horizon
  kBackInVariant,
  kLaterInBase,  ///< departures after the first, not stopped, from the parting on
  kLaterInVariant,
  kOnwardInBase,  ///< onward moves after a refusal from the parting on
  kOnwardInVariant,
  kPlaceboDepartures,  ///< first departures of the base, in replicates with a placebo
  kPlaceboChanged,     ///< those whose fate in the placebo is not unchanged
  kPlaceboTargeted,    ///< first departures to targets; then those changed, by response
};
inline constexpr std::size_t kExtras = 13 + kResponseNames.size();

/// Counts of one of the worlds of a decomposition (run/held_worlds.h): persons, and claims less
/// those of the base. Claims elsewhere are those in destinations that are no targets.
enum class HeldCount : std::uint8_t {
  kBlocked,          ///< the base's departures to targets that do not happen unchanged
  kElsewhere,        ///< those that are to another destination instead
  kFirstElsewhere,   ///< claims elsewhere in the first full year from the parting on
  kSecondElsewhere,  ///< in the second
  kClaims,           ///< claims everywhere in all years
};
inline constexpr std::size_t kHeldCounts = 5;

/// The layout of one replicate's counts: where each stands in a row of integers.
struct CountLayout {
  std::size_t years = 0;
  std::size_t destinations = 0;
  std::size_t people = 0;       ///< kinds of people
  std::size_t held_worlds = 0;  ///< worlds of a decomposition

  std::size_t yearly(Yearly which, Side world, std::size_t year, std::size_t destination) const {
    const std::size_t series =
        static_cast<std::size_t>(which) * 2 + static_cast<std::size_t>(world);
    return (series * years + year) * destinations + destination;
  }
  std::size_t claims(Side world, std::size_t year, std::size_t destination) const {
    return yearly(Yearly::kClaims, world, year, destination);
  }
  /// Brokers at work at the end of the year.
  std::size_t brokers(Side world, std::size_t year) const {
    return brokers_begin() + static_cast<std::size_t>(world) * years + year;
  }
  /// First departures of `world` to `destination` by their fate in the other world.
  std::size_t fate(Side world, std::size_t destination, Fate fate) const {
    return fate_row(world, destination) + static_cast<std::size_t>(fate);
  }
  /// Those that go to the destination `to` instead; they are not in a cell of `fate`.
  std::size_t elsewhere(Side world, std::size_t destination, std::size_t to) const {
    return fate_row(world, destination) + static_cast<std::size_t>(Fate::kElsewhere) + to;
  }
  std::size_t of_people(std::size_t kind, PeopleCount count) const {
    return people_begin() + kind * kPeopleCounts + static_cast<std::size_t>(count);
  }
  std::size_t of_people(std::size_t kind, Response response) const {
    return of_people(kind, PeopleCount::kBlocked) + 1 + static_cast<std::size_t>(response);
  }
  std::size_t extra(Extra which) const {
    return people_begin() + people * kPeopleCounts + static_cast<std::size_t>(which);
  }
  std::size_t placebo(Response response) const {
    return extra(Extra::kPlaceboTargeted) + 1 + static_cast<std::size_t>(response);
  }
  std::size_t held(std::size_t world, HeldCount count) const {
    return extra(Extra{}) + kExtras + world * kHeldCounts + static_cast<std::size_t>(count);
  }
  std::size_t columns() const { return held(held_worlds, HeldCount{}); }

  /// Fates without another place, then one cell for each other place.
  std::size_t fate_cells() const {
    return static_cast<std::size_t>(Fate::kElsewhere) + destinations;
  }

 private:
  std::size_t brokers_begin() const { return kYearlies * 2 * years * destinations; }
  std::size_t fate_row(Side world, std::size_t destination) const {
    return brokers_begin() + 2 * years +
           (static_cast<std::size_t>(world) * destinations + destination) * fate_cells();
  }
  std::size_t people_begin() const { return fate_row(Side::kVariant, destinations); }
};

/// One row of counts for each replicate.
class CountTable {
 public:
  CountTable(const CountLayout& layout, std::size_t replicates)
      : layout_(layout), rows_(replicates), counts_(replicates * layout.columns(), 0) {}

  const CountLayout& layout() const { return layout_; }
  std::size_t rows() const { return rows_; }
  std::span<std::int32_t> row(std::size_t replicate) {
    return {counts_.data() + replicate * layout_.columns(), layout_.columns()};
  }
  std::span<const std::int32_t> row(std::size_t replicate) const {
    return {counts_.data() + replicate * layout_.columns(), layout_.columns()};
  }

 private:
  CountLayout layout_;
  std::size_t rows_;
  std::vector<std::int32_t> counts_;
};

}  // namespace onward
