#pragma once

#include <cstdint>

namespace onward {

/// What a draw is for. Each purpose has its own numbers, so adding one changes no other. The
/// values are part of the identity of every draw: never reuse or renumber them.
namespace purpose {
// People.
inline constexpr std::uint8_t kAttributes = 1;
inline constexpr std::uint8_t kSavings = 2;
inline constexpr std::uint8_t kTastes = 3;
inline constexpr std::uint8_t kDiscrimination = 4;
// 5 was a person's own stream of attention.
// Choice.
inline constexpr std::uint8_t kNestError = 10;
inline constexpr std::uint8_t kSubnestError = 11;
inline constexpr std::uint8_t kPlaceError = 12;
inline constexpr std::uint8_t kStayError = 13;
inline constexpr std::uint8_t kReturnError = 14;
// Luck, keyed by destination and attempt.
inline constexpr std::uint8_t kPreparation = 20;
inline constexpr std::uint8_t kJourney = 21;
inline constexpr std::uint8_t kClaim = 22;
inline constexpr std::uint8_t kEvidence = 23;
inline constexpr std::uint8_t kDecision = 24;
inline constexpr std::uint8_t kAppeal = 25;
inline constexpr std::uint8_t kLeaving = 26;
inline constexpr std::uint8_t kReadmission = 27;
inline constexpr std::uint8_t kTrack = 28;
inline constexpr std::uint8_t kReunion = 29;
inline constexpr std::uint8_t kCapture = 30;
// Communities and brokers.
inline constexpr std::uint8_t kTies = 40;
inline constexpr std::uint8_t kCandidates = 41;
inline constexpr std::uint8_t kReach = 50;
inline constexpr std::uint8_t kBrokerTraits = 51;
inline constexpr std::uint8_t kFirstProducts = 52;
inline constexpr std::uint8_t kExplore = 53;
inline constexpr std::uint8_t kNewProduct = 54;
inline constexpr std::uint8_t kBrokerFate = 55;
// The record.
inline constexpr std::uint8_t kObservation = 70;
// Comparisons.
inline constexpr std::uint8_t kPlacebo = 80;
inline constexpr std::uint8_t kBootstrap = 81;
// Calibration.
inline constexpr std::uint8_t kCalibration = 85;
// Forecasts that need no model.
inline constexpr std::uint8_t kNaive = 90;
}  // namespace purpose

}  // namespace onward
