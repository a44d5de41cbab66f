#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace onward {

/// A calendar month. `count` is months since January of the year 0, so months subtract.
struct YearMonth {
  int count = 0;

  constexpr YearMonth() = default;
  constexpr explicit YearMonth(int months) : count(months) {}
  /// `month` is 1 to 12.
  constexpr YearMonth(int year, int month) : count(year * 12 + month - 1) {}

  constexpr int year() const { return count / 12; }
  constexpr int month() const { return count % 12 + 1; }
  constexpr auto operator<=>(const YearMonth&) const = default;
};

constexpr YearMonth operator+(YearMonth month, int months) {
  return YearMonth{month.count + months};
}
constexpr int operator-(YearMonth later, YearMonth earlier) { return later.count - earlier.count; }

/// Reads `YYYY-MM`, years 1000 to 3000. Empty if the text is anything else.
std::optional<YearMonth> parse_year_month(std::string_view text);

/// `YYYY-MM`.
std::string to_text(YearMonth month);

}  // namespace onward
