#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/people.h"

namespace onward {

struct Move;

/// How a journey from the place of settlement ended.
enum class Ending : std::uint8_t {
  kTravelling,  ///< has not ended yet
  kClaim,       ///< a claim as a national of the country of origin
  kDeclared,    ///< a claim that declares the citizenship already held
  kIrregular,   ///< arrived and filed no claim
  kResettled,   ///< taken in by the destination without a claim
  kStopped,     ///< stopped on the way and back in the place of settlement
};
inline constexpr std::array<std::string_view, 6> kEndingNames{
    "travelling", "claim", "declared", "irregular", "resettled", "stopped"};

/// A departure from the place of settlement. Onward moves after a refusal are none.
struct Departure {
  PersonId person{};
  int month = 0;  ///< since the start of the run
  PlaceId place{};
  Ending ending = Ending::kTravelling;

  bool operator==(const Departure&) const = default;
};

/// Position in the log of a move that is not in it.
inline constexpr std::uint32_t kNoDeparture = 0xffffffff;

/// Writes a departure into the log, in which it goes on as travelling; returns its position there.
/// Where nobody will read the log, writes nothing and returns kNoDeparture.
std::uint32_t log_departure(State& state, const Month& month, const Move& move);

/// Writes how the journey of a move ended; nothing for a move that is not in the log.
void end_journey(State& state, const Move& move, Ending ending);

}  // namespace onward
