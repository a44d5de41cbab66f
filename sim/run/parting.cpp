#include "run/parting.h"

#include <algorithm>

#include "core/check.h"

namespace onward {

namespace {

template <class Item>
std::string list_names(const std::vector<Item>& items) {
  std::string names;
  for (const Item& item : items) names += (names.empty() ? "" : ", ") + item.name;
  return names;
}

std::string list_destinations(const Scenario& scenario) {
  std::string names;
  for (const Place& place : scenario.places) {
    if (place.asylum) names += (names.empty() ? "" : ", ") + place.name;
  }
  return names;
}

std::string months_of(const Scenario& scenario) {
  return to_text(scenario.start) + " to " + to_text(scenario.end);
}

void require_same(const char* what, const std::string& base, const std::string& variant,
                  const std::string& variant_file) {
  if (base == variant) return;
  throw InputError({.where = {.file = variant_file},
                    .problem = std::string("cannot be compared with the base: its ") + what +
                               " are " + variant + ", not " + base,
                    .why = "both worlds need the same months, places and groups",
                    .suggestion = "Should it extend the base"});
}

bool has_same_arrivals(const Scenario& a, const Scenario& b) {
  return std::equal(
      a.groups.begin(), a.groups.end(), b.groups.begin(), b.groups.end(),
      [](const Group& first, const Group& second) { return first.arrivals == second.arrivals; });
}

/// Places by what they are besides their policy.
bool has_same_places(const Scenario& a, const Scenario& b) {
  const auto is_same = [](Place first, const Place& second) {
    first.levers = second.levers;
    return first == second;
  };
  return std::equal(a.places.begin(), a.places.end(), b.places.begin(), b.places.end(), is_same);
}

bool is_same_but_policy(const Scenario& a, const Scenario& b) {
  return a.parameters == b.parameters && has_same_places(a, b) && a.groups == b.groups &&
         a.communities == b.communities && a.brokers == b.brokers && a.interaction == b.interaction;
}

/// The publicity with which a place is announced in a month, if it is.
std::optional<Publicity> announced(const World& world, int month, PlaceId place) {
  for (const Announcement& announcement : world.policy.announcements(month)) {
    if (announcement.place == place) return announcement.publicity;
  }
  return std::nullopt;
}

/// Severity fades with a parameter, so another parameter would look like another policy everywhere.
bool has_same_memory(const World& base, const World& variant) {
  return base.parameters().get<"belief.memory">() == variant.parameters().get<"belief.memory">();
}

bool policy_differs(const World& base, const World& variant, int month, PlaceId place) {
  // Before the run only the levers count, and nobody hears of a place that takes no claims.
  const bool is_heard = month >= 0 && base.is_destination(place);
  const bool has_severity = is_heard && has_same_memory(base, variant);
  for (std::size_t g = 0; g < base.group_count(); ++g) {
    const GroupId group{g};
    if (base.policy.levers(month, place, group) != variant.policy.levers(month, place, group))
      return true;
    if (has_severity &&
        base.policy.severity(month, place, group) != variant.policy.severity(month, place, group))
      return true;
  }
  return is_heard && announced(base, month, place) != announced(variant, month, place);
}

/// The first month of different policy at a place; -1 if it differs before the run.
std::optional<int> first_difference(const World& base, const World& variant, PlaceId place) {
  for (int month = -1; month < base.scenario.months(); ++month) {
    if (policy_differs(base, variant, month, place)) return month;
  }
  return std::nullopt;
}

}  // namespace

void check_comparable(const Scenario& base, const Scenario& variant,
                      const std::string& variant_file) {
  require_same("months", months_of(base), months_of(variant), variant_file);
  require_same("places", list_names(base.places), list_names(variant.places), variant_file);
  require_same("destinations", list_destinations(base), list_destinations(variant), variant_file);
  require_same("groups", list_names(base.groups), list_names(variant.groups), variant_file);
}

void check_decomposable(const Scenario& base, const Scenario& variant,
                        const std::string& variant_file) {
  const char* what = nullptr;
  if (!has_same_arrivals(base, variant)) what = "arrivals";
  if (base.communities != variant.communities) what = "communities";
  if (base.brokers.slots != variant.brokers.slots) what = "slots of brokers";
  if (base.interaction != variant.interaction) what = "interaction";
  if (what == nullptr) return;
  throw InputError(
      {.where = {.file = variant_file},
       .problem = std::string("cannot be decomposed against the base: its ") + what + " differ",
       .why = "a channel is held by giving the variant's people what those of the "
              "base act on",
       .suggestion = "Compare without --decompose"});
}

Parting find_parting(const World& base, const World& variant) {
  Parting parting{.month = {}, .is_target = std::vector<bool>(base.destinations.size(), false)};
  const auto begin_at = [&](int month) {
    const int in_run = std::max(month, 0);
    parting.month = std::min(parting.month.value_or(in_run), in_run);
    if (in_run == 0) parting.shares_past = false;
  };
  for (std::size_t p = 0; p < base.place_count(); ++p) {
    const auto month = first_difference(base, variant, PlaceId{p});
    if (!month) continue;
    begin_at(*month);
    if (base.is_destination(PlaceId{p})) parting.is_target[base.destination_of[p]] = true;
  }
  if (!is_same_but_policy(base.scenario, variant.scenario)) begin_at(0);
  if (base.refoulement != variant.refoulement) parting.shares_past = false;
  const bool none = std::find(parting.is_target.begin(), parting.is_target.end(), true) ==
                    parting.is_target.end();
  if (none && parting.month) parting.is_target.assign(parting.is_target.size(), true);
  return parting;
}

std::vector<int> full_years(const World& world, const Parting& parting) {
  const YearMonth start = world.scenario.start + parting.month.value_or(0);
  const YearMonth end = world.scenario.end;
  const int first = start.month() == 1 ? start.year() : start.year() + 1;
  const int last = end.month() == 12 ? end.year() : end.year() - 1;
  std::vector<int> years;
  for (int year = first; year <= std::min(first + 1, last); ++year) years.push_back(year);
  return years;
}

}  // namespace onward
