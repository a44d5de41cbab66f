#include "io/field_reader.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <locale>
#include <sstream>

#include "io/number_text.h"
#include "io/scenario_fields.h"

namespace onward {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_name_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' || c == '_';
}

/// Number of digits at the start of `text` from `i`.
std::size_t count_digits(std::string_view text, std::size_t i) {
  std::size_t count = 0;
  while (i + count < text.size() && is_digit(text[i + count])) ++count;
  return count;
}

bool is_number_text(std::string_view text) {
  std::size_t i = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::size_t whole = count_digits(text, i);
  i += whole;
  std::size_t fraction = 0;
  if (i < text.size() && text[i] == '.') {
    fraction = count_digits(text, ++i);
    i += fraction;
  }
  if (whole + fraction == 0) return false;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    const std::size_t exponent = count_digits(text, i);
    if (exponent == 0) return false;
    i += exponent;
  }
  return i == text.size();
}

/// A value as a message shows it.
std::string shown(const Tree& tree) {
  if (tree.is_map()) return "a map";
  if (tree.is_list()) return "a list";
  return tree.is_null() ? "empty" : quote(tree.text);
}

void add_wrong(const Tree& tree, std::string_view what, const std::string& expected,
               Problems& problems) {
  problems.add(tree.where, std::string{what} + " is " + shown(tree), "it must be " + expected);
}

/// The number itself, any finite one; notes what is none.
std::optional<double> read_any_number(const Tree& tree, std::string_view what, const FieldRow& row,
                                      Problems& problems) {
  if (tree.is_scalar() && tree.quoted && parse_number(tree.text)) {
    problems.add(tree.where, std::string{what} + " is text", "it must be " + expectation(row),
                 "Leave out the quotes");
    return std::nullopt;
  }
  const auto number = tree.is_scalar() ? parse_number(tree.text) : std::nullopt;
  if (!number || !std::isfinite(*number)) {
    add_wrong(tree, what, expectation(row), problems);
    return std::nullopt;
  }
  return number;
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  if (!is_number_text(text)) return std::nullopt;
  const std::string copy{text};
  char* stop = nullptr;
  const double number = std::strtod(copy.c_str(), &stop);
  if (stop == copy.c_str() + copy.size()) return number;
  // A locale with another decimal point is in force.
  std::istringstream stream(copy);
  stream.imbue(std::locale::classic());
  double slow = 0.0;
  stream >> slow;
  return stream.fail() ? HUGE_VAL : slow;
}

const Tree& bare_value(const Tree& tree, Problems& problems) {
  const Tree* value = tree.is_map() ? tree.find("value") : nullptr;
  if (value == nullptr) return tree;
  for (const Entry& entry : tree.entries) {
    if (entry.key == "value" || check_remark(entry, problems)) continue;
    problems.add(entry.where, "unknown key " + quote(entry.key) + " beside 'value'",
                 "only 'source' and 'note' may stand there");
  }
  return *value;
}

bool is_remark(std::string_view key) {
  return std::find(kRemarkKeys.begin(), kRemarkKeys.end(), key) != kRemarkKeys.end();
}

bool check_remark(const Entry& entry, Problems& problems) {
  if (!is_remark(entry.key)) return false;
  if (!entry.value.is_scalar()) add_wrong(entry.value, entry.key, "text", problems);
  return true;
}

std::string expectation(const FieldRow& row) {
  const std::string range = " from " + number_text(row.low) + " to " + number_text(row.high);
  switch (row.kind) {
    case FieldKind::kNumber:
      return "a number" + range;
    case FieldKind::kWhole:
      return "a whole number" + range;
    case FieldKind::kSwitch:
      return "true or false";
    case FieldKind::kMonth:
      return "a month as YYYY-MM";
    case FieldKind::kNumbersByYear:
      return "numbers" + range + " by year";
    case FieldKind::kName:
      return "letters, digits, - and _, at most 40";
    case FieldKind::kText:
      return "text";
    default:
      break;
  }
  std::string words;
  for (const std::string_view choice : row.choices) {
    if (!words.empty()) words += choice == row.choices.back() ? " or " : ", ";
    words += choice;
  }
  return words;
}

std::optional<double> read_number(const Tree& tree, const FieldRow& row, std::string_view what,
                                  Problems& problems) {
  const Tree& value = bare_value(tree, problems);
  const auto number = read_any_number(value, what, row, problems);
  if (!number) return std::nullopt;
  if (*number >= row.low && *number <= row.high) return number;
  add_wrong(value, what, expectation(row), problems);
  return std::nullopt;
}

std::optional<int> read_whole(const Tree& tree, const FieldRow& row, std::string_view what,
                              Problems& problems) {
  const auto number = read_number(tree, row, what, problems);
  if (!number) return std::nullopt;
  if (*number == std::floor(*number)) return static_cast<int>(*number);
  add_wrong(bare_value(tree, problems), what, expectation(row), problems);
  return std::nullopt;
}

std::optional<bool> read_switch(const Tree& tree, std::string_view what, Problems& problems) {
  constexpr std::string_view kTrue[] = {"true", "yes", "on", "True", "Yes", "On"};
  constexpr std::string_view kFalse[] = {"false", "no", "off", "False", "No", "Off"};
  const Tree& value = bare_value(tree, problems);
  const bool is_word = value.is_scalar() && !value.quoted;
  for (const std::string_view word : kTrue) {
    if (is_word && value.text == word) return true;
  }
  for (const std::string_view word : kFalse) {
    if (is_word && value.text == word) return false;
  }
  add_wrong(value, what, "true or false", problems);
  return std::nullopt;
}

std::optional<YearMonth> read_month(const Tree& tree, std::string_view what, Problems& problems) {
  const Tree& value = bare_value(tree, problems);
  const auto month = value.is_scalar() ? parse_year_month(value.text) : std::nullopt;
  if (!month) add_wrong(value, what, "a month as YYYY-MM, years 1000 to 3000", problems);
  return month;
}

std::optional<std::string> read_text(const Tree& tree, std::string_view what, Problems& problems) {
  const Tree& value = bare_value(tree, problems);
  if (value.is_scalar()) return value.text;
  add_wrong(value, what, "text", problems);
  return std::nullopt;
}

std::optional<std::size_t> read_choice(const Tree& tree, const FieldRow& row, std::string_view what,
                                       Problems& problems) {
  const Tree& value = bare_value(tree, problems);
  const auto found = std::find(row.choices.begin(), row.choices.end(),
                               value.is_scalar() ? std::string_view{value.text} : "");
  if (found != row.choices.end()) return static_cast<std::size_t>(found - row.choices.begin());
  const std::string_view near = nearest(value.text, row.choices);
  problems.add(value.where, std::string{what} + " is " + shown(value),
               "it must be " + expectation(row),
               near.empty() ? "" : "Did you mean '" + std::string{near} + '\'');
  return std::nullopt;
}

std::optional<YearSpan> read_span(const Tree& tree, std::string_view what, Problems& problems) {
  constexpr std::size_t kDigits = 4;
  const Tree& value = bare_value(tree, problems);
  const bool is_text = value.is_scalar() && value.text.size() == 2 * kDigits + 1 &&
                       value.text[kDigits] == '-' &&
                       std::count_if(value.text.begin(), value.text.end(),
                                     [](char c) { return c >= '0' && c <= '9'; }) == 2 * kDigits;
  YearSpan span;
  if (is_text) {
    span = {.first = std::stoi(value.text.substr(0, kDigits)),
            .last = std::stoi(value.text.substr(kDigits + 1))};
  }
  if (is_text && span.first >= kFirstYear && span.last <= kLastYear && span.first <= span.last)
    return span;
  problems.add(value.where,
               std::string{what} + " is " + (value.is_scalar() ? quote(value.text) : "no text"),
               "it must be two years from 1000 to 3000 in order, as 2007-2015");
  return std::nullopt;
}

std::optional<int> read_year(const Entry& entry, std::string_view what, Problems& problems) {
  const bool is_year = entry.key.size() == 4 && count_digits(entry.key, 0) == 4;
  const int year = is_year ? std::atoi(entry.key.c_str()) : 0;
  if (year >= kFirstYear && year <= kLastYear) return year;
  problems.add(entry.where, std::string{what} + " has the key " + quote(entry.key),
               "its keys are years from 1000 to 3000");
  return std::nullopt;
}

std::map<int, double> read_years(const Tree& tree, const FieldRow& row, std::string_view what,
                                 Problems& problems) {
  std::map<int, double> years;
  const Tree& map = bare_value(tree, problems);
  if (!check_map(map, what, problems)) return years;
  FieldRow each = row;
  each.kind = FieldKind::kNumber;
  for (const Entry& entry : map.entries) {
    if (check_remark(entry, problems)) continue;
    const auto year = read_year(entry, what, problems);
    if (!year) continue;
    const auto number = read_number(entry.value, each, joined(what, entry.key), problems);
    if (number) years[*year] = *number;
  }
  return years;
}

bool check_name(const std::string& name, const Mark& where, std::string_view what,
                Problems& problems) {
  constexpr std::size_t kLongest = 40;
  std::string why;
  if (name.empty() || name.size() > kLongest) {
    why = "a name has 1 to 40 letters";
  } else if (!std::all_of(name.begin(), name.end(), is_name_letter)) {
    why = "a name has letters, digits, - and _ only";
  } else if (is_remark(name) || name == "value") {
    why = "the word has another meaning in scenario files";
  }
  if (!why.empty()) problems.add(where, std::string{what} + " is called " + quote(name), why);
  return why.empty();
}

std::optional<std::string> read_name(const Tree& tree, std::string_view what, Problems& problems) {
  const Tree& value = bare_value(tree, problems);
  if (!value.is_scalar()) {
    add_wrong(value, what, "a name", problems);
    return std::nullopt;
  }
  if (!check_name(value.text, value.where, what, problems)) return std::nullopt;
  return value.text;
}

bool check_map(const Tree& tree, std::string_view what, Problems& problems) {
  if (tree.is_map() || tree.is_null()) return true;
  add_wrong(tree, what, "a map of keys and values", problems);
  return false;
}

bool check_list(const Tree& tree, std::string_view what, Problems& problems) {
  if (tree.is_list() || tree.is_null()) return true;
  add_wrong(tree, what, "a list", problems);
  return false;
}

void check_keys(const Tree& map, std::span<const FieldRow> rows, std::string_view what,
                const Mark& where, Problems& problems) {
  std::vector<std::string_view> known;
  for (const FieldRow& row : rows) {
    known.push_back(row.name);
    if (!row.required || map.find(row.name) != nullptr) continue;
    problems.add(where, std::string{what} + " has no " + quote(row.name), std::string{row.meaning});
  }
  for (const Entry& entry : map.entries) {
    if (check_remark(entry, problems)) continue;
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    problems.add_unknown(entry.where,
                         "unknown key " + quote(entry.key) + " in " + std::string{what}, entry.key,
                         known, "known keys");
  }
}

std::string joined(std::string_view what, std::string_view key) {
  return std::string{what} + ": " + abbreviate(key);
}

}  // namespace onward
