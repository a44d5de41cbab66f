#include "run/signature_world.h"

#include <limits>

namespace onward {

namespace {

/// Levers for each of two groups; the second is never found to have another citizenship.
std::vector<LeverValues> levers(double recognition, double detection, double capacity) {
  LeverValues both;
  both.set<"recognition">(recognition);
  both.set<"detection">(detection);
  both.set<"capacity">(capacity);
  both.set<"evidence_months">(5.0);
  both.set<"other_protection">(0.1);
  both.set<"removal">(0.02);
  both.set<"safe_country">(0.2);
  both.set<"accelerated">(0.2);
  both.set<"time_limit">(12.0);
  both.set<"appeal_right">(0.8);
  both.set<"detention">(0.1);
  both.set<"readmission">(0.8);
  LeverValues second = both;
  second.set<"detection">(0.0);
  second.set<"visa_free">(0.3);
  second.set<"language_analysis">(0.2);
  second.set<"presumed_citizenship">(0.2);
  second.set<"resettlement">(0.02);
  return {both, second};
}

Place settlement(const char* name, double income) {
  Place place;
  place.name = name;
  place.asylum = false;
  place.enemy = true;
  place.income = income;
  place.levers = levers(0.0, 0.0, 0.0);
  for (LeverValues& values : place.levers) {
    values.set<"settlement_grant">(20.0);
    values.set<"unemployment">(0.3);
    values.set<"wage_gap">(0.2);
    values.set<"housing_dispersal">(0.2);
    values.set<"nationality_refused">(0.05);
    values.set<"passport_limit">(6.0);
    values.set<"refoulement">(0.005);
  }
  return place;
}

Place destination(const char* name, const char* nest, double attraction,
                  std::vector<LeverValues> values) {
  Place place;
  place.name = name;
  place.nest = nest;
  place.attraction = attraction;
  place.english = nest[0] == 'i';
  place.income = 2.0;
  place.travel_cost = 2.0;
  place.population_abroad = 30.0;
  place.levers = std::move(values);
  return place;
}

Group group(const char* name, PlaceId home, double arrivals, double record) {
  Group people;
  people.name = name;
  people.home = home;
  for (int year = 1998; year <= 2008; ++year) people.arrivals[year] = arrivals;
  people.female = {{2000, 0.6}, {2006, 0.75}};
  people.ages = {{.from = 15, .to = 29, .share = 0.5, .children = 0.2, .tertiary = 0.1},
                 {.from = 30, .to = 59, .share = 0.5, .children = 0.5, .tertiary = 0.2}};
  people.kin = 0.6;
  people.english = 0.2;
  people.hidden_origin = 0.3;
  people.record = record;
  people.genuine = record > 0.5 ? 1.0 : 0.7;
  people.savings = 5.0;
  people.savings_spread = 0.6;
  return people;
}

PolicyChange change(const char* id, YearMonth at, PlaceId where, std::size_t lever, double value,
                    Publicity publicity) {
  PolicyChange policy;
  policy.id = id;
  policy.at = at;
  policy.where = {where};
  policy.set = {{.lever = lever, .by_group = {value, std::numeric_limits<double>::quiet_NaN()}}};
  policy.publicity = publicity;
  return policy;
}

}  // namespace

Scenario signature_scenario() {
  Scenario scenario;
  scenario.name = "signature";
  scenario.start = YearMonth{2003, 1};
  scenario.end = YearMonth{2008, 12};
  // In order of name, as a scenario file would be read.
  scenario.places = {destination("east", "islands", 0.5, levers(0.8, 0.1, 1e6)),
                     destination("north", "inland", -0.5, levers(0.7, 0.2, 4.0)),
                     settlement("port", 1.0),
                     destination("south", "inland", 0.0, levers(0.6, 0.1, 1e6)),
                     settlement("valley", 1.5),
                     destination("west", "islands", -0.5, levers(0.3, 0.4, 10.0))};
  scenario.groups = {group("settlers", PlaceId{4}, 300, 1.0),
                     group("travellers", PlaceId{2}, 80, 0.0)};
  scenario.groups[1].can_return = 0.0;
  scenario.communities = {
      .size = 50, .ties = 4, .far_ties = 2, .regions = {{"hills", 0.4}, {"plain", 0.6}}};
  scenario.brokers = {
      .slots = 10,
      .reach = 0.5,
      .capacity = 3,
      .fee = 2,
      .credit = 3,
      .exaggeration = 0.4,
      .products = {{PlaceId{0}, Story::kConceal, 0.6}, {PlaceId{3}, Story::kDeclare, 0.3}}};
  scenario.parameters.set<"attention.restless_share">(0.5);
  scenario.parameters.set<"attention.base">(0.006);
  scenario.parameters.set<"attention.settled_ratio">(0.05);
  scenario.parameters.set<"choice.subnest_dissimilarity">(0.5);
  scenario.parameters.set<"journey.travel">(1.0);
  scenario.policy = {change("east-1", YearMonth{2005, 3}, PlaceId{0}, lever_index<"recognition">(),
                            0.1, Publicity::kLoud),
                     change("south-1", YearMonth{2005, 9}, PlaceId{3}, lever_index<"detection">(),
                            0.8, Publicity::kSilent),
                     change("valley-1", YearMonth{2006, 1}, PlaceId{4},
                            lever_index<"enforcement">(), 0.05, Publicity::kPress),
                     change("north-1", YearMonth{2007, 1}, PlaceId{1}, lever_index<"recognition">(),
                            0.9, Publicity::kPress)};
  return scenario;
}

}  // namespace onward
