#include "core/calendar.h"

#include <charconv>

namespace onward {

namespace {

std::optional<int> parse_digits(std::string_view text) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end || text.front() == '-') return std::nullopt;
  return value;
}

}  // namespace

std::optional<YearMonth> parse_year_month(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4));
  const auto month = parse_digits(text.substr(5));
  if (!year || !month) return std::nullopt;
  if (*year < 1000 || *year > 3000 || *month < 1 || *month > 12) return std::nullopt;
  return YearMonth{*year, *month};
}

std::string to_text(YearMonth month) {
  std::string text = std::to_string(month.year()) + '-';
  if (month.month() < 10) text += '0';
  return text + std::to_string(month.month());
}

}  // namespace onward
