#pragma once

#include <string>

#include "run/trace.h"

namespace onward {

/// Which run a trace was taken from.
struct TraceOrigin {
  std::uint64_t seed = 0;
  std::uint32_t replicate = 0;
};

/// A person's life as text: who the person is, every event with its month, every consideration as
/// a table, and the standing at the end.
std::string trace_report(const World& world, const TraceOrigin& origin, const Trace& trace);

/// Who the person is: what was drawn on arrival.
std::string portrait_report(const World& world, const TraceOrigin& origin, const Trace& trace);

/// Characters of a line that a report keeps to, as far as names of places allow.
inline constexpr std::size_t kTraceWidth = 100;

/// `text` wrapped into lines that begin behind `margin`, with `label` in front of the first.
std::string labelled(const std::string& label, std::size_t margin, std::string text);

/// An amount of the scenario's money.
std::string money_text(const World& world, double amount);

/// A short name of an alternative: of the place to go to, or what else to do.
std::string heading(const World& world, const Alternative& alternative);

/// A consideration as a table: a column for each alternative, the best first and the chosen one
/// marked with '*'; a row for each term that is not 0 everywhere, the largest first.
std::string consideration_table(const World& world, const event::Considered& considered);

}  // namespace onward
