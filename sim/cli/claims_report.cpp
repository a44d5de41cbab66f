#include "cli/claims_report.h"

#include <fmt/format.h>

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

template <class Cell>
void add_line(std::string& table, const std::string& label, const char* what, std::size_t years, Cell cell) {
  table += fmt::format("{:<6}{:<10}", label, what);
  for (std::size_t y = 0; y < years; ++y) table += fmt::format("{:>6}", cell(y));
  table += '\n';
}

std::string rounded(double value) { return fmt::format("{:.0f}", value); }

void add_destination(std::string& table, const World& world, const YearlyClaims& claims, std::size_t d) {
  const PlaceId place = world.destinations[d];
  const std::size_t years = claims.years();
  add_line(table, world.place(place).name, "mean", years, [&](std::size_t y) { return rounded(claims.claims(y, d).mean); });
  add_line(table, "", "5 %", years, [&](std::size_t y) { return rounded(claims.claims(y, d).lo); });
  add_line(table, "", "95 %", years, [&](std::size_t y) { return rounded(claims.claims(y, d).hi); });
  bool any = false;
  for (const ObservedCount& count : world.scenario.observed) any = any || count.place == place;
  if (!any) return;
  add_line(table, "", "record", years, [&](std::size_t y) -> std::string {
    const ObservedCount* count = record_of(world, place, first_year(world) + static_cast<int>(y));
    if (count == nullptr) return "-";
    return count->lower < count->upper ? fmt::format("{:.0f}-{:.0f}", count->lower, count->upper) : rounded(count->count);
  });
}

Json to_json(const Estimate& estimate) { return {{"mean", estimate.mean}, {"lo", estimate.lo}, {"hi", estimate.hi}}; }

}  // namespace

std::string claims_table(const World& world, const YearlyClaims& claims) {
  std::string table = fmt::format(
      "{}: asylum claims by year. Mean of the simulated claims; 5 % and 95 % of what would be observed.\n\n{:<16}",
      world.scenario.name, "");
  const std::size_t years = claims.years();
  for (std::size_t y = 0; y < years; ++y) table += fmt::format("{:>6}", first_year(world) + static_cast<int>(y));
  table += '\n';
  for (std::size_t d = 0; d < world.destinations.size(); ++d) add_destination(table, world, claims, d);
  add_line(table, "all", "mean", years, [&](std::size_t y) { return rounded(claims.total(y).mean); });
  add_line(table, "", "5 %", years, [&](std::size_t y) { return rounded(claims.total(y).lo); });
  add_line(table, "", "95 %", years, [&](std::size_t y) { return rounded(claims.total(y).hi); });
  return table;
}

std::string claims_json(const World& world, const YearlyClaims& claims, std::uint64_t seed, std::uint32_t replicates,
                        const RunSeconds& seconds) {
  Json json;
  json["scenario"] = world.scenario.name;
  json["years"] = Json::array();
  for (std::size_t y = 0; y < claims.years(); ++y) json["years"].push_back(first_year(world) + static_cast<int>(y));
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
  json["replicates"] = replicates;
  json["seed"] = seed;
  json["persons"] = claims.persons();
  json["person_months"] = claims.person_months();
  json["decisions"] = claims.decisions();
  json["timing"] = {
      {"setup", seconds.setup}, {"steps", seconds.steps}, {"output", seconds.output}, {"total", seconds.total}};
  return json.dump(2) + '\n';
}

}  // namespace onward
