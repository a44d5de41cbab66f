#include "io/scenario_file.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "io/difference.h"
#include "io/field_reader.h"
#include "io/provenance.h"
#include "io/scenario_reader.h"
#include "io/scenario_tree.h"
#include "io/text_check.h"

namespace onward {

namespace {

LoadedScenario finish(Tree world, const Overrides& overrides) {
  apply_overrides(world, overrides);
  LoadedScenario loaded{read_scenario(world), emit(world)};
  checked_text(loaded.resolved, "the scenario written out");  // so that it can be read again
  return loaded;
}

bool is_same_number(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool is_same_setting(const LeverSetting& a, const LeverSetting& b) {
  return a.lever == b.lever && std::equal(a.by_group.begin(), a.by_group.end(), b.by_group.begin(),
                                          b.by_group.end(), is_same_number);
}

bool is_same_change(const PolicyChange& a, const PolicyChange& b) {
  return a.id == b.id && a.at == b.at && a.announced == b.announced && a.where == b.where &&
         a.publicity == b.publicity && a.rests_on == b.rests_on && a.source == b.source &&
         std::equal(a.set.begin(), a.set.end(), b.set.begin(), b.set.end(), is_same_setting);
}

void erase_keys(Tree& map, std::initializer_list<std::string_view> keys) {
  std::erase_if(map.entries, [&](const Entry& entry) {
    return std::find(keys.begin(), keys.end(), entry.key) != keys.end();
  });
}

/// Takes away what a dotted path leads to, if anything, and what has nothing left in it then.
void erase_path(Tree& tree, std::string_view path) {
  const std::size_t dot = path.find('.');
  const std::string_view key = path.substr(0, dot);
  if (dot == std::string_view::npos) {
    std::erase_if(tree.entries, [&](const Entry& entry) { return entry.key == key; });
  } else if (Tree* part = tree.find(key)) {
    erase_path(*part, path.substr(dot + 1));
    if (part->entries.empty()) erase_keys(tree, {key});
  }
}

void erase_remarks(Tree& tree) {
  std::erase_if(tree.entries, [](const Entry& entry) { return is_remark(entry.key); });
  for (Entry& entry : tree.entries) erase_remarks(entry.value);
  for (Tree& item : tree.items) erase_remarks(item);
}

}  // namespace

LoadedScenario load_scenario(const std::string& path, const Overrides& overrides) {
  return finish(resolve_file(path).world, overrides);
}

std::vector<LoadedScenario> load_chain(const std::string& path) {
  std::vector<LoadedScenario> chain;
  for (Tree& world : resolve_chain(path)) chain.push_back(finish(std::move(world), {}));
  return chain;
}

std::string world_hash(const std::string& resolved, const std::vector<std::string>& fitted) {
  Tree world = resolve_text(resolved, "the resolved scenario");
  erase_keys(world, {"title"});
  if (Tree* observed = world.find("observed"))
    erase_keys(*observed, {"fitted_to", "origin", "periods", "patterns", "posteriors"});
  for (const std::string& name : fitted) {
    const std::string_view part = std::string_view(name).substr(0, name.find('.'));
    const bool is_structure = part == "destinations" || part == "groups" || part == "brokers";
    erase_path(world, is_structure ? name : "parameters." + name);
  }
  erase_remarks(world);
  return hash_text(emit(world));
}

LoadedScenario read_scenario_text(const std::string& text, const std::string& name,
                                  const Overrides& overrides) {
  return finish(resolve_text(text, name), overrides);
}

std::string describe_changes(const std::string& path) {
  const ResolvedTree resolved = resolve_file(path);
  read_scenario(resolved.world);  // for its checks
  if (resolved.base.is_null()) return "a world of its own";
  return describe_difference(resolved.base, resolved.world);
}

bool is_same(const Scenario& a, const Scenario& b) {
  return a.name == b.name && a.title == b.title && a.currency == b.currency && a.start == b.start &&
         a.end == b.end && a.parameters == b.parameters && a.places == b.places &&
         a.groups == b.groups && a.communities == b.communities && a.brokers == b.brokers &&
         a.observed == b.observed && a.validation == b.validation &&
         a.interaction == b.interaction &&
         std::equal(a.policy.begin(), a.policy.end(), b.policy.begin(), b.policy.end(),
                    is_same_change);
}

}  // namespace onward
