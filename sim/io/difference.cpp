#include "io/difference.h"

#include <algorithm>
#include <set>
#include <vector>

#include "io/field_reader.h"
#include "io/number_text.h"
#include "io/scenario_fields.h"

namespace onward {

namespace {

/// The value without the remarks that may be around it.
const Tree& bare(const Tree& tree) {
  const Tree* value = tree.is_map() ? tree.find("value") : nullptr;
  return value == nullptr ? tree : *value;
}

/// A value on one line.
std::string one_line(const Tree& tree) {
  const Tree& value = bare(tree);
  if (value.is_scalar()) return value.text;
  if (value.is_null()) return "null";
  std::string text;
  const auto append = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  for (const Entry& entry : value.entries) {
    if (!is_remark(entry.key)) append(entry.key + ": " + one_line(entry.value));
  }
  for (const Tree& item : value.items) append(one_line(item));
  return value.is_map() ? '{' + text + '}' : '[' + text + ']';
}

bool is_equal_text(const std::string& a, const std::string& b) {
  const auto number_a = parse_number(a);
  const auto number_b = parse_number(b);
  return a == b || (number_a && number_b && *number_a == *number_b);
}

/// What holds where a file says nothing, as far as a table knows it.
std::string standard_text(const std::string& path) {
  constexpr std::string_view kParameters = "parameters.";
  constexpr std::string_view kLevers = ".levers.";
  constexpr std::string_view kPublicity = ".publicity";
  if (path.compare(0, kParameters.size(), kParameters) == 0) {
    const std::size_t row = find_row(kParameterRows, path.substr(kParameters.size()));
    if (row < kParameterRows.size()) return number_text(kParameterRows[row].standard);
  }
  if (path.size() > kPublicity.size() &&
      path.compare(path.size() - kPublicity.size(), kPublicity.size(), kPublicity) == 0) {
    return std::string{kPublicities[static_cast<std::size_t>(PolicyChange{}.publicity)]};
  }
  const std::size_t levers = path.find(kLevers);
  if (levers == std::string::npos) return "not set";
  const std::string rest = path.substr(levers + kLevers.size());
  const std::string lever = rest.substr(0, rest.find('.'));
  for (const LeverRow& row : kLeverRows) {
    if (row.name == lever) return number_text(row.standard);
  }
  return "not set";
}

class Describer {
 public:
  void compare(const std::string& path, const Tree* before, const Tree* after) {
    const Tree* old = before == nullptr ? nullptr : &bare(*before);
    const Tree* now = after == nullptr ? nullptr : &bare(*after);
    if (path == "observed.patterns") return compare_entries(path, old, now);
    const bool is_map = (old == nullptr || old->is_map()) && (now == nullptr || now->is_map());
    if (is_map) return compare_maps(path, old, now);
    const std::string old_text = old == nullptr ? standard_text(path) : one_line(*old);
    const std::string new_text = now == nullptr ? standard_text(path) : one_line(*now);
    if (is_equal_text(old_text, new_text)) return;
    line(path + ": " + abbreviate(old_text) + " -> " + abbreviate(new_text));
  }

  /// Lists whose entries are told apart by their ids.
  void compare_entries(const std::string& path, const Tree* before, const Tree* after) {
    const Tree nothing;
    const Tree& old = before == nullptr ? nothing : bare(*before);
    const Tree& now = after == nullptr ? nothing : bare(*after);
    for (const Tree& change : old.items) {
      if (find(now, id_of(change)) == nullptr) line(path + ": removed " + summary(path, change));
    }
    for (const Tree& change : now.items) {
      const Tree* same = find(old, id_of(change));
      if (same == nullptr) {
        line(path + ": added " + summary(path, change));
      } else {
        compare(path + '.' + id_of(change), same, &change);
      }
    }
  }

  std::string text() const { return text_.empty() ? "no change" : text_; }

 private:
  void line(const std::string& text) { text_ += (text_.empty() ? "" : "\n") + text; }

  void compare_maps(const std::string& path, const Tree* old, const Tree* now) {
    std::set<std::string> keys;
    for (const Tree* tree : {old, now}) {
      if (tree == nullptr) continue;
      for (const Entry& entry : tree->entries) keys.insert(entry.key);
    }
    for (const std::string& key : keys) {
      const Tree* old_value = old == nullptr ? nullptr : old->find(key);
      const Tree* new_value = now == nullptr ? nullptr : now->find(key);
      const bool is_thing = path == "groups" || path == "destinations";
      if (is_remark(key)) continue;
      if (is_thing && old_value == nullptr) {
        line(path + ": added " + key);
      } else {
        compare(path.empty() ? key : path + '.' + key, old_value, new_value);
      }
    }
  }

  static std::string id_of(const Tree& change) {
    const Tree* id = change.find("id");
    return id == nullptr ? "" : one_line(*id);
  }

  static const Tree* find(const Tree& policy, const std::string& id) {
    const auto found = std::find_if(policy.items.begin(), policy.items.end(),
                                    [&](const Tree& change) { return id_of(change) == id; });
    return found == policy.items.end() ? nullptr : &*found;
  }

  static std::string summary(const std::string& path, const Tree& change) {
    if (path != "policy") return id_of(change);
    std::string text = id_of(change) + " (";
    for (const char* key : {"at", "where", "publicity"}) {
      const Tree* value = change.find(key);
      if (text.back() != '(') text += ", ";
      text += value == nullptr ? standard_text(std::string{"policy."} + key) : one_line(*value);
    }
    return text + ')';
  }

  std::string text_;
};

}  // namespace

std::string describe_difference(const Tree& before, const Tree& after) {
  Describer describer;
  std::set<std::string> keys;
  for (const Tree* tree : {&before, &after}) {
    for (const Entry& entry : tree->entries) keys.insert(entry.key);
  }
  for (const std::string& key : keys) {
    if (key == "name" || key == "title" || is_remark(key)) continue;
    if (key == "policy") {
      describer.compare_entries(key, before.find(key), after.find(key));
    } else {
      describer.compare(key, before.find(key), after.find(key));
    }
  }
  return describer.text();
}

}  // namespace onward
