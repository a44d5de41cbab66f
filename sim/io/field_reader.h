#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/fields.h"
#include "io/problems.h"
#include "io/yaml_tree.h"
#include "model/validation_plan.h"

/// Reads values and objects of a Tree by their rows. Every function notes the mistakes it finds and
/// goes on; what could not be read is empty or keeps its default.
namespace onward {

/// A number as it is written in a scenario: digits with an optional sign, point and exponent.
/// Empty for any other text; infinite if it is too large.
std::optional<double> parse_number(std::string_view text);

/// The value itself, without the `{value: ..., source: ..., note: ...}` that may be around it.
/// Notes other keys beside `value`.
const Tree& bare_value(const Tree& tree, Problems& problems);

/// Whether a key is `source` or `note`, which every map may have.
bool is_remark(std::string_view key);

/// Notes a remark that is not a text. Returns whether the entry is a remark at all.
bool check_remark(const Entry& entry, Problems& problems);

/// "a number from 0 to 1", "true or false" and so on.
std::string expectation(const FieldRow& row);

/// The values of one kind, called `what` in messages.
std::optional<double> read_number(const Tree& tree, const FieldRow& row, std::string_view what,
                                  Problems& problems);
std::optional<int> read_whole(const Tree& tree, const FieldRow& row, std::string_view what,
                              Problems& problems);
std::optional<bool> read_switch(const Tree& tree, std::string_view what, Problems& problems);
std::optional<YearMonth> read_month(const Tree& tree, std::string_view what, Problems& problems);
std::optional<std::string> read_text(const Tree& tree, std::string_view what, Problems& problems);
std::optional<std::size_t> read_choice(const Tree& tree, const FieldRow& row, std::string_view what,
                                       Problems& problems);
std::map<int, double> read_years(const Tree& tree, const FieldRow& row, std::string_view what,
                                 Problems& problems);

/// Calendar years from first to last, written `YYYY-YYYY`.
std::optional<YearSpan> read_span(const Tree& tree, std::string_view what, Problems& problems);

/// A calendar year from 1000 to 3000 that is the key of an entry.
std::optional<int> read_year(const Entry& entry, std::string_view what, Problems& problems);

/// A name: letters, digits, `-` and `_`, up to 40 of them, and no remark key.
std::optional<std::string> read_name(const Tree& tree, std::string_view what, Problems& problems);
bool check_name(const std::string& name, const Mark& where, std::string_view what,
                Problems& problems);

/// Notes a value that is not a map (or a list); a null counts as an empty one.
bool check_map(const Tree& tree, std::string_view what, Problems& problems);
bool check_list(const Tree& tree, std::string_view what, Problems& problems);

/// Notes unknown and missing keys of a map. `where` is the place of the object's name.
void check_keys(const Tree& map, std::span<const FieldRow> rows, std::string_view what,
                const Mark& where, Problems& problems);

/// A value's name in messages: the object's name, then the key's.
std::string joined(std::string_view what, std::string_view key);

/// Reads one value into the member that its field names.
template <class T>
class FieldStorer {
 public:
  FieldStorer(const Tree& tree, const FieldRow& row, std::string what, T& object,
              Problems& problems)
      : tree_(tree), row_(row), what_(std::move(what)), object_(object), problems_(problems) {}

  void operator()(std::monostate) const {}
  void operator()(double T::*member) const {
    if (row_.kind == FieldKind::kSwitch) {
      if (const auto is_on = read_switch(tree_, what_, problems_)) object_.*member = *is_on;
    } else if (const auto number = read_number(tree_, row_, what_, problems_)) {
      object_.*member = *number;
    }
  }
  void operator()(std::optional<double> T::*member) const {
    object_.*member = read_number(tree_, row_, what_, problems_);
  }
  void operator()(int T::*member) const {
    if (const auto whole = read_whole(tree_, row_, what_, problems_)) object_.*member = *whole;
  }
  void operator()(bool T::*member) const {
    if (const auto is_on = read_switch(tree_, what_, problems_)) object_.*member = *is_on;
  }
  void operator()(std::string T::*member) const {
    const auto text = row_.kind == FieldKind::kName ? read_name(tree_, what_, problems_)
                                                    : read_text(tree_, what_, problems_);
    if (text) object_.*member = *text;
  }
  void operator()(YearMonth T::*member) const {
    if (const auto month = read_month(tree_, what_, problems_)) object_.*member = *month;
  }
  void operator()(std::optional<YearMonth> T::*member) const {
    object_.*member = read_month(tree_, what_, problems_);
  }
  void operator()(std::map<int, double> T::*member) const {
    object_.*member = read_years(tree_, row_, what_, problems_);
  }
  void operator()(void (*set)(T&, std::size_t)) const {
    if (const auto choice = read_choice(tree_, row_, what_, problems_)) set(object_, *choice);
  }

 private:
  const Tree& tree_;
  const FieldRow& row_;
  std::string what_;
  T& object_;
  Problems& problems_;
};

/// Reads every field of a map that has a place to go, and checks its keys. `what` names the object
/// in messages, `where` is the place of its name. Returns whether `tree` is a map at all.
template <class T, std::size_t N>
bool read_fields(const Tree& tree, const std::array<Field<T>, N>& fields, std::string_view what,
                 const Mark& where, T& object, Problems& problems) {
  if (!check_map(tree, what, problems)) return false;
  check_keys(tree, rows_of(fields), what, where, problems);
  for (const Field<T>& field : fields) {
    const Tree* value = tree.find(field.row.name);
    if (value == nullptr) continue;
    std::visit(FieldStorer<T>(*value, field.row, joined(what, field.row.name), object, problems),
               field.store);
  }
  return true;
}

}  // namespace onward
