#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/calendar.h"

/// The vocabulary of the tables that describe scenario files. A key of the format is one row; the
/// reader and the JSON schema are both made from it.
namespace onward {

/// What a key may hold.
enum class FieldKind {
  kText,           ///< any text
  kName,           ///< letters, digits, - and _
  kNumber,         ///< a number from low to high
  kWhole,          ///< a whole number from low to high
  kSwitch,         ///< true or false
  kMonth,          ///< YYYY-MM
  kChoice,         ///< one of some words
  kNumbersByYear,  ///< numbers from low to high by calendar year
  kNested,         ///< read by hand; `shape` names its definition in the schema
};

inline constexpr bool kRequired = true;
inline constexpr bool kOptional = false;

/// The description of a key.
struct FieldRow {
  std::string_view name;
  FieldKind kind = FieldKind::kText;
  bool required = false;
  double low = 0.0;
  double high = 0.0;
  std::string_view unit;                      ///< "1" for a pure number, empty for what is none
  std::string_view meaning;                   ///< one sentence
  std::string_view shape;                     ///< of kNested: a definition of the schema
  std::span<const std::string_view> choices;  ///< of kChoice
};

/// Where the value of a key goes; nothing if the reader stores it by hand.
template <class T>
using Store =
    std::variant<std::monostate, double T::*, std::optional<double> T::*, int T::*, bool T::*,
                 std::string T::*, YearMonth T::*, std::optional<YearMonth> T::*,
                 std::map<int, double> T::*, void (*)(T&, std::size_t)>;

/// A key of the object T.
template <class T>
struct Field {
  FieldRow row;
  Store<T> store;
};

/// The rows of a table of fields, without where they go.
template <class T, std::size_t N>
std::array<FieldRow, N> rows_of(const std::array<Field<T>, N>& fields) {
  std::array<FieldRow, N> rows;
  for (std::size_t i = 0; i < N; ++i) rows[i] = fields[i].row;
  return rows;
}

}  // namespace onward
