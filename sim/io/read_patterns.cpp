#include <algorithm>
#include <map>

#include "io/field_reader.h"
#include "io/scenario_fields.h"
#include "io/scenario_reader.h"

/// The part of the reader that deals with how a world is judged by its observed record.
namespace onward {

namespace {

void read_periods(const Tree& tree, ReaderContext& context) {
  const Tree& list = bare_value(tree, context.problems);
  if (!check_list(list, "periods", context.problems)) return;
  if (list.items.size() > kMaxPeriods) {
    context.problems.refuse(list.where,
                            "there are " + std::to_string(list.items.size()) + " periods",
                            "at most " + std::to_string(kMaxPeriods));
  }
  std::vector<YearSpan>& periods = context.scenario.validation.periods;
  for (const Tree& item : list.items) {
    const auto span = read_span(item, "a period", context.problems);
    if (!span) continue;
    if (std::find(periods.begin(), periods.end(), *span) != periods.end()) {
      context.problems.add(
          item.where,
          "the period " + quote(bare_value(item, context.problems).text) + " comes twice");
    } else {
      periods.push_back(*span);
    }
  }
}

PosteriorEntry read_posterior_entry(const Tree& tree, std::size_t number, Problems& problems) {
  PosteriorEntry entry;
  const std::string what = "posterior " + std::to_string(number);
  if (!read_fields(tree, kPosteriorFields, what, tree.where, entry, problems)) return entry;
  for (const std::string_view key : {"file", "scenario"}) {
    const Tree* path = tree.find(key);
    if (path != nullptr && (key == "file" ? entry.file : entry.scenario).empty())
      problems.add(path->where, joined(what, key) + " is empty", "it names a file");
  }
  if (const Tree* fitted = tree.find("fitted_to")) {
    const auto span = read_span(*fitted, joined(what, "fitted_to"), problems);
    if (span) entry.fitted_to = *span;
  }
  return entry;
}

void read_posteriors(const Tree& tree, ReaderContext& context) {
  const Tree& list = bare_value(tree, context.problems);
  if (!check_list(list, "posteriors", context.problems)) return;
  if (list.items.size() > kMaxPosteriors) {
    context.problems.refuse(list.where,
                            "there are " + std::to_string(list.items.size()) + " posteriors",
                            "at most " + std::to_string(kMaxPosteriors));
  }
  std::vector<PosteriorEntry>& entries = context.scenario.validation.posteriors;
  for (const Tree& item : list.items)
    entries.push_back(read_posterior_entry(item, entries.size() + 1, context.problems));
}

/// A destination, which takes claims.
void check_destination(PlaceId place, const Tree& tree, const std::string& what,
                       ReaderContext& context) {
  if (context.scenario.places[place.index()].asylum) return;
  context.problems.add(
      bare_value(tree, context.problems).where,
      what + " is " + quote(context.place_names[place.index()]) + ", which takes no asylum claims");
}

/// Notes keys that the kind needs and that it has no use for.
void check_pattern_keys(const Tree& tree, PatternKind kind, const std::string& what,
                        Problems& problems) {
  const auto number = static_cast<std::size_t>(kind);
  const PatternKeys& keys = kPatternKeys[number];
  const std::string of_kind = " of kind " + std::string{kPatternKinds[number]};
  for (const std::string_view key : keys.needs) {
    if (!key.empty() && tree.find(key) == nullptr)
      problems.add(tree.where, what + of_kind + " has no " + quote(key));
  }
  const bool is_bounded = keys.may.front() == "low";
  if (is_bounded && tree.find("low") == nullptr && tree.find("high") == nullptr)
    problems.add(tree.where, what + " has no bound", "'low' or 'high' or both");
  const auto knows = [&](const std::string& key) {
    return is_remark(key) || key == "id" || key == "kind" ||
           std::find(keys.needs.begin(), keys.needs.end(), key) != keys.needs.end() ||
           std::find(keys.may.begin(), keys.may.end(), key) != keys.may.end();
  };
  for (const Field<Pattern>& field : kPatternFields) {
    const std::string key{field.row.name};
    if (tree.find(key) != nullptr && !knows(key))
      problems.add(tree.find(key)->where, what + of_kind + " has no use for " + quote(key));
  }
}

/// `what` names the pattern, `where` is the key whose value is out of order.
void check_order(const Tree& tree, std::string_view first, std::string_view last, bool in_order,
                 const std::string& what, Problems& problems) {
  const Tree* where = tree.find(last);
  if (in_order || tree.find(first) == nullptr || where == nullptr) return;
  problems.add(where->where,
               joined(what, last) + " is less than " + quote(first) + ", which comes before it");
}

Pattern read_pattern(const Tree& tree, std::size_t number, ReaderContext& context) {
  Pattern pattern;
  const Tree* id = tree.find("id");
  const bool has_name = id != nullptr && id->is_scalar();
  const std::string what =
      has_name ? "pattern " + quote(id->text) : "pattern " + std::to_string(number);
  if (!read_fields(tree, kPatternFields, what, tree.where, pattern, context.problems))
    return pattern;
  const Tree* kind = tree.find("kind");
  const bool has_kind = kind != nullptr && bare_value(*kind, context.problems).is_scalar() &&
                        std::find(kPatternKinds.begin(), kPatternKinds.end(),
                                  bare_value(*kind, context.problems).text) != kPatternKinds.end();
  if (has_kind) check_pattern_keys(tree, pattern.kind, what, context.problems);
  if (const Tree* where = tree.find("where")) {
    pattern.where = read_where(*where, joined(what, "where"), context);
    for (const PlaceId place : pattern.where)
      check_destination(place, *where, joined(what, "where"), context);
  }
  if (const Tree* target = tree.find("target")) {
    pattern.target = read_place(*target, joined(what, "target"), context);
    if (pattern.target)
      check_destination(*pattern.target, *target, joined(what, "target"), context);
  }
  check_order(tree, "from", "to", pattern.from <= pattern.to, what, context.problems);
  const bool has_both = pattern.low && pattern.high;
  check_order(tree, "low", "high", !has_both || *pattern.low <= *pattern.high, what,
              context.problems);
  return pattern;
}

void read_patterns(const Tree& tree, ReaderContext& context) {
  const Tree& list = bare_value(tree, context.problems);
  if (!check_list(list, "patterns", context.problems)) return;
  if (list.items.size() > kMaxPatterns) {
    context.problems.refuse(list.where,
                            "there are " + std::to_string(list.items.size()) + " patterns",
                            "at most " + std::to_string(kMaxPatterns));
  }
  std::vector<Pattern>& patterns = context.scenario.validation.patterns;
  std::map<std::string, int> lines;
  for (const Tree& item : list.items) {
    patterns.push_back(read_pattern(item, patterns.size() + 1, context));
    const std::string& id = patterns.back().id;
    if (id.empty()) continue;
    const auto [first, is_new] = lines.emplace(id, item.where.line);
    if (is_new) continue;
    context.problems.add(item.where, "the id " + quote(id) + " comes twice",
                         "it was at line " + std::to_string(first->second));
  }
  std::sort(patterns.begin(), patterns.end(),
            [](const Pattern& a, const Pattern& b) { return a.id < b.id; });
}

}  // namespace

void read_validation(const Tree& observed, int origin, ReaderContext& context) {
  ValidationPlan& plan = context.scenario.validation;
  plan.origin = origin;
  if (const Tree* fitted = observed.find("fitted_to"))
    plan.fitted_to = read_span(*fitted, "fitted_to", context.problems);
  if (const Tree* posteriors = observed.find("posteriors")) read_posteriors(*posteriors, context);
  if (const Tree* periods = observed.find("periods")) read_periods(*periods, context);
  if (const Tree* patterns = observed.find("patterns")) read_patterns(*patterns, context);
}

}  // namespace onward
