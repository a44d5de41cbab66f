#include "io/scenario_reader.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include "io/field_reader.h"
#include "io/scenario_fields.h"
#include "model/world.h"

namespace onward {

namespace {

constexpr std::string_view kWorld = "the scenario";

/// What the entries of a map of named things are called, and how many there may be.
struct Things {
  std::string_view key;  ///< of the map
  std::string_view many;
  std::string_view one;
  std::size_t most = 0;
};
constexpr Things kPlaceThings{"destinations", "places", "a place", kMaxPlaces};
constexpr Things kGroupThings{"groups", "groups", "a group", kMaxGroups};

/// The names of things, sorted; notes those that are no names. Stops at more than there can be:
/// what refers to them makes no sense then.
std::vector<std::string_view> names_of(const Tree& tree, const Things& things, Problems& problems) {
  std::vector<std::string_view> names;
  const Tree& map = bare_value(tree, problems);
  if (!check_map(map, things.key, problems)) return names;
  for (const Entry& entry : map.entries) {
    if (check_remark(entry, problems)) continue;
    check_name(entry.key, entry.where, things.one, problems);
    names.push_back(entry.key);
  }
  const std::string many{things.many};
  const bool is_missing = tree.where.file == nullptr;  // noted already
  if (names.empty() && !is_missing) {
    problems.add(tree.where, "there are no " + many, "at least one");
  }
  if (names.size() > things.most) {
    problems.refuse(tree.where, "there are " + std::to_string(names.size()) + ' ' + many,
                    "at most " + std::to_string(things.most));
  }
  std::sort(names.begin(), names.end());
  return names;
}

const Tree& part(const Tree& world, std::string_view key) {
  static const Tree kNothing;
  const Tree* found = world.find(key);
  return found == nullptr ? kNothing : *found;
}

Mark mark_of_key(const Tree& world, std::string_view key) {
  for (const Entry& entry : world.entries) {
    if (entry.key == key) return entry.where;
  }
  return world.where;
}

void check_dates(const Tree& world, ReaderContext& context) {
  const Scenario& scenario = context.scenario;
  const Mark where = part(world, "end").where;
  if (scenario.start.count == 0 || scenario.end.count == 0) return;  // noted already
  if (scenario.end < scenario.start) {
    context.problems.add(where, "the end, " + to_text(scenario.end) + ", is before the start, " +
                                    to_text(scenario.start));
  } else if (scenario.months() > kMaxMonths) {
    context.problems.add(where, "the run lasts " + std::to_string(scenario.months()) + " months",
                         "at most " + std::to_string(kMaxMonths));
  }
}

/// Draws are keyed by hashes of names, which must differ.
template <class KeyOf>
void check_keys_differ(const std::vector<std::string_view>& names, const Mark& where,
                       std::string_view what, KeyOf key_of, Problems& problems) {
  std::vector<std::pair<std::uint32_t, std::string_view>> keys;
  for (const std::string_view name : names) keys.emplace_back(key_of(name), name);
  std::sort(keys.begin(), keys.end());
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (keys[i].first != keys[i - 1].first) continue;
    problems.add(where,
                 std::string{what} + ' ' + quote(keys[i - 1].second) + " and " +
                     quote(keys[i].second) + " cannot be told apart",
                 "random numbers are keyed by a hash of the name, and theirs are equal",
                 "Rename one of them");
  }
}

/// The calendar of policy holds every lever by month, place and group.
void check_size(const Tree& world, ReaderContext& context) {
  constexpr std::size_t kMost = 1'000'000;
  const Scenario& scenario = context.scenario;
  if (scenario.end < scenario.start || scenario.months() > kMaxMonths) return;
  const std::size_t cells = static_cast<std::size_t>(scenario.months()) *
                            context.place_names.size() * context.group_names.size();
  if (cells <= kMost) return;
  context.problems.add(world.where, "the world is too large",
                       "months times places times groups is " + std::to_string(cells) +
                           ", at most " + std::to_string(kMost));
}

void check_destinations(const Tree& tree, ReaderContext& context) {
  const auto& places = context.scenario.places;
  const bool any =
      std::any_of(places.begin(), places.end(), [](const Place& place) { return place.asylum; });
  if (!any && !places.empty()) {
    context.problems.add(tree.where, "no place takes asylum claims", "people need somewhere to go");
  }
}

void read_interaction(const Tree& tree, const Mark& where, ReaderContext& context) {
  read_fields(bare_value(tree, context.problems), kInteractionFields, "interaction", where,
              context.scenario.interaction, context.problems);
}

}  // namespace

std::optional<PlaceId> read_place(const Tree& tree, std::string_view what, ReaderContext& context) {
  const auto name = read_name(tree, what, context.problems);
  if (!name) return std::nullopt;
  const auto& names = context.place_names;
  const auto found = std::lower_bound(names.begin(), names.end(), *name);
  if (found != names.end() && *found == *name) {
    return PlaceId{static_cast<std::size_t>(found - names.begin())};
  }
  context.problems.add_unknown(bare_value(tree, context.problems).where,
                               std::string{what} + " is the unknown place " + quote(*name), *name,
                               names, "known places");
  return std::nullopt;
}

Scenario read_scenario(const Tree& world) {
  ReaderContext context;
  Scenario& scenario = context.scenario;
  if (!world.is_map())
    context.problems.refuse(world.where, "a scenario is a map of keys and values");
  read_fields(world, kWorldFields, kWorld, world.where, scenario, context.problems);
  check_dates(world, context);

  const Tree& destinations = part(world, "destinations");
  const Tree& groups = part(world, "groups");
  context.place_names = names_of(destinations, kPlaceThings, context.problems);
  context.group_names = names_of(groups, kGroupThings, context.problems);
  check_size(world, context);
  check_keys_differ(context.place_names, destinations.where, "the places", name_key,
                    context.problems);
  check_keys_differ(context.group_names, groups.where, "the groups", group_key, context.problems);

  read_places(destinations, context);
  check_destinations(destinations, context);
  read_groups(groups, context);
  read_communities(part(world, "communities"), mark_of_key(world, "communities"), context);
  read_brokers(part(world, "brokers"), mark_of_key(world, "brokers"), context);
  read_parameters(part(world, "parameters"), context);
  read_policy(part(world, "policy"), context);
  read_observed(part(world, "observed"), mark_of_key(world, "observed"), context);
  read_interaction(part(world, "interaction"), mark_of_key(world, "interaction"), context);
  context.problems.throw_if_any();
  return std::move(context.scenario);
}

}  // namespace onward
