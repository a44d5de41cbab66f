#include "io/merge.h"

#include <algorithm>
#include <array>
#include <utility>

#include "io/field_reader.h"
#include "io/scenario_fields.h"

namespace onward {

namespace {

constexpr std::array<std::string_view, 3> kEdits = {"add", "replace", "remove"};

std::string id_of(const Tree& tree) {
  const Tree* id = tree.find("id");
  return id != nullptr && id->is_scalar() ? id->text : "";
}

/// A list whose entries are told apart by `id`, open to edits.
class ListEditor {
 public:
  ListEditor(Tree& list, std::string what, Problems& problems)
      : list_(list), what_(std::move(what)), problems_(problems) {
    for (const Tree& item : list.items) ids_.push_back(id_of(item));
  }

  void apply(const Tree& edits) {
    for (const Entry& edit : edits.entries) {
      if (check_remark(edit, problems_)) continue;
      if (!is_edit(edit)) continue;
      if (!check_list(edit.value, what_ + ": " + edit.key, problems_)) continue;
      for (const Tree& item : edit.value.items) apply(edit.key, item);
    }
    remove_marked();
  }

 private:
  bool is_edit(const Entry& edit) {
    if (std::find(kEdits.begin(), kEdits.end(), edit.key) != kEdits.end()) return true;
    problems_.add_unknown(edit.where, "unknown edit " + quote(edit.key) + " of " + what_, edit.key,
                          kEdits, "known edits");
    return false;
  }

  void apply(const std::string& edit, const Tree& item) {
    const std::string id = edit == "remove" ? item.text : id_of(item);
    if (id.empty()) {
      problems_.add(item.where, what_ + ": " + edit + " has an entry without an id");
    } else if (edit == "add") {
      add(id, item);
    } else if (const std::size_t i = position(id, item); i < ids_.size()) {
      if (edit == "replace") list_.items[i] = item;
      if (edit == "remove") ids_[i].clear();
    }
  }

  void add(const std::string& id, const Tree& item) {
    const auto found = std::find(ids_.begin(), ids_.end(), id);
    if (found != ids_.end()) {
      problems_.add(item.where, "cannot add " + quote(id) + " to " + what_,
                    "the id is there already", "Use 'replace'");
      return;
    }
    list_.items.push_back(item);
    ids_.push_back(id);
  }

  /// Of the entry with this id, or the number of entries, which is noted.
  std::size_t position(const std::string& id, const Tree& item) {
    const auto found = std::find(ids_.begin(), ids_.end(), id);
    if (found == ids_.end()) {
      std::vector<std::string_view> known;
      for (const std::string& other : ids_) {
        if (!other.empty()) known.push_back(other);
      }
      problems_.add_unknown(item.where, what_ + " has no entry " + quote(id), id, known, "its ids");
    }
    return static_cast<std::size_t>(found - ids_.begin());
  }

  void remove_marked() {
    std::vector<Tree> kept;
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      if (!ids_[i].empty() || id_of(list_.items[i]).empty())
        kept.push_back(std::move(list_.items[i]));
    }
    list_.items = std::move(kept);
  }

  Tree& list_;
  std::string what_;
  Problems& problems_;
  std::vector<std::string> ids_;  ///< by entry; emptied when it is removed
};

bool is_plain_map(const Tree& tree) { return tree.is_map() && tree.find("value") == nullptr; }

/// Whether the changed key is a list, and the change says how to edit it.
bool is_list_edit(const Tree* base, const Entry& change) {
  if (!change.value.is_map()) return false;
  return base != nullptr ? base->is_list() : (change.key == "policy" || change.key == "patterns");
}

}  // namespace

void merge_changes(Tree& base, const Tree& changes, Problems& problems) {
  for (const Entry& change : changes.entries) {
    const auto found = std::find_if(base.entries.begin(), base.entries.end(),
                                    [&](const Entry& entry) { return entry.key == change.key; });
    Tree* old = found == base.entries.end() ? nullptr : &found->value;
    if (is_list_edit(old, change)) {
      if (old == nullptr) {
        Tree list;
        list.kind = Tree::Kind::kList;
        list.where = change.value.where;
        base.entries.push_back({change.key, change.where, std::move(list)});
        old = &base.entries.back().value;
      }
      ListEditor(*old, change.key, problems).apply(change.value);
    } else if (old == nullptr) {
      base.entries.push_back(change);
    } else if (is_plain_map(*old) && is_plain_map(change.value)) {
      merge_changes(*old, change.value, problems);
    } else {
      *found = change;
    }
  }
}

namespace {

void insert_parameter(Tree& group, std::string_view name, const Entry& entry, Problems& problems) {
  // Names have two parts; a longer one stays whole and is unknown to the reader.
  const std::size_t dot =
      std::count(name.begin(), name.end(), '.') == 1 ? name.find('.') : std::string_view::npos;
  const std::string first{name.substr(0, dot)};
  Tree* old = group.find(first);
  const bool is_group = dot != std::string_view::npos || is_plain_map(entry.value);
  if (old != nullptr && !(is_group && is_plain_map(*old))) {
    problems.add(entry.where, "the parameter " + quote(entry.key) + " is given twice",
                 "it was at line " + std::to_string(old->where.line));
    return;
  }
  if (old == nullptr) {
    Tree map;
    map.kind = Tree::Kind::kMap;
    map.where = entry.where;
    group.entries.push_back({first, entry.where, is_group ? std::move(map) : entry.value});
    old = &group.entries.back().value;
  }
  if (dot != std::string_view::npos) {
    insert_parameter(*old, name.substr(dot + 1), entry, problems);
  } else if (is_group) {
    for (const Entry& inner : entry.value.entries)
      insert_parameter(*old, inner.key, inner, problems);
  }
}

using Names = std::vector<std::string_view>;

template <class T, std::size_t N>
Names names_of(const std::array<Field<T>, N>& fields) {
  Names names;
  for (const Field<T>& field : fields) names.push_back(field.row.name);
  return names;
}

/// The table whose keys a map has; empty if it has keys of its own, as maps by name or year have.
const Names& table_of(const Tree& map) {
  static const std::vector<Names> kTables = {names_of(kWorldFields),
                                             names_of(kGroupFields),
                                             names_of(kAgeFields),
                                             names_of(kPlaceFields),
                                             names_of(kBrokerFields),
                                             names_of(kCommunityFields),
                                             names_of(kProductFields),
                                             names_of(kPolicyFields),
                                             names_of(kObservedFields),
                                             names_of(kPatternFields),
                                             names_of(kPosteriorFields),
                                             names_of(kInteractionFields),
                                             {"value"},
                                             {}};
  const auto fits = [&](const Names& table) {
    return std::all_of(map.entries.begin(), map.entries.end(), [&](const Entry& entry) {
      return is_remark(entry.key) ||
             std::find(table.begin(), table.end(), entry.key) != table.end();
    });
  };
  const auto found = std::find_if(kTables.begin(), kTables.end(), fits);
  return found == kTables.end() ? kTables.back() : *found;
}

void put_keys_in_order(Tree& tree) {
  const Names& table = table_of(tree);
  const auto place = [&](const Entry& entry) {
    const auto rank = std::find(table.begin(), table.end(), entry.key) - table.begin();
    return std::pair{rank, std::string_view{entry.key}};
  };
  std::stable_sort(tree.entries.begin(), tree.entries.end(),
                   [&](const Entry& a, const Entry& b) { return place(a) < place(b); });
  for (Entry& entry : tree.entries) put_keys_in_order(entry.value);
  for (Tree& item : tree.items) put_keys_in_order(item);
}

}  // namespace

void nest_parameters(Tree& parameters, Problems& problems) {
  if (!parameters.is_map()) return;
  Tree nested = parameters;
  nested.entries.clear();
  for (const Entry& entry : parameters.entries)
    insert_parameter(nested, entry.key, entry, problems);
  parameters = std::move(nested);
}

void put_in_order(Tree& world) {
  put_keys_in_order(world);
  const auto key = [](const Tree& entry) {
    const Tree* at = entry.find("at");
    return std::pair{at == nullptr ? std::string{} : at->text, id_of(entry)};
  };
  Tree* observed = world.find("observed");
  Tree* patterns = observed == nullptr ? nullptr : observed->find("patterns");
  for (Tree* list : {world.find("policy"), patterns}) {
    if (list == nullptr) continue;
    std::stable_sort(list->items.begin(), list->items.end(),
                     [&](const Tree& a, const Tree& b) { return key(a) < key(b); });
  }
}

}  // namespace onward
