#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/calendar.h"
#include "core/ids.h"

/// How a world is judged by its observed record: scenario data that no run reads.
namespace onward {

using PlaceId = Id<struct PlaceTag>;  ///< a place of a scenario

/// Calendar years from first to last, both included.
struct YearSpan {
  int first = 0;
  int last = 0;
  bool operator==(const YearSpan&) const = default;
};

/// What a pattern is about; docs/validation.md defines each.
enum class PatternKind : std::uint8_t {
  kPeak,        ///< year of the most claims, near that of the observed record
  kInside,      ///< the observed count lies inside a central interval
  kCount,       ///< claims of a year
  kRatio,       ///< claims of a year over those of a base year
  kDeflection,  ///< gross gains elsewhere over the target's loss, against a base year
  kPaired,      ///< difference to the same world without the target's later changes of policy
  kArd,         ///< averaged relative difference to the observed record
};

/// What is scored: claims, or each destination's share of the year's claims.
enum class Quantity : std::uint8_t { kCounts, kShares };

/// Something that a world must show, and between which bounds. Years that are not given are 0.
struct Pattern {
  std::string id;
  PatternKind kind = PatternKind::kCount;
  std::vector<PlaceId> where;  ///< destinations, taken together; all scored ones if empty
  int year = 0;
  int base_year = 0;
  int from = 0;        ///< first year
  int to = 0;          ///< last year, inclusive
  int within = 0;      ///< years that a peak may lie off
  double level = 0.0;  ///< of a central interval
  Quantity of = Quantity::kCounts;
  std::optional<PlaceId> target;  ///< destination whose policy changes
  YearMonth since;                ///< first month of the changes that a pair leaves out
  std::optional<double> low;
  std::optional<double> high;
  bool operator==(const Pattern&) const = default;
};

/// A posterior that the world is judged with. Paths are as seen from the folder of the scenario's
/// own file; reading a scenario does not open them.
struct PosteriorEntry {
  std::string file;
  YearSpan fitted_to;    ///< years of the record that it has seen, as the file must say too
  std::string scenario;  ///< what runs with it instead of the scenario itself; empty if itself
  bool operator==(const PosteriorEntry&) const = default;
};

struct ValidationPlan {
  int origin = 0;                     ///< last year that a fixed forecast knows; 0 if not given
  std::optional<YearSpan> fitted_to;  ///< years that the parameters were set by
  std::vector<YearSpan> periods;      ///< what is scored together
  std::vector<Pattern> patterns;      ///< ordered by id
  std::vector<PosteriorEntry> posteriors;  ///< as listed
  bool operator==(const ValidationPlan&) const = default;
};

}  // namespace onward
