#include <algorithm>
#include <tuple>

#include "io/field_reader.h"
#include "io/scenario_fields.h"
#include "io/scenario_reader.h"

/// The part of the reader that deals with groups and communities.
namespace onward {

namespace {

void check_age_class(const AgeClass& ages, const Tree& tree, const std::string& what,
                     Problems& problems) {
  if (ages.from <= ages.to) return;
  problems.add(tree.where,
               what + " is from " + std::to_string(ages.from) + " to " + std::to_string(ages.to),
               "'from' is at most 'to'");
}

std::vector<AgeClass> read_ages(const Tree& tree, const std::string& what, Problems& problems) {
  std::vector<AgeClass> all;
  const Tree& list = bare_value(tree, problems);
  if (!check_list(list, what, problems)) return all;
  double total = 0.0;
  for (const Tree& item : list.items) {
    AgeClass ages;
    ages.to = kOldest;  // until it is read
    const std::string name = what + ' ' + std::to_string(all.size() + 1);
    read_fields(item, kAgeFields, name, item.where, ages, problems);
    check_age_class(ages, item, name, problems);
    total += ages.share;
    all.push_back(ages);
  }
  if (all.empty()) problems.add(list.where, what + " is empty", "at least one class of age");
  if (!all.empty() && total <= 0.0) {
    problems.add(list.where, what + " has no positive share", "shares are relative weights");
  }
  std::sort(all.begin(), all.end(), [](const AgeClass& a, const AgeClass& b) {
    return std::tie(a.from, a.to, a.share, a.children, a.tertiary) <
           std::tie(b.from, b.to, b.share, b.children, b.tertiary);
  });
  return all;
}

void read_home(const Tree& tree, const std::string& what, Group& group, ReaderContext& context) {
  const auto home = read_place(tree, what, context);
  if (!home) return;
  group.home = *home;
  const Place& place = context.scenario.places[home->index()];
  if (!place.asylum) return;
  context.problems.add(bare_value(tree, context.problems).where,
                       what + ", " + quote(place.name) + ", takes asylum claims",
                       "a home is a place with 'asylum: false'");
}

Group read_group(const Entry& entry, ReaderContext& context) {
  Group group;
  group.name = entry.key;
  const std::string what = "group " + quote(entry.key);
  const Tree& map = bare_value(entry.value, context.problems);
  if (!read_fields(map, kGroupFields, what, entry.where, group, context.problems)) return group;
  if (const Tree* home = map.find("home")) read_home(*home, joined(what, "home"), group, context);
  if (const Tree* ages = map.find("ages")) {
    group.ages = read_ages(*ages, joined(what, "ages"), context.problems);
  }
  return group;
}

void check_total(const Tree& tree, ReaderContext& context) {
  double total = 0.0;
  for (const Group& group : context.scenario.groups) {
    for (const auto& [year, people] : group.arrivals) total += people;
  }
  if (total <= kPeople) return;
  context.problems.add(tree.where, "the groups have too many people",
                       "arrivals are at most 200 million in all");
}

std::vector<Category> read_regions(const Tree& tree, Problems& problems) {
  constexpr std::string_view kWhat = "regions";
  const FieldRow weight{"", FieldKind::kNumber, false, 0, kPeople, "1", "", "", {}};
  std::vector<Category> regions;
  const Tree& map = bare_value(tree, problems);
  if (!check_map(map, kWhat, problems)) return regions;
  double total = 0.0;
  for (const Entry& entry : map.entries) {
    if (check_remark(entry, problems)) continue;
    check_name(entry.key, entry.where, "a region", problems);
    const auto share = read_number(entry.value, weight, joined(kWhat, entry.key), problems);
    regions.push_back({entry.key, share.value_or(1.0)});
    total += regions.back().share;
  }
  if (total <= 0.0) problems.add(map.where, "regions have no positive share");
  if (regions.size() > kMaxRegions) {
    problems.add(map.where, "there are " + std::to_string(regions.size()) + " regions",
                 "at most " + std::to_string(kMaxRegions));
  }
  std::sort(regions.begin(), regions.end(),
            [](const Category& a, const Category& b) { return a.name < b.name; });
  return regions;
}

}  // namespace

void read_groups(const Tree& tree, ReaderContext& context) {
  const Tree& map = bare_value(tree, context.problems);
  for (const Entry& entry : map.entries) {
    if (!is_remark(entry.key)) context.scenario.groups.push_back(read_group(entry, context));
  }
  std::sort(context.scenario.groups.begin(), context.scenario.groups.end(),
            [](const Group& a, const Group& b) { return a.name < b.name; });
  check_total(tree, context);
}

void read_communities(const Tree& tree, const Mark& where, ReaderContext& context) {
  CommunityPlan& plan = context.scenario.communities;
  const Tree& map = bare_value(tree, context.problems);
  read_fields(map, kCommunityFields, "communities", where, plan, context.problems);
  const Tree* regions = map.find("regions");
  plan.regions = {{"everywhere", 1.0}};
  if (regions != nullptr) plan.regions = read_regions(*regions, context.problems);
}

}  // namespace onward
