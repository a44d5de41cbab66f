#pragma once

#include "model/table.h"

namespace onward {

/// A lever of policy. `severity` is what one unit of the lever adds to the severity of an
/// announcement: positive if raising it tightens access, 0 if nobody would speak of it.
struct LeverRow : NumberRow {
  double severity = 0.0;
  bool by_group = true;  ///< false for levers of a place as a whole, the same for all groups
};

inline constexpr std::string_view kScenarioData = "scenario data; the default stands where a scenario says nothing";

// clang-format off
/// Every lever of policy, each once. A lever has one value for each place, group and month.
inline constexpr auto kLeverRows = std::to_array<LeverRow>({
    // Access and journey.
    {{"visa_free", "1", 0, 1, 1, "share of travellers who may enter without a visa", kScenarioData}, -0.3},
    {{"interception", "1", 0, 1, 0.05, "chance of being stopped on the journey", "assumption"}, 0.5},
    {{"resettlement", "person/month", 0, 1e6, 0, "people of the group who are invited and taken in without a claim", kScenarioData}, 0.0},
    // Procedure.
    {{"recognition", "1", 0, 1, 0.5, "chance of recognition when no record of another citizenship is found", kScenarioData}, -1.0},
    {{"recognition_record", "1", 0, 1, 0.05, "chance of recognition when a record of another citizenship is found", kScenarioData}, -0.5},
    {{"other_protection", "1", 0, 1, 0, "chance of another form of protection, where not recognised and no record is found", kScenarioData}, -1.0},
    {{"detection", "1", 0, 1, 0.1, "chance that a record of another citizenship is found where there is one", kScenarioData}, 0.7},
    {{"language_analysis", "1", 0, 1, 0, "share of claims tested for the origin claimed", kScenarioData}, 0.3},
    {{"presumed_citizenship", "1", 0, 1, 0, "chance that a genuine claimant without a record is held to have another citizenship by law", kScenarioData}, 0.5},
    {{"safe_country", "1", 0, 1, 0, "chance that a claim in which another citizenship is found is refused as manifestly unfounded, without appeal", kScenarioData}, 0.3},
    {{"accelerated", "1", 0, 1, 0, "share of claims decided in an accelerated procedure", kScenarioData}, 0.1},
    {{"time_limit", "month", 0, 1200, 1200, "time after which a case is decided on the evidence there is", kScenarioData}, 0.0},
    {{"closure", "1", 0, 1, 0.05, "chance that a case is closed without a decision", kScenarioData}, 0.3},
    {{"capacity", "case/month", 0, 1e7, 1e6, "cases that can be decided in a month", kScenarioData}, 0.0, false},
    {{"evidence_months", "month", 0, 120, 8, "mean time before a case is ready to be decided", kScenarioData}, 0.0},
    {{"appeal_right", "1", 0, 1, 1, "share of the refused who may appeal", kScenarioData}, -0.1},
    {{"appeal", "1", 0, 1, 0.1, "chance that an appeal against a refusal succeeds", kScenarioData}, -0.3},
    // Reception.
    {{"work_right", "1", 0, 1, 0, "share of pending claimants who are allowed to work", kScenarioData}, -0.1},
    {{"benefit", "money/month", 0, 1e6, 0, "benefit paid to a pending claimant", kScenarioData}, 0.0},
    {{"detention", "1", 0, 1, 0, "share of claimants detained during the procedure", kScenarioData}, 0.2},
    {{"family_reunion", "1", 0, 1, 1, "share of the recognised who may bring their family", kScenarioData}, -0.1},
    // After a refusal.
    {{"removal", "1/month", 0, 10, 0.005, "hazard of removal of a person without status", "assumption: 165 removals recorded in Canada 2013-17"}, 0.5},
    {{"readmission", "1", 0, 1, 1, "share of people without status whom their place of settlement takes back if they are removed", kScenarioData}, 0.0},
    // Brokers.
    {{"enforcement", "1/month", 0, 10, 0.002, "hazard of arrest of a broker who sells routes to or from the place", "assumption"}, 0.0, false},
    // Life in a place of settlement or first asylum.
    {{"settlement_grant", "money", 0, 1e6, 0, "settlement support paid to a new arrival over the time of support", kScenarioData}, 0.0},
    {{"job_incentive", "money", 0, 1e6, 0, "support paid to a new arrival who works", kScenarioData}, 0.0},
    {{"unemployment", "1", 0, 1, 0, "share of people without higher education who are out of work", kScenarioData}, 0.0},
    {{"wage_gap", "1", 0, 1, 0, "share by which the people's wage falls short of the place's income", kScenarioData}, 0.0},
    {{"housing_dispersal", "1", 0, 1, 0, "share of new arrivals who are housed away from others of the same origin", kScenarioData}, 0.0},
    {{"nationality_refused", "1", 0, 1, 0, "share of new arrivals who are refused citizenship and its support", kScenarioData}, 0.0},
    {{"passport_limit", "month", 0, 1200, 0, "time during which somebody who came back from another place may not leave again", kScenarioData}, 0.0},
    {{"refoulement", "1/month", 0, 10, 0, "hazard of being found and sent back to the country of origin", kScenarioData}, 0.0},
    {{"discrimination", "1/year", 0, 1, 0.25, "share of people who feel discriminated against in a year", "Hana survey 2014: 25.3 % (n = 12,777)"}, 0.0},
});
// clang-format on

/// Position of a lever in kLeverRows; a name that is not there is a compile error.
template <FixedName name>
consteval std::size_t lever_index() {
  for (std::size_t i = 0; i < kLeverRows.size(); ++i) {
    if (kLeverRows[i].name == name.view()) return i;
  }
  throw "no lever of this name";
}

/// One value for each lever.
struct LeverValues {
  std::array<double, kLeverRows.size()> values{};

  constexpr LeverValues() {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = kLeverRows[i].standard;
  }
  template <FixedName name>
  constexpr double get() const {
    return values[lever_index<name>()];
  }
  template <FixedName name>
  constexpr void set(double value) {
    values[lever_index<name>()] = value;
  }
  bool operator==(const LeverValues&) const = default;
};

}  // namespace onward
