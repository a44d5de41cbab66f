#include "cli/decomposition_report.h"

#include <fmt/format.h>

#include <cmath>

namespace onward {

namespace {

constexpr int kLabelWidth = 22;
constexpr int kCellWidth = 16;

/// A cell for each measure, after a label.
template <class Cell>
std::string line(const std::string& label, Cell cell) {
  std::string text = fmt::format("  {:<{}}", label, kLabelWidth);
  for (std::size_t i = 0; i < kEffectMeasureNames.size(); ++i)
    text += fmt::format("{:>{}}", cell(i), kCellWidth);
  return text + '\n';
}

/// Large numbers need no decimals.
std::string short_number(double value) {
  return std::abs(value) < 100.0 ? fmt::format("{:.1f}", value) : fmt::format("{:.0f}", value);
}

/// Shares are shown in percent.
double unit_of(std::size_t measure) {
  return static_cast<EffectMeasure>(measure) == EffectMeasure::kShareElsewhere ? 100.0 : 1.0;
}

std::string means(const std::string& label, const EffectValues& values) {
  return line(label, [&](std::size_t i) {
    return values[i] ? fmt::format("{:.1f}", unit_of(i) * values[i]->mean) : std::string("-");
  });
}

std::string means_and_intervals(const std::string& label, const EffectValues& values) {
  return means(label, values) + line("", [&](std::size_t i) {
           if (!values[i]) return std::string();
           return short_number(unit_of(i) * values[i]->lo) + " to " +
                  short_number(unit_of(i) * values[i]->hi);
         });
}

std::string heading(const Decomposition& decomposition) {
  const auto year = [&](std::size_t i) {
    return i < decomposition.years.size() ? fmt::format("else, {}", decomposition.years[i]) : "";
  };
  const std::array<std::string, kEffectMeasureNames.size()> above{"",       "go",     "% go",
                                                                  "claims", "claims", "claims,"};
  const std::array<std::string, kEffectMeasureNames.size()> below{
      "blocked", "elsewhere", "elsewhere", year(0), year(1), "all"};
  return line("", [&](std::size_t i) { return above[i]; }) +
         line("", [&](std::size_t i) { return below[i]; });
}

/// One block: the same values of each channel.
template <class Show>
std::string by_channel(const char* title, const Decomposition& decomposition,
                       EffectValues ChannelPart::*values, Show show) {
  std::string text = std::string("  ") + title + '\n';
  for (std::size_t channel = 0; channel < decomposition.channels.size(); ++channel) {
    text += show("  " + std::string(kPathChannelNames[channel]),
                 decomposition.channels[channel].*values);
  }
  return text;
}

}  // namespace

std::string decomposition_text(const Decomposition& decomposition) {
  std::string text =
      "\nWhat the effect runs through. A channel is held by giving the variant's people what "
      "those\n"
      "of the base act on, month by month.\n";
  text += heading(decomposition);
  text += means_and_intervals("full effect", decomposition.full);
  text += by_channel("left with one held", decomposition, &ChannelPart::left, means);
  text += means_and_intervals("left with all: direct", decomposition.direct);
  text += by_channel("runs through: full effect less what is left", decomposition,
                     &ChannelPart::through, means_and_intervals);
  text += means_and_intervals("between channels", decomposition.between);
  return text + by_channel("does alone: effect with all others held, less the direct one",
                           decomposition, &ChannelPart::alone, means_and_intervals);
}

}  // namespace onward
