#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

/// Tables of named numbers. A number's whole description is one row; its position in the table is
/// found at compile time from its name, so a misspelt name does not compile.
namespace onward {

/// The description of one named number.
struct NumberRow {
  std::string_view name;     ///< dotted name, as in scenario files
  std::string_view unit;     ///< "1" for a pure number
  double low = 0.0;          ///< smallest value allowed
  double high = 0.0;         ///< largest value allowed
  double standard = 0.0;     ///< the default
  std::string_view meaning;  ///< one sentence
  std::string_view source;   ///< where the default comes from, or "assumption: why"
};

/// A string that can be a template argument.
template <std::size_t N>
struct FixedName {
  char letters[N];
  consteval FixedName(const char (&text)[N]) { std::copy_n(text, N, letters); }
  constexpr std::string_view view() const { return {letters, N - 1}; }
};

/// Position of `name` in `rows`, or rows.size() if there is none.
constexpr std::size_t find_row(std::span<const NumberRow> rows, std::string_view name) {
  std::size_t i = 0;
  while (i < rows.size() && rows[i].name != name) ++i;
  return i;
}

/// Position of the row called `name`; a name that is not there is a compile error.
template <FixedName name, std::size_t N>
consteval std::size_t row_index(const std::array<NumberRow, N>& rows) {
  const std::size_t i = find_row(rows, name.view());
  if (i == N) throw "no row of this name";
  return i;
}

}  // namespace onward
