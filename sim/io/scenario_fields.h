#pragma once

#include <array>

#include "io/fields.h"
#include "model/scenario.h"

/// Every key of a scenario file, each once. To add one, add a row here; a row without a place to
/// store it also needs a line in the reader.
namespace onward {

inline constexpr double kMoney = 1e9;           ///< the largest sum of money
inline constexpr double kPeople = 2e8;          ///< the most people of a world
inline constexpr double kUtility = 100.0;       ///< the largest size of a utility
inline constexpr int kOldest = 120;             ///< the highest age, years
inline constexpr std::size_t kMaxGroups = 255;  ///< groups are numbered in one byte
inline constexpr std::size_t kMaxChanges = 1000;
inline constexpr std::size_t kMaxRegions = 1000;
inline constexpr std::size_t kMaxPatterns = 200;
inline constexpr std::size_t kMaxPeriods = 50;
inline constexpr std::size_t kMaxPosteriors = 8;
inline constexpr int kFirstYear = 1000;
inline constexpr int kLastYear = 3000;
inline constexpr int kMaxMonths = 2400;  ///< 200 years

inline constexpr std::array<std::string_view, 2> kStories = {"conceal", "declare"};
inline constexpr std::array<std::string_view, 3> kPublicities = {"silent", "press", "loud"};
inline constexpr std::array<std::string_view, 2> kModes = {"on", "held"};
inline constexpr std::array<std::string_view, 7> kPatternKinds = {
    "peak", "inside", "count", "ratio", "deflection", "paired", "ard"};
inline constexpr std::array<std::string_view, 2> kQuantities = {"counts", "shares"};

/// Keys that every map may have besides its own.
inline constexpr std::array<std::string_view, 2> kRemarkKeys = {"source", "note"};

// The rows are wide on purpose: name, kind, required, low, high, unit, meaning, shape, choices.
// clang-format off

inline constexpr std::array<Field<Scenario>, 13> kWorldFields = {{
    {{"name", FieldKind::kName, kRequired, 0, 0, "", "name of the scenario", "", {}}, &Scenario::name},
    {{"title", FieldKind::kText, kOptional, 0, 0, "", "one sentence", "", {}}, &Scenario::title},
    {{"currency", FieldKind::kText, kOptional, 0, 0, "", "what one unit of money is", "", {}}, &Scenario::currency},
    {{"start", FieldKind::kMonth, kRequired, 0, 0, "", "first month of the run", "", {}}, &Scenario::start},
    {{"end", FieldKind::kMonth, kRequired, 0, 0, "", "last month of the run, inclusive", "", {}}, &Scenario::end},
    {{"groups", FieldKind::kNested, kRequired, 0, 0, "", "groups of people, by name", "groups", {}}, {}},
    {{"destinations", FieldKind::kNested, kRequired, 0, 0, "", "every place, by name", "destinations", {}}, {}},
    {{"communities", FieldKind::kNested, kOptional, 0, 0, "", "how people are gathered into communities", "communities", {}}, {}},
    {{"brokers", FieldKind::kNested, kOptional, 0, 0, "", "the market of brokers; none if left out", "brokers", {}}, {}},
    {{"parameters", FieldKind::kNested, kOptional, 0, 0, "", "parameters of the model, nested or dotted", "parameters", {}}, {}},
    {{"policy", FieldKind::kNested, kOptional, 0, 0, "", "dated changes of policy", "policy", {}}, {}},
    {{"observed", FieldKind::kNested, kOptional, 0, 0, "", "the record that the world is judged by", "observed", {}}, {}},
    {{"interaction", FieldKind::kNested, kOptional, 0, 0, "", "channels through which people affect one another", "interaction", {}}, {}},
}};

/// What a variant says for itself; these keys are read while it is merged into its base.
struct VariantHead {
  std::string extends;
  std::string name;
  std::string title;
};

inline constexpr std::array<Field<VariantHead>, 4> kVariantFields = {{
    {{"extends", FieldKind::kText, kRequired, 0, 0, "", "the scenario that this one changes, relative to this file", "", {}}, &VariantHead::extends},
    {{"name", FieldKind::kName, kRequired, 0, 0, "", "name of the scenario", "", {}}, &VariantHead::name},
    {{"title", FieldKind::kText, kOptional, 0, 0, "", "one sentence", "", {}}, &VariantHead::title},
    {{"changes", FieldKind::kNested, kOptional, 0, 0, "", "what differs from the base, under the keys of a world", "changes", {}}, {}},
}};

inline constexpr std::array<Field<Group>, 14> kGroupFields = {{
    {{"home", FieldKind::kName, kRequired, 0, 0, "", "place where its people live at first; it takes no asylum claims", "", {}}, {}},
    {{"arrivals", FieldKind::kNumbersByYear, kRequired, 0, kPeople, "person", "people by calendar year of arrival; years before the start are the initial stock", "", {}}, &Group::arrivals},
    {{"female", FieldKind::kNumbersByYear, kOptional, 0, 1, "1", "share of women by calendar year, the nearest year where missing; 0.5 if left out", "", {}}, &Group::female},
    {{"ages", FieldKind::kNested, kRequired, 0, 0, "", "classes of age on arrival", "ages", {}}, {}},
    {{"kin", FieldKind::kNumber, kOptional, 0, 1, "1", "chance of kin left in the country of origin", "", {}}, &Group::kin},
    {{"english", FieldKind::kNumber, kOptional, 0, 1, "1", "chance of speaking English", "", {}}, &Group::english},
    {{"hidden_origin", FieldKind::kNumber, kOptional, 0, 1, "1", "chance of living with a hidden origin", "", {}}, &Group::hidden_origin},
    {{"record", FieldKind::kNumber, kOptional, 0, 1, "1", "chance that a record of another citizenship exists", "", {}}, &Group::record},
    {{"genuine", FieldKind::kNumber, kOptional, 0, 1, "1", "chance that the origin claimed is the true one", "", {}}, &Group::genuine},
    {{"can_return", FieldKind::kSwitch, kOptional, 0, 0, "", "whether people can go back to the home place after leaving it", "", {}}, &Group::can_return},
    {{"savings", FieldKind::kNumber, kOptional, 0, kMoney, "money", "median savings on arrival", "", {}}, &Group::savings},
    {{"savings_spread", FieldKind::kNumber, kOptional, 0, 5, "1", "standard deviation of the log of savings", "", {}}, &Group::savings_spread},
    {{"restless", FieldKind::kNumber, kOptional, 0, 100, "1", "factor on attention.restless_share", "", {}}, &Group::restless},
    {{"attraction_home", FieldKind::kNumber, kOptional, -kUtility, kUtility, "1", "utility of staying, added to the common terms", "", {}}, &Group::attraction_home},
}};

inline constexpr std::array<Field<AgeClass>, 5> kAgeFields = {{
    {{"from", FieldKind::kWhole, kRequired, 0, kOldest, "year", "youngest age on arrival", "", {}}, &AgeClass::from},
    {{"to", FieldKind::kWhole, kRequired, 0, kOldest, "year", "oldest age on arrival, inclusive", "", {}}, &AgeClass::to},
    {{"share", FieldKind::kNumber, kRequired, 0, kPeople, "1", "relative weight", "", {}}, &AgeClass::share},
    {{"children", FieldKind::kNumber, kOptional, 0, 1, "1", "chance of living with children of school age or younger", "", {}}, &AgeClass::children},
    {{"tertiary", FieldKind::kNumber, kOptional, 0, 1, "1", "chance of higher education", "", {}}, &AgeClass::tertiary},
}};

inline constexpr std::array<Field<Place>, 10> kPlaceFields = {{
    {{"asylum", FieldKind::kSwitch, kOptional, 0, 0, "", "whether claims can be made here; true if left out", "", {}}, &Place::asylum},
    {{"nest", FieldKind::kName, kOptional, 0, 0, "", "subnest of the choice; none if left out", "", {}}, &Place::nest},
    {{"english", FieldKind::kSwitch, kOptional, 0, 0, "", "whether schooling is in English", "", {}}, &Place::english},
    {{"enemy", FieldKind::kSwitch, kOptional, 0, 0, "", "whether kin in the country of origin are punished for living here", "", {}}, &Place::enemy},
    {{"attraction", FieldKind::kNumber, kOptional, -kUtility, kUtility, "1", "utility not explained otherwise", "", {}}, &Place::attraction},
    {{"income", FieldKind::kNumber, kOptional, 0, kMoney, "money/month", "what a settled newcomer earns", "", {}}, &Place::income},
    {{"travel_cost", FieldKind::kNumber, kOptional, 0, kMoney, "money", "cost of the journey without a broker", "", {}}, &Place::travel_cost},
    {{"population_abroad", FieldKind::kNumber, kOptional, 0, kPeople, "person", "people of the same origin here at the start, in no group", "", {}}, &Place::population_abroad},
    {{"prior_belief", FieldKind::kNumber, kOptional, 0.001, 0.999, "1", "chance of protection believed before any evidence; belief.prior if left out", "", {}}, &Place::prior_belief},
    {{"levers", FieldKind::kNested, kOptional, 0, 0, "", "levers of policy at the start; their defaults where left out", "levers", {}}, {}},
}};

inline constexpr std::array<Field<CommunityPlan>, 4> kCommunityFields = {{
    {{"size", FieldKind::kWhole, kOptional, 2, 100000, "person", "people in a full community", "", {}}, &CommunityPlan::size},
    {{"ties", FieldKind::kWhole, kOptional, 0, 1000, "1", "ties of each community within its region", "", {}}, &CommunityPlan::ties},
    {{"far_ties", FieldKind::kWhole, kOptional, 0, 1000, "1", "ties of each community to anywhere in its group", "", {}}, &CommunityPlan::far_ties},
    {{"regions", FieldKind::kNested, kOptional, 0, 0, "", "weights of the regions of residence, by name; one region if left out", "regions", {}}, {}},
}};

inline constexpr std::array<Field<BrokerPlan>, 7> kBrokerFields = {{
    {{"slots", FieldKind::kWhole, kOptional, 0, kMostBrokers, "1", "brokers active at the start, and the most there can be", "", {}}, &BrokerPlan::slots},
    {{"reach", FieldKind::kNumber, kOptional, 0, 1, "1", "chance that a broker serves a given community", "", {}}, &BrokerPlan::reach},
    {{"capacity", FieldKind::kNumber, kOptional, 0, 1e6, "person/month", "mean clients that a broker can send", "", {}}, &BrokerPlan::capacity},
    {{"fee", FieldKind::kNumber, kOptional, 0, kMoney, "money", "mean price at the start", "", {}}, &BrokerPlan::fee},
    {{"credit", FieldKind::kNumber, kOptional, 0, kMoney, "money", "sum that a client counts as means when weighing the offer", "", {}}, &BrokerPlan::credit},
    {{"exaggeration", FieldKind::kNumber, kOptional, 0, 1, "1", "share of the doubt that a broker talks away", "", {}}, &BrokerPlan::exaggeration},
    {{"products", FieldKind::kNested, kOptional, 0, 0, "", "what is sold at the start", "products", {}}, {}},
}};

inline constexpr std::array<Field<ProductPlan>, 3> kProductFields = {{
    {{"destination", FieldKind::kName, kRequired, 0, 0, "", "a place that takes asylum claims", "", {}}, {}},
    {{"story", FieldKind::kChoice, kRequired, 0, 0, "", "what clients say: silent about another citizenship, or declaring it", "", kStories}, [](ProductPlan& product, std::size_t choice) { product.story = static_cast<Story>(choice); }},
    {{"share", FieldKind::kNumber, kRequired, 0, 1, "1", "chance that a broker sells it at the start", "", {}}, &ProductPlan::share},
}};

inline constexpr std::array<Field<PolicyChange>, 7> kPolicyFields = {{
    {{"id", FieldKind::kName, kRequired, 0, 0, "", "name of the change", "", {}}, &PolicyChange::id},
    {{"at", FieldKind::kMonth, kRequired, 0, 0, "", "month in which it takes effect", "", {}}, &PolicyChange::at},
    {{"announced", FieldKind::kMonth, kOptional, 0, 0, "", "month in which it is announced; when it takes effect if left out", "", {}}, &PolicyChange::announced},
    {{"where", FieldKind::kNested, kRequired, 0, 0, "", "the place, or a list of places", "where", {}}, {}},
    {{"set", FieldKind::kNested, kRequired, 0, 0, "", "the levers with their new values", "levers", {}}, {}},
    {{"rests_on", FieldKind::kWhole, kOptional, kFirstYear, kLastYear, "year", "last year of the counts that the values were read off; left out if they rest on none", "", {}}, &PolicyChange::rests_on},
    {{"publicity", FieldKind::kChoice, kOptional, 0, 0, "", "how public the change is; silent if left out", "", kPublicities}, [](PolicyChange& change, std::size_t choice) { change.publicity = static_cast<Publicity>(choice); }},
}};

/// The record as it is written; the reader turns it into counts with bounds.
struct RecordHead {
  double rounded_below = 0.0;
  int origin = 0;
};

inline constexpr std::array<Field<RecordHead>, 7> kObservedFields = {{
    {{"rounded_below", FieldKind::kNumber, kOptional, 0, 100, "person", "a count of this stands for 1 to this", "", {}}, &RecordHead::rounded_below},
    {{"applications", FieldKind::kNested, kRequired, 0, 0, "", "yearly counts of claims by place; null where missing", "applications", {}}, {}},
    {{"fitted_to", FieldKind::kNested, kOptional, 0, 0, "", "years by which the parameters were set", "years", {}}, {}},
    {{"origin", FieldKind::kWhole, kOptional, kFirstYear, kLastYear, "year", "last year that a fixed forecast knows", "", {}}, &RecordHead::origin},
    {{"posteriors", FieldKind::kNested, kOptional, 0, 0, "", "posteriors that it is judged with", "posteriors", {}}, {}},
    {{"periods", FieldKind::kNested, kOptional, 0, 0, "", "years that are scored together", "periods", {}}, {}},
    {{"patterns", FieldKind::kNested, kOptional, 0, 0, "", "what the world must show", "patterns", {}}, {}},
}};

inline constexpr std::array<Field<PosteriorEntry>, 3> kPosteriorFields = {{
    {{"file", FieldKind::kText, kRequired, 0, 0, "", "posterior file; its path as seen from this file", "", {}}, &PosteriorEntry::file},
    {{"fitted_to", FieldKind::kNested, kRequired, 0, 0, "", "years of the record that it has seen", "years", {}}, {}},
    {{"scenario", FieldKind::kText, kOptional, 0, 0, "", "scenario file that runs with it; this scenario if left out", "", {}}, &PosteriorEntry::scenario},
}};

inline constexpr std::array<Field<Pattern>, 14> kPatternFields = {{
    {{"id", FieldKind::kName, kRequired, 0, 0, "", "name of the pattern", "", {}}, &Pattern::id},
    {{"kind", FieldKind::kChoice, kRequired, 0, 0, "", "what it is about", "", kPatternKinds}, [](Pattern& pattern, std::size_t choice) { pattern.kind = static_cast<PatternKind>(choice); }},
    {{"where", FieldKind::kNested, kOptional, 0, 0, "", "destinations, taken together; all of the observed record if left out", "where", {}}, {}},
    {{"target", FieldKind::kName, kOptional, 0, 0, "", "destination whose policy changes", "", {}}, {}},
    {{"since", FieldKind::kMonth, kOptional, 0, 0, "", "first month of the target's changes that the other world leaves out", "", {}}, &Pattern::since},
    {{"of", FieldKind::kChoice, kOptional, 0, 0, "", "what is averaged", "", kQuantities}, [](Pattern& pattern, std::size_t choice) { pattern.of = static_cast<Quantity>(choice); }},
    {{"year", FieldKind::kWhole, kOptional, kFirstYear, kLastYear, "year", "year looked at", "", {}}, &Pattern::year},
    {{"base_year", FieldKind::kWhole, kOptional, kFirstYear, kLastYear, "year", "year that it is held against", "", {}}, &Pattern::base_year},
    {{"from", FieldKind::kWhole, kOptional, kFirstYear, kLastYear, "year", "first of the years looked at", "", {}}, &Pattern::from},
    {{"to", FieldKind::kWhole, kOptional, kFirstYear, kLastYear, "year", "last of the years looked at", "", {}}, &Pattern::to},
    {{"within", FieldKind::kWhole, kOptional, 0, 100, "year", "years that the peak may lie off", "", {}}, &Pattern::within},
    {{"level", FieldKind::kNumber, kOptional, 0.01, 0.99, "1", "share of replicates inside the central interval", "", {}}, &Pattern::level},
    {{"low", FieldKind::kNumber, kOptional, -kPeople, kPeople, "", "least value that is good", "", {}}, &Pattern::low},
    {{"high", FieldKind::kNumber, kOptional, -kPeople, kPeople, "", "greatest value that is good", "", {}}, &Pattern::high},
}};

/// The keys of a pattern besides id and kind, by kind; `may` ends where it is empty.
struct PatternKeys {
  std::array<std::string_view, 5> needs{};
  std::array<std::string_view, 3> may{};
};
inline constexpr std::array<PatternKeys, kPatternKinds.size()> kPatternKeys = {{
    {{"where", "from", "to", "within"}, {}},
    {{"where", "year", "level"}, {}},
    {{"year"}, {"low", "high", "where"}},
    {{"year", "base_year"}, {"low", "high", "where"}},
    {{"target", "year", "base_year"}, {"low", "high"}},
    {{"where", "target", "since", "from", "to"}, {"low", "high"}},
    {{"of", "from", "to"}, {"low", "high"}},
}};

inline constexpr ChannelMode mode_of(std::size_t choice) { return static_cast<ChannelMode>(choice); }

inline constexpr std::array<Field<Interaction>, 5> kInteractionFields = {{
    {{"beliefs", FieldKind::kChoice, kOptional, 0, 0, "", "evidence and announcements change beliefs", "", kModes}, [](Interaction& all, std::size_t choice) { all.beliefs = mode_of(choice); }},
    {{"buzz", FieldKind::kChoice, kOptional, 0, 0, "", "departures draw attention", "", kModes}, [](Interaction& all, std::size_t choice) { all.buzz = mode_of(choice); }},
    {{"diaspora", FieldKind::kChoice, kOptional, 0, 0, "", "people abroad draw others", "", kModes}, [](Interaction& all, std::size_t choice) { all.diaspora = mode_of(choice); }},
    {{"brokers", FieldKind::kChoice, kOptional, 0, 0, "", "brokers react to success and demand", "", kModes}, [](Interaction& all, std::size_t choice) { all.brokers = mode_of(choice); }},
    {{"queues", FieldKind::kChoice, kOptional, 0, 0, "", "claims queue behind capacity", "", kModes}, [](Interaction& all, std::size_t choice) { all.queues = mode_of(choice); }},
}};

// clang-format on

}  // namespace onward
