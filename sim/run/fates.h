#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/state.h"

namespace onward {

/// What a person who departs in one world does in another. The unit is the person's first departure
/// from the place of settlement from a given month on that is not stopped on the way.
enum class Fate : std::uint8_t {
  kUnchanged,      ///< same place and month, same ending
  kEarlier,        ///< same place and ending, some months earlier
  kDelayed,        ///< same place and ending, some months later
  kOtherCategory,  ///< same place, but another ending: a claim, a declared claim, or none
  kReturned,       ///< no departure; went back to the country of origin
  kStayed,         ///< no departure up to the horizon
  kCensored,       ///< no departure yet, but preparing one at the horizon
  kAbsent,         ///< does not exist in the other world
  kElsewhere,      ///< another place
};
inline constexpr std::array<std::string_view, 9> kFateNames{
    "unchanged", "earlier",  "delayed", "other_category", "returned",
    "stayed",    "censored", "absent",  "elsewhere"};

/// What became of one departure.
struct FateOf {
  PersonId person{};  ///< in the person's own world
  PlaceId place{};    ///< of the departure in the own world
  int month = 0;      ///< of the departure in the own world
  Fate fate = Fate::kUnchanged;
  PlaceId elsewhere{};            ///< the other place, for kElsewhere
  int months = 0;                 ///< by which the other world's departure is later
  bool has_other_ending = false;  ///< departs in the other world with another ending
  bool was_stopped = false;       ///< does not get through in the other world, but tried
};

/// The fate in `other` of everyone's first departure in `own` from month `from` on, one for each
/// person who has one, in order of person.
std::vector<FateOf> find_fates(const State& own, const State& other, int from);

/// Position of a person who does not exist in the other world.
inline constexpr std::uint32_t kNobody = 0xffffffff;

/// The same of a person who is there, but as a stayer without a row.
inline constexpr std::uint32_t kStayer = 0xfffffffe;

/// For everyone in `own`, the position of the same person in `other`, or kNobody or kStayer.
std::vector<std::uint32_t> find_counterparts(const People& own, const People& other);

}  // namespace onward
