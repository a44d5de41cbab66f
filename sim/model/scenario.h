#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/calendar.h"
#include "core/ids.h"
#include "model/levers.h"
#include "model/parameters.h"
#include "model/validation_plan.h"

/// A scenario: everything a run needs besides seed and replicate. Plain values; constant once read.
namespace onward {

/// Most places of a scenario: sets of places are 64-bit masks.
inline constexpr std::size_t kMaxPlaces = 64;

using GroupId = Id<struct GroupTag>;

/// Where people are or may go. Places that take asylum claims are destinations; the others are
/// places of settlement.
struct Place {
  std::string name;          ///< ISO 3166 alpha-3, or any name in an invented world
  bool asylum = true;        ///< whether claims can be made here
  std::string nest;          ///< subnest of the choice, empty for none
  bool english = false;      ///< whether schooling is in English
  bool enemy = false;        ///< whether kin in the country of origin are punished for living here
  double attraction = 0.0;   ///< utility not explained otherwise (alpha)
  double income = 0.0;       ///< money per month that a settled newcomer earns
  double travel_cost = 0.0;  ///< money for the journey without a broker
  double population_abroad = 0.0;  ///< people of the same origin here at the start, in no group
  /// Chance of protection believed before any evidence; the parameter belief.prior if empty.
  std::optional<double> prior_belief;
  std::vector<LeverValues> levers;  ///< by group, at the start

  bool operator==(const Place&) const = default;
};

/// One class of a categorical attribute.
struct Category {
  std::string name;
  double share = 0.0;  ///< relative weight
  bool operator==(const Category&) const = default;
};

/// One class of age with the attributes that depend on it.
struct AgeClass {
  int from = 0;           ///< youngest age on arrival, years
  int to = 0;             ///< oldest age on arrival, years, inclusive
  double share = 0.0;     ///< relative weight
  double children = 0.0;  ///< chance of living with children of school age or younger
  double tertiary = 0.0;  ///< chance of higher education
  bool operator==(const AgeClass&) const = default;
};

/// People who share a way of arriving and a legal situation.
struct Group {
  std::string name;
  PlaceId home;  ///< place where its people live at first
  std::map<int, double>
      arrivals;  ///< people by calendar year; years before the start are the initial stock
  std::map<int, double> female;  ///< share of women by calendar year; nearest year where missing
  std::vector<AgeClass> ages;
  double kin = 0.0;              ///< chance of kin left in the country of origin
  double english = 0.0;          ///< chance of speaking English
  double hidden_origin = 0.0;    ///< chance of living with a hidden origin
  double record = 0.0;           ///< chance that a record of another citizenship exists
  double genuine = 1.0;          ///< chance that the origin claimed is the true one
  double can_return = 1.0;       ///< 1 if people can go back to the home place after leaving it
  double savings = 0.0;          ///< median savings on arrival, money
  double savings_spread = 0.0;   ///< standard deviation of the log of savings
  double restless = 1.0;         ///< factor on attention.restless_share
  double attraction_home = 0.0;  ///< utility of staying, added to the common terms
  bool operator==(const Group&) const = default;
};

/// How people are gathered into communities.
struct CommunityPlan {
  int size = 100;                 ///< people in a full community
  int ties = 6;                   ///< ties of each community within its region
  int far_ties = 2;               ///< ties of each community to anywhere in its group
  std::vector<Category> regions;  ///< share of people by region of residence
  bool operator==(const CommunityPlan&) const = default;
};

/// What a broker's client says: keeps silent about another citizenship, or declares it.
enum class Story : std::uint8_t { kConceal, kDeclare };

/// A product that some brokers sell when the run starts.
struct ProductPlan {
  PlaceId place;
  Story story = Story::kConceal;
  double share = 0.0;  ///< chance that a broker sells it at the start
  bool operator==(const ProductPlan&) const = default;
};

/// Most brokers of a scenario.
inline constexpr std::size_t kMostBrokers = 10'000;

/// The market of brokers.
struct BrokerPlan {
  int slots = 0;              ///< brokers active at the start, and the most there can be
  double reach = 0.3;         ///< chance that a broker serves a given community
  double capacity = 10.0;     ///< mean clients a month that a broker can send
  double fee = 0.0;           ///< mean price at the start, money
  double credit = 0.0;        ///< sum that a client counts as means when weighing the offer, money
  double exaggeration = 0.3;  ///< share of the doubt that a broker talks away
  std::vector<ProductPlan> products;  ///< offered at the start
  bool operator==(const BrokerPlan&) const = default;
};

/// How public a change of policy is.
enum class Publicity : std::uint8_t { kSilent, kPress, kLoud };

/// One lever set by a change, for all groups or for one.
struct LeverSetting {
  std::size_t lever = 0;         ///< position in kLeverRows
  std::vector<double> by_group;  ///< NaN where the group keeps its value
};

/// A dated change of policy.
struct PolicyChange {
  std::string id;
  YearMonth at;                        ///< month in which it takes effect
  std::optional<YearMonth> announced;  ///< month in which it is announced, `at` if empty
  std::vector<PlaceId> where;
  std::vector<LeverSetting> set;
  Publicity publicity = Publicity::kSilent;
  int rests_on = 0;  ///< last year of the counts that the values were read off; 0 for none
  std::string source;
};

/// A yearly count of the record. `lower` and `upper` bound the true count.
struct ObservedCount {
  int year = 0;
  PlaceId place;
  double count = 0.0;
  double lower = 0.0;
  double upper = 0.0;
  bool operator==(const ObservedCount&) const = default;
};

/// Whether a channel of interaction works or is held at a given path.
enum class ChannelMode : std::uint8_t { kOn, kHeld };

/// The channels through which people affect one another.
struct Interaction {
  ChannelMode beliefs = ChannelMode::kOn;
  ChannelMode buzz = ChannelMode::kOn;
  ChannelMode diaspora = ChannelMode::kOn;
  ChannelMode brokers = ChannelMode::kOn;
  ChannelMode queues = ChannelMode::kOn;
  bool operator==(const Interaction&) const = default;
};

struct Scenario {
  std::string name;
  std::string title;     ///< one sentence
  std::string currency;  ///< what one unit of money is
  YearMonth start;
  YearMonth end;  ///< the last month of the run
  Parameters parameters;
  std::vector<Place> places;
  std::vector<Group> groups;
  CommunityPlan communities;
  BrokerPlan brokers;
  std::vector<PolicyChange> policy;  ///< ordered by date, then by id
  std::vector<ObservedCount> observed;
  ValidationPlan validation;
  Interaction interaction;

  int months() const { return end - start + 1; }
};

}  // namespace onward
