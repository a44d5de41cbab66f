#include "cli/person_name.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

#include "cli/command.h"

namespace onward {

namespace {

constexpr std::string_view kMoverPrefix = "mover:";

std::optional<std::uint32_t> read_number(std::string_view text) {
  std::uint32_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

GroupId read_group(const World& world, std::string_view name) {
  std::string all;
  for (std::size_t g = 0; g < world.group_count(); ++g) {
    const std::string& known = world.group(GroupId{g}).name;
    if (known == name) return GroupId{g};
    all += (all.empty() ? "" : ", ") + known;
  }
  throw UsageError(fmt::format("--trace: no group '{}'; there is: {}", name, all));
}

/// The months in which somebody of the group arrives before the run ends, as ranges.
std::string months_with_arrivals(const World& world, const Group& group) {
  std::string ranges;
  std::optional<YearMonth> from;
  const auto close = [&](YearMonth last) {
    ranges += ranges.empty() ? "" : ", ";
    ranges += to_text(*from) + (last == *from ? "" : " to " + to_text(last));
    from.reset();
  };
  if (group.arrivals.empty()) return "no month";
  const YearMonth past_end = world.scenario.end + 1;
  for (YearMonth month{group.arrivals.begin()->first, 1}; month < past_end; month = month + 1) {
    const bool any = arrivals_in(group, month) > 0;
    if (any && !from) from = month;
    if (!any && from) close(month + -1);
  }
  if (from) close(world.scenario.end);
  return ranges.empty() ? "no month" : ranges;
}

Entity read_member(const World& world, GroupId id, const std::string& month_text,
                   const std::string& number_text) {
  const Group& group = world.group(id);
  const std::optional<YearMonth> month = parse_year_month(month_text);
  const std::uint32_t count =
      month && *month <= world.scenario.end ? arrivals_in(group, *month) : 0;
  if (count == 0) {
    throw UsageError(fmt::format("--trace: nobody of '{}' arrives in '{}'; its people arrive in {}",
                                 group.name, month_text, months_with_arrivals(world, group)));
  }
  const std::optional<std::uint32_t> number = read_number(number_text);
  if (!number || *number >= count) {
    throw UsageError(fmt::format(
        "--trace: no number '{}' among the people of '{}' who arrive in {}; there is: 0 to {}",
        number_text, group.name, month_text, count - 1));
  }
  return person_entity(world, id, *month, *number);
}

}  // namespace

std::string person_name(const World& world, const Portrait& portrait) {
  return fmt::format("{}:{}:{}", world.group(portrait.group).name, to_text(portrait.arrival),
                     portrait.number);
}

std::variant<Entity, Mover> read_person_name(const World& world, const std::string& text) {
  if (text == "first-mover") return Mover{};
  const std::size_t last = text.rfind(':');
  const std::size_t first = last == std::string::npos ? last : text.rfind(':', last - 1);
  if (first != std::string::npos && first != last) {
    const GroupId group = read_group(world, text.substr(0, first));
    return read_member(world, group, text.substr(first + 1, last - first - 1),
                       text.substr(last + 1));
  }
  if (text.starts_with(kMoverPrefix)) {
    const auto number = read_number(std::string_view(text).substr(kMoverPrefix.size()));
    if (number) return Mover{*number};
  }
  throw UsageError(
      "--trace wants GROUP:YYYY-MM:NUMBER (month of arrival, number from 0), first-mover or "
      "mover:NUMBER, not '" +
      text + "'");
}

}  // namespace onward
