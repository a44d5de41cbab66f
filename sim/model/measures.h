#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/scenario.h"
#include "model/table.h"

/// What a run reports: one row for each measured series, from which recording, the output file,
/// the CSV export and the documentation are made. To add a series, add a row here and fill it in
/// the verb that it counts (flows) or in engine/record.cpp (stocks).
namespace onward {

/// The axes of measured series, besides the replicate.
enum class Dimension : std::uint8_t {
  kNone,
  kMonth,
  kYear,
  kDestination,  ///< places that take asylum claims
  kGroup,
  kChannel,
  kOutcome,
  kPlace,  ///< all places
  kFrom,   ///< all places, as the start of a move
  kStatus,
  kStory,
  kBroker,  ///< broker slots
};

/// How a journey is organised.
enum class Channel : std::uint8_t { kSelf, kBroker };
inline constexpr std::array<std::string_view, 2> kChannelNames{"self", "broker"};

/// How a case ends at first instance, as UNHCR names it.
enum class Outcome : std::uint8_t { kRecognised, kOther, kRejected, kClosed };
inline constexpr std::array<std::string_view, 4> kOutcomeNames{"recognised", "other", "rejected",
                                                               "closed"};

/// What a person is doing at a place.
enum class Status : std::uint8_t {
  kSettled,         ///< lives in the place of settlement
  kCommitted,       ///< has decided to leave and prepares
  kTravelling,      ///< has left and has not arrived
  kPending,         ///< waits for a first decision
  kAppeal,          ///< waits for a decision on appeal
  kRecognised,      ///< recognised as a refugee
  kOther,           ///< has another form of protection
  kIrregular,       ///< without status, after a refusal or without a claim
  kReturnedOrigin,  ///< in the country of origin, for good or until the next flight
};
inline constexpr std::array<std::string_view, 9> kStatusNames{
    "settled",    "committed", "travelling", "pending",        "appeal",
    "recognised", "other",     "irregular",  "returned_origin"};

inline constexpr std::array<std::string_view, 2> kStoryNames{"conceal", "declare"};

/// The description of one measured series.
struct MeasureRow {
  std::string_view name;
  bool is_count = true;  ///< 32-bit integers if so, else 32-bit floats
  std::array<Dimension, 4> dimensions{};
  std::string_view unit;
  std::string_view meaning;
};

// clang-format off
inline constexpr auto kMeasureRows = std::to_array<MeasureRow>({
    {"applications", true, {Dimension::kMonth, Dimension::kDestination, Dimension::kGroup, Dimension::kChannel},
     "person", "asylum claims filed as a national of the country of origin"},
    {"declared_claims", true, {Dimension::kMonth, Dimension::kDestination, Dimension::kGroup, Dimension::kNone},
     "person", "asylum claims that declare the citizenship already held, outside the observed series"},
    {"unclaimed", true, {Dimension::kMonth, Dimension::kDestination, Dimension::kGroup, Dimension::kNone}, "person",
     "arrivals who file no claim"},
    {"decisions", true, {Dimension::kMonth, Dimension::kDestination, Dimension::kGroup, Dimension::kOutcome}, "case",
     "decisions at first instance"},
    {"records_found", true, {Dimension::kMonth, Dimension::kDestination, Dimension::kGroup, Dimension::kNone}, "case",
     "decisions at first instance in which a record of another citizenship was found"},
    {"appeals_won", true, {Dimension::kMonth, Dimension::kDestination, Dimension::kGroup, Dimension::kNone}, "case",
     "appeals that ended in protection"},
    {"pending", true, {Dimension::kMonth, Dimension::kDestination, Dimension::kGroup, Dimension::kNone}, "case",
     "cases that wait for a first decision at the end of the month"},
    {"moves", true, {Dimension::kMonth, Dimension::kFrom, Dimension::kPlace, Dimension::kNone}, "person",
     "moves that reached their place, by place left and place reached"},
    {"stock", true, {Dimension::kMonth, Dimension::kPlace, Dimension::kStatus, Dimension::kNone}, "person",
     "people by place and status at the end of the month"},
    {"arrivals", true, {Dimension::kMonth, Dimension::kGroup, Dimension::kNone, Dimension::kNone}, "person",
     "people who joined the group"},
    {"considerations", true, {Dimension::kMonth, Dimension::kGroup, Dimension::kNone, Dimension::kNone}, "decision",
     "choices made by people who considered moving"},
    {"commitments", true, {Dimension::kMonth, Dimension::kDestination, Dimension::kChannel, Dimension::kNone}, "person",
     "people who chose to leave"},
    {"reopened", true, {Dimension::kMonth, Dimension::kGroup, Dimension::kNone, Dimension::kNone}, "decision",
     "choices made again during commitment"},
    {"departures", true, {Dimension::kMonth, Dimension::kDestination, Dimension::kGroup, Dimension::kNone}, "person",
     "people who left for a destination"},
    {"intercepted", true, {Dimension::kMonth, Dimension::kDestination, Dimension::kNone, Dimension::kNone}, "person",
     "people stopped on the journey"},
    {"resettlements", true, {Dimension::kMonth, Dimension::kDestination, Dimension::kGroup, Dimension::kNone}, "person",
     "people taken in without a claim"},
    {"reunions", true, {Dimension::kMonth, Dimension::kDestination, Dimension::kNone, Dimension::kNone}, "person",
     "relatives who joined a recognised person; they count for the diaspora only"},
    {"refoulements", true, {Dimension::kMonth, Dimension::kGroup, Dimension::kNone, Dimension::kNone}, "person",
     "people found in first asylum and sent back to the country of origin"},
    {"new_flights", true, {Dimension::kMonth, Dimension::kGroup, Dimension::kNone, Dimension::kNone}, "person",
     "people who fled again after being sent back"},
    {"removals", true, {Dimension::kMonth, Dimension::kDestination, Dimension::kNone, Dimension::kNone}, "person",
     "people removed to their place of settlement"},
    {"returns", true, {Dimension::kMonth, Dimension::kDestination, Dimension::kNone, Dimension::kNone}, "person",
     "people who went back to their place of settlement by themselves"},
    {"origin_returns", true, {Dimension::kMonth, Dimension::kGroup, Dimension::kNone, Dimension::kNone}, "person",
     "people who went back to the country of origin"},
    {"belief", false, {Dimension::kMonth, Dimension::kDestination, Dimension::kNone, Dimension::kNone}, "1",
     "believed chance of protection, mean over people in places of settlement"},
    {"heard", false, {Dimension::kMonth, Dimension::kDestination, Dimension::kNone, Dimension::kNone}, "1",
     "share of people who have heard the newest announcement, mean over communities"},
    {"true_rate", false, {Dimension::kMonth, Dimension::kDestination, Dimension::kGroup, Dimension::kNone}, "1",
     "chance of protection at first instance under the policy of the month, without coaching"},
    {"expected_wait", false, {Dimension::kMonth, Dimension::kDestination, Dimension::kNone, Dimension::kNone}, "month",
     "time that a claim is expected to take"},
    {"brokers_active", true, {Dimension::kMonth, Dimension::kNone, Dimension::kNone, Dimension::kNone}, "broker",
     "brokers at work"},
    {"broker_offers", true, {Dimension::kMonth, Dimension::kDestination, Dimension::kStory, Dimension::kNone}, "broker",
     "brokers who sell the product"},
    {"broker_clients", true, {Dimension::kMonth, Dimension::kBroker, Dimension::kNone, Dimension::kNone}, "person",
     "departures that the broker in the slot organised"},
    {"broker_price", false, {Dimension::kMonth, Dimension::kBroker, Dimension::kNone, Dimension::kNone}, "money",
     "price asked by the broker in the slot; 0 if the slot is empty"},
    {"broker_arrests", true, {Dimension::kMonth, Dimension::kNone, Dimension::kNone, Dimension::kNone}, "broker",
     "brokers arrested"},
    {"broker_trust", false, {Dimension::kMonth, Dimension::kNone, Dimension::kNone, Dimension::kNone}, "1",
     "weight of a broker's claim in a client's belief, mean over communities"},
    {"coaching_left", false, {Dimension::kMonth, Dimension::kDestination, Dimension::kNone, Dimension::kNone}, "1",
     "share of coaching that the state does not see through yet"},
    {"client_debt", false, {Dimension::kMonth, Dimension::kNone, Dimension::kNone, Dimension::kNone}, "money",
     "debt owed for journeys, to brokers and to others"},
    {"observed_claims", true, {Dimension::kYear, Dimension::kDestination, Dimension::kNone, Dimension::kNone}, "person",
     "yearly claims as a statistician would have seen them, rounding included"},
});
// clang-format on

/// Position of the series called `name` in kMeasureRows; a name that is not there does not compile.
template <FixedName name>
consteval std::size_t measure_index() {
  for (std::size_t i = 0; i < kMeasureRows.size(); ++i) {
    if (kMeasureRows[i].name == name.view()) return i;
  }
  throw "no measure of this name";
}

/// The length of each axis and the labels that go with it.
struct MeasureShape {
  YearMonth start;
  int months = 0;
  std::vector<std::string> destinations;
  std::vector<std::string> places;
  std::vector<std::string> groups;
  std::size_t brokers = 0;

  std::size_t length(Dimension dimension) const;
  /// Labels of an axis; empty for the numbered ones (month, year, broker).
  std::vector<std::string> labels(Dimension dimension) const;
  int first_year() const { return start.year(); }
  bool operator==(const MeasureShape&) const = default;
};

MeasureShape measure_shape(const Scenario& scenario);

/// All series of one replicate. A series is stored with its last dimension running fastest.
class Measures {
 public:
  explicit Measures(const MeasureShape& shape);

  /// Counts or values of row `row`, all dimensions flattened; empty for the other kind.
  std::span<std::int32_t> counts(std::size_t row) { return counts_[row]; }
  std::span<const std::int32_t> counts(std::size_t row) const { return counts_[row]; }
  std::span<float> values(std::size_t row) { return values_[row]; }
  std::span<const float> values(std::size_t row) const { return values_[row]; }

  const MeasureShape& shape() const { return shape_; }

  /// The cell of a count or a value at the given position along the series' dimensions.
  template <FixedName name>
  std::int32_t& count(std::size_t i, std::size_t j = 0, std::size_t k = 0, std::size_t l = 0) {
    static_assert(kMeasureRows[measure_index<name>()].is_count);
    return counts_[measure_index<name>()][offset(measure_index<name>(), i, j, k, l)];
  }
  template <FixedName name>
  float& value(std::size_t i, std::size_t j = 0, std::size_t k = 0, std::size_t l = 0) {
    static_assert(!kMeasureRows[measure_index<name>()].is_count);
    return values_[measure_index<name>()][offset(measure_index<name>(), i, j, k, l)];
  }

  /// Person-months simulated, considerations evaluated and people ever present.
  std::uint64_t person_months = 0;
  std::uint64_t decisions = 0;
  std::uint64_t persons = 0;

  bool operator==(const Measures&) const = default;

 private:
  std::size_t offset(std::size_t row, std::size_t i, std::size_t j, std::size_t k,
                     std::size_t l) const {
    const auto& length = lengths_[row];
    return ((i * length[1] + j) * length[2] + k) * length[3] + l;
  }

  MeasureShape shape_;
  std::array<std::array<std::size_t, 4>, kMeasureRows.size()> lengths_{};
  std::vector<std::vector<std::int32_t>> counts_;
  std::vector<std::vector<float>> values_;
};

}  // namespace onward
