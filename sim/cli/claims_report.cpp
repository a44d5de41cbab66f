#include "cli/claims_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace onward {

namespace {

using Json = nlohmann::ordered_json;

int first_year(const World& world) { return world.scenario.start.year(); }

/// The record's cell of a place and year, or nullptr where there is none.
const ObservedCount* record_of(const World& world, PlaceId place, int year) {
  for (const ObservedCount& count : world.scenario.observed) {
    if (count.place == place && count.year == year) return &count;
  }
  return nullptr;
}

/// A table that grows line by line: a label, what the line shows, a cell for each year.
struct Table {
  std::size_t label_width;
  std::size_t years;
  std::string text;

  template <class Cell>
  void add_line(const std::string& label, const char* what, Cell cell) {
    text += fmt::format("{:<{}}{:<7}", label, label_width, what);
    for (std::size_t y = 0; y < years; ++y) text += fmt::format("{:>6}", cell(y));
    text += '\n';
  }
};

std::string rounded(double value) { return fmt::format("{:.0f}", value); }

template <class Of>
void add_estimates(Table& table, const std::string& label, Of of) {
  table.add_line(label, "mean", [&](std::size_t y) { return rounded(of(y).mean); });
  table.add_line("", "5 %", [&](std::size_t y) { return rounded(of(y).lo); });
  table.add_line("", "95 %", [&](std::size_t y) { return rounded(of(y).hi); });
}

void add_record(Table& table, const World& world, PlaceId place) {
  const auto of_place = [place](const ObservedCount& count) { return count.place == place; };
  if (std::none_of(world.scenario.observed.begin(), world.scenario.observed.end(), of_place))
    return;
  table.add_line("", "record", [&](std::size_t y) -> std::string {
    const ObservedCount* count = record_of(world, place, first_year(world) + static_cast<int>(y));
    if (count == nullptr) return "-";
    return count->lower < count->upper ? fmt::format("{:.0f}-{:.0f}", count->lower, count->upper)
                                       : rounded(count->count);
  });
}

Json to_json(const Estimate& estimate) {
  return {{"mean", estimate.mean}, {"lo", estimate.lo}, {"hi", estimate.hi}};
}

}  // namespace

std::string claims_table(const World& world, const YearlyClaims& claims) {
  Table table{.label_width = 5, .years = claims.years(), .text = {}};
  for (const Place& place : world.scenario.places)
    table.label_width = std::max(table.label_width, place.name.size() + 2);
  table.text = fmt::format(
      "{}: asylum claims by year. Mean of the simulated claims; 5 % and 95 % of what would be "
      "observed.\n\n",
      world.scenario.name);
  table.add_line("", "", [&](std::size_t y) { return first_year(world) + static_cast<int>(y); });
  for (std::size_t d = 0; d < world.destinations.size(); ++d) {
    const PlaceId place = world.destinations[d];
    add_estimates(table, world.place(place).name,
                  [&](std::size_t y) { return claims.claims(y, d); });
    add_record(table, world, place);
  }
  add_estimates(table, "all", [&](std::size_t y) { return claims.total(y); });
  return table.text;
}

std::string groups_table(const World& world, const GroupOutcomes& outcomes) {
  std::size_t width = 8;
  for (const Group& group : world.scenario.groups) width = std::max(width, group.name.size() + 2);
  std::string text = fmt::format(
      "Groups over the whole run: mean number, and share of all with its 5 % to 95 %.\n\n{:<{}}",
      "", width);
  for (const std::string_view name : kClaimStageNames) text += fmt::format("{:>24}", name);
  text += '\n';
  for (std::size_t g = 0; g < outcomes.groups(); ++g) {
    text += fmt::format("{:<{}}", world.group(GroupId{g}).name, width);
    for (std::size_t s = 0; s < kClaimStageNames.size(); ++s) {
      const auto stage = static_cast<ClaimStage>(s);
      const Estimate share = outcomes.share(stage, g);
      const std::string cell =
          fmt::format("{:.0f}  {:.0f} % ({:.0f}-{:.0f})", outcomes.number(stage, g).mean,
                      100.0 * share.mean, 100.0 * share.lo, 100.0 * share.hi);
      text += fmt::format("{:>24}", cell);
    }
    text += '\n';
  }
  return text;
}

std::string claims_json(const World& world, const YearlyClaims& claims,
                        const GroupOutcomes& outcomes, std::uint64_t seed, std::uint32_t replicates,
                        const RunSeconds& seconds) {
  Json json;
  json["scenario"] = world.scenario.name;
  json["years"] = Json::array();
  for (std::size_t y = 0; y < claims.years(); ++y)
    json["years"].push_back(first_year(world) + static_cast<int>(y));
  json["applications"] = Json::object();
  json["observed"] = Json::object();
  for (std::size_t d = 0; d < world.destinations.size(); ++d) {
    const PlaceId place = world.destinations[d];
    Json& simulated = json["applications"][world.place(place).name] = Json::array();
    Json& observed = json["observed"][world.place(place).name] = Json::array();
    for (std::size_t y = 0; y < claims.years(); ++y) {
      simulated.push_back(to_json(claims.claims(y, d)));
      const ObservedCount* count = record_of(world, place, first_year(world) + static_cast<int>(y));
      observed.push_back(count == nullptr ? Json() : Json(count->count));
    }
  }
  for (std::size_t g = 0; g < outcomes.groups(); ++g) {
    Json& group = json["groups"][world.group(GroupId{g}).name];
    for (std::size_t s = 0; s < kClaimStageNames.size(); ++s) {
      const auto stage = static_cast<ClaimStage>(s);
      group[std::string(kClaimStageNames[s])] = {{"number", to_json(outcomes.number(stage, g))},
                                                 {"share", to_json(outcomes.share(stage, g))}};
    }
  }
  json["replicates"] = replicates;
  json["seed"] = seed;
  json["persons"] = claims.persons();
  json["person_months"] = claims.person_months();
  json["decisions"] = claims.decisions();
  json["timing"] = {{"setup", seconds.setup},
                    {"steps", seconds.steps},
                    {"output", seconds.output},
                    {"total", seconds.total}};
  return json.dump(2) + '\n';
}

}  // namespace onward
