#include "io/scenario_tree.h"

#include <algorithm>

#include "io/field_reader.h"
#include "io/merge.h"
#include "io/scenario_fields.h"
#include "io/text_file.h"

namespace onward {

namespace {

/// One file of a chain of variants.
struct Link {
  std::string path;
  Tree tree;
};

Tree parse_file(const std::string& path, const Mark& wanted_at) {
  const FileText file = read_file(path, kMaxTextBytes);
  if (!file.is_read) {
    Problems problems;
    problems.refuse(wanted_at, "cannot read " + quote(path), file.why);
  }
  return parse_yaml(file.text, path);
}

Tree* parameters_of(Tree& tree) {
  Tree* holder = tree.find("extends") != nullptr ? tree.find("changes") : &tree;
  return holder == nullptr ? nullptr : holder->find("parameters");
}

void nest(Tree& tree, Problems& problems) {
  if (Tree* parameters = parameters_of(tree)) nest_parameters(*parameters, problems);
}

/// Refuses a file that the chain holds already, and a chain that is too long.
void check_chain(const std::vector<Link>& chain, const std::string& next, const Mark& where) {
  Problems problems;
  std::string names;
  for (const Link& link : chain) names += link.path + " -> ";
  const bool is_circle = std::any_of(
      chain.begin(), chain.end(), [&](const Link& link) { return is_same_file(link.path, next); });
  if (is_circle) problems.refuse(where, "'extends' runs in a circle", names + next);
  if (chain.size() >= kMaxVariants) {
    problems.refuse(where, "too many variants of variants",
                    "at most " + std::to_string(kMaxVariants) + " files in a chain");
  }
}

/// The path in `extends`, as seen from the folder of the file `from`.
std::string base_path(const Tree& extends, const std::string& from) {
  constexpr std::size_t kLongest = 1000;
  Problems problems;
  const auto path = read_text(extends, "extends", problems);
  if (path && path->empty()) problems.add(extends.where, "extends is empty", "it names a file");
  if (path && path->size() > kLongest) {
    problems.add(extends.where, "extends is too long", "at most " + std::to_string(kLongest));
  }
  problems.throw_if_any();
  return path_beside(from, *path);
}

/// The limits of one file hold for a chain of them as well.
void check_size(const std::vector<Link>& chain) {
  std::size_t values = 0;
  for (const Link& link : chain) values += link.tree.count();
  if (values <= kMaxValues) return;
  Problems problems;
  problems.refuse(mark_of_source(chain.back().path), "too many values with all that it extends",
                  "at most " + std::to_string(kMaxValues));
}

/// The file and what it extends, the world last.
std::vector<Link> read_chain(const std::string& path) {
  std::vector<Link> chain;
  std::string next = path_beside("", path);
  Mark wanted_at = mark_of_source(path);
  while (true) {
    chain.push_back({next, parse_file(next, wanted_at)});
    check_size(chain);
    const Tree* extends = chain.back().tree.find("extends");
    if (extends == nullptr) return chain;
    next = base_path(*extends, next);
    wanted_at = extends->where;
    check_chain(chain, next, wanted_at);
  }
}

/// Spells the paths under `posteriors`, written in the file `from`, as seen from the file `to`.
void move_paths(Tree& tree, const std::string& from, const std::string& to) {
  Tree* holder = tree.find("extends") != nullptr ? tree.find("changes") : &tree;
  Tree* observed = holder == nullptr ? nullptr : holder->find("observed");
  Tree* list = observed == nullptr ? nullptr : observed->find("posteriors");
  if (list == nullptr) return;
  if (Tree* value = list->find("value")) list = value;
  for (Tree& item : list->items) {
    for (const std::string_view key : {"file", "scenario"}) {
      Tree* path = item.find(key);
      if (path == nullptr) continue;
      if (Tree* value = path->find("value")) path = value;
      if (path->is_scalar()) path->text = path_seen_from(to, from, path->text);
    }
  }
}

/// Replaces a key of the base by the variant's, or takes it away if the variant has none.
void take_over(Tree& world, const Tree& variant, std::string_view key) {
  const auto has_key = [&](const Entry& entry) { return entry.key == key; };
  std::erase_if(world.entries, has_key);
  const auto found = std::find_if(variant.entries.begin(), variant.entries.end(), has_key);
  if (found != variant.entries.end()) world.entries.push_back(*found);
}

/// The keys that a variant may change: those of a world but its name and title.
void check_change_keys(const Tree& changes, Problems& problems) {
  std::vector<std::string_view> known;
  for (const Field<Scenario>& field : kWorldFields) {
    if (field.row.name != "name" && field.row.name != "title") known.push_back(field.row.name);
  }
  for (const Entry& entry : changes.entries) {
    if (check_remark(entry, problems)) continue;
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    problems.add_unknown(entry.where, "unknown key " + quote(entry.key) + " in changes", entry.key,
                         known, "known keys");
  }
}

void apply_variant(Tree& world, const Tree& variant, Problems& problems) {
  VariantHead head;
  read_fields(variant, kVariantFields, "the variant", variant.where, head, problems);
  for (const std::string_view key : {"name", "title", "source", "note"}) {
    take_over(world, variant, key);
  }
  const Tree* changes = variant.find("changes");
  if (changes == nullptr || !check_map(*changes, "changes", problems)) return;
  check_change_keys(*changes, problems);
  merge_changes(world, *changes, problems);
}

}  // namespace

std::vector<Tree> resolve_chain(const std::string& path) {
  std::vector<Link> chain = read_chain(path);
  Problems problems;
  for (Link& link : chain) {
    nest(link.tree, problems);
    move_paths(link.tree, link.path, chain.front().path);
  }
  std::vector<Tree> worlds(chain.size());
  worlds.back() = std::move(chain.back().tree);
  for (std::size_t i = chain.size() - 1; i-- > 0;) {
    worlds[i] = worlds[i + 1];
    apply_variant(worlds[i], chain[i].tree, problems);
  }
  problems.throw_if_any();
  for (Tree& world : worlds) put_in_order(world);
  return worlds;
}

ResolvedTree resolve_file(const std::string& path) {
  std::vector<Tree> worlds = resolve_chain(path);
  ResolvedTree resolved;
  resolved.world = std::move(worlds[0]);
  if (worlds.size() > 1) resolved.base = std::move(worlds[1]);
  return resolved;
}

Tree resolve_text(std::string_view text, const std::string& name) {
  Tree world = parse_yaml(text, name);
  Problems problems;
  if (const Tree* extends = world.find("extends")) {
    problems.refuse(extends->where, "'extends' in a text that is no file",
                    "there is no folder to look for the base in", "Use the resolved scenario");
  }
  nest(world, problems);
  problems.throw_if_any();
  put_in_order(world);
  return world;
}

void apply_overrides(Tree& world, const Overrides& overrides) {
  for (const auto& [name, value] : overrides) {
    const Mark where = mark_of_source("--set " + name + '=' + value);
    Tree map;
    map.kind = Tree::Kind::kMap;
    map.where = where;
    Tree parameters = map;
    parameters.entries.push_back({name, where, make_scalar(value, where)});
    Problems problems;
    nest_parameters(parameters, problems);
    Tree changes = map;
    changes.entries.push_back({"parameters", where, std::move(parameters)});
    merge_changes(world, changes, problems);
    problems.throw_if_any();
  }
  put_in_order(world);
}

}  // namespace onward
