#include "io/study_file.h"

#include <algorithm>

#include "io/adjustable.h"
#include "io/field_reader.h"
#include "io/scenario_file.h"
#include "io/scenario_tree.h"
#include "io/study_fields.h"
#include "io/text_file.h"

namespace onward {

namespace {

/// What reading a study shares.
struct StudyReader {
  CalibrationStudy& study;
  Problems problems;
};

Tree parse_study(const std::string& path, const Mark& wanted_at) {
  const FileText file = read_file(path, kMaxTextBytes);
  Problems problems;
  if (!file.is_read) problems.refuse(wanted_at, "cannot read " + quote(path), file.why);
  Tree tree = parse_yaml(file.text, path);
  if (!tree.is_map()) problems.refuse(tree.where, "a study is a map of keys and values");
  return tree;
}

/// A path as seen from the file in which it is written.
std::string path_in(const Tree& text) {
  return path_beside(text.where.file ? *text.where.file : std::string{}, text.text);
}

/// The study with every key that it takes over from those it extends.
Tree resolve_study(const std::string& path, const Mark& wanted_at, std::size_t depth = 0) {
  Tree study = parse_study(path, wanted_at);
  const Tree* extends = study.find("extends");
  if (extends == nullptr) return study;
  Problems problems;
  if (!extends->is_scalar()) problems.refuse(extends->where, "extends is no text");
  if (depth >= kMaxVariants) {
    problems.refuse(extends->where, "too many studies extend one another",
                    "at most " + std::to_string(kMaxVariants) + ", and not in a circle");
  }
  const Tree base = resolve_study(path_in(*extends), extends->where, depth + 1);
  for (const Entry& entry : base.entries) {
    if (study.find(entry.key) == nullptr) study.entries.push_back(entry);
  }
  return study;
}

/// A text, or each text of a list, with where it stands.
std::vector<std::pair<std::string, Mark>> read_one_or_many(const Tree& tree, std::string_view what,
                                                           Problems& problems) {
  std::vector<std::pair<std::string, Mark>> all;
  const Tree& value = bare_value(tree, problems);
  const auto take = [&](const Tree& item) {
    if (const auto text = read_text(item, what, problems)) all.emplace_back(*text, item.where);
  };
  if (value.is_list()) {
    for (const Tree& item : value.items) take(item);
  } else {
    take(value);
  }
  if (value.is_list() && value.items.empty())
    problems.add(value.where, std::string{what} + " is empty", "at least one name");
  return all;
}

void read_left_out(const Tree& tree, StudyReader& reader) {
  const Tree& list = bare_value(tree, reader.problems);
  if (!check_list(list, "leave_out", reader.problems)) return;
  const std::vector<Place>& places = reader.study.scenario.places;
  std::vector<std::string_view> names;
  for (const Place& place : places) names.push_back(place.name);
  for (const Tree& item : list.items) {
    LeftOut left_out;
    if (!read_fields(item, kLeftOutFields, "leave_out", item.where, left_out, reader.problems))
      continue;
    if (const Tree* years = item.find("years")) {
      left_out.years =
          read_span(*years, "years of leave_out", reader.problems).value_or(YearSpan{});
    }
    if (const Tree* where = item.find("where")) {
      for (const auto& [name, mark] : read_one_or_many(*where, "where", reader.problems)) {
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end()) {
          reader.problems.add_unknown(mark, "leave_out names the unknown place " + quote(name),
                                      name, names, "known places");
        } else {
          left_out.where.push_back(PlaceId{static_cast<std::size_t>(found - names.begin())});
        }
      }
    }
    reader.study.fit.leave_out.push_back(left_out);
  }
}

void read_fit(const Tree& tree, const Mark& where, StudyReader& reader) {
  FitPlan& fit = reader.study.fit;
  const Tree& map = bare_value(tree, reader.problems);
  if (!read_fields(map, kFitFields, "fit", where, fit, reader.problems)) return;
  if (const Tree* years = map.find("years"))
    fit.years = read_span(*years, "years of fit", reader.problems).value_or(YearSpan{});
  if (const Tree* left_out = map.find("leave_out")) read_left_out(*left_out, reader);
}

/// Looks the targets up; the bounds shrink to what all of them allow.
void read_targets(const Tree& tree, const std::string& what, FittedParameter& fitted,
                  StudyReader& reader) {
  const std::vector<std::string> known = adjustable_names(reader.study.scenario);
  const std::vector<std::string_view> words(known.begin(), known.end());
  for (const auto& [name, mark] : read_one_or_many(tree, joined(what, "set"), reader.problems)) {
    const auto target = find_adjustable(reader.study.scenario, name);
    if (!target) {
      reader.problems.add_unknown(mark, what + " sets the unknown number " + quote(name), name,
                                  words, "known numbers");
      continue;
    }
    fitted.prior.low = std::max(fitted.prior.low, target->low);
    fitted.prior.high = std::min(fitted.prior.high, target->high);
    fitted.targets.push_back(name);
  }
  if (fitted.targets.size() > kMostTargets)
    reader.problems.add(tree.where, what + " has too many targets",
                        "at most " + std::to_string(kMostTargets));
}

void check_prior(const FittedEntry& entry, const Prior& prior, const Mark& where,
                 const std::string& what, Problems& problems) {
  const bool is_uniform = entry.kind == PriorKind::kUniform;
  if (is_uniform && (entry.middle || entry.spread))
    problems.add(where, what + " has a uniform prior with a middle or a spread",
                 "a uniform prior has 'low' and 'high' alone");
  if (!is_uniform && (!entry.middle || !entry.spread))
    problems.add(where, what + " has no 'middle' or no 'spread'",
                 "every prior but a uniform one has both");
  if (!(prior.low < prior.high)) {
    problems.add(where, what + " has an empty range",
                 "'low' is less than 'high', and both lie in "
                 "the range of every number that is set");
    return;
  }
  if (!entry.middle) return;
  const bool is_log = entry.kind == PriorKind::kLogNormal;
  const bool is_logit = entry.kind == PriorKind::kLogitNormal;
  if (*entry.middle < prior.low || *entry.middle > prior.high)
    problems.add(where, what + " has its middle outside its range", "");
  if ((is_log || is_logit) && (*entry.middle <= 0.0 || prior.low < 0.0))
    problems.add(where, what + " can be negative", "the log of a number wants it positive");
  if (is_logit && (*entry.middle >= 1.0 || prior.high > 1.0))
    problems.add(where, what + " can exceed 1", "the logit of a number wants it under 1");
}

void read_fitted(const Entry& item, StudyReader& reader) {
  const std::string what = "parameter " + quote(item.key);
  check_name(item.key, item.where, "a parameter", reader.problems);
  FittedEntry entry;
  const Tree& map = item.value;
  if (!read_fields(map, kFittedFields, what, item.where, entry, reader.problems)) return;
  FittedParameter fitted;
  fitted.name = item.key;
  fitted.prior = {.kind = entry.kind,
                  .low = entry.low.value_or(-kAnyNumber),
                  .high = entry.high.value_or(kAnyNumber),
                  .middle = entry.middle.value_or(0.0),
                  .spread = entry.spread.value_or(1.0)};
  if (const Tree* set = map.find("set")) read_targets(*set, what, fitted, reader);
  check_prior(entry, fitted.prior, item.where, what, reader.problems);
  const Tree* source = map.find("source");
  if (source == nullptr) {
    reader.problems.add(item.where, what + " has no 'source'",
                        "it says why it is fitted and where the prior comes from");
  } else {
    fitted.source = read_text(*source, joined(what, "source"), reader.problems).value_or("");
  }
  reader.study.parameters.push_back(std::move(fitted));
}

/// Nothing may be set twice.
void check_targets_differ(const Tree& tree, StudyReader& reader) {
  std::vector<std::string> all;
  for (const FittedParameter& fitted : reader.study.parameters)
    all.insert(all.end(), fitted.targets.begin(), fitted.targets.end());
  std::sort(all.begin(), all.end());
  const auto twice = std::adjacent_find(all.begin(), all.end());
  if (twice != all.end())
    reader.problems.add(tree.where, "the number " + quote(*twice) + " is set twice");
}

void read_all_fitted(const Tree& tree, StudyReader& reader) {
  const Tree& map = bare_value(tree, reader.problems);
  if (!check_map(map, "parameters", reader.problems)) return;
  for (const Entry& item : map.entries) {
    if (!check_remark(item, reader.problems)) read_fitted(item, reader);
  }
  if (reader.study.parameters.empty())
    reader.problems.add(tree.where, "nothing is fitted", "at least one parameter");
  if (reader.study.parameters.size() > kMostFittedOfStudy)
    reader.problems.add(tree.where, "too many parameters are fitted",
                        "at most " + std::to_string(kMostFittedOfStudy));
  check_targets_differ(tree, reader);
}

/// The years of the fit must be run, and some cell of the record must be seen.
void check_cells(const Tree& tree, StudyReader& reader) {
  const CalibrationStudy& study = reader.study;
  const bool sees_any =
      std::any_of(study.scenario.observed.begin(), study.scenario.observed.end(),
                  [&](const ObservedCount& cell) { return study.fit.sees(cell.place, cell.year); });
  if (!sees_any)
    reader.problems.add(tree.where, "the fit sees no cell of the record",
                        "'observed' of the scenario has counts for the years of the fit");
  const bool is_run = study.fit.years.first * 12 >= study.scenario.start.count &&
                      study.fit.years.last * 12 + 11 <= study.scenario.end.count;
  if (!is_run)
    reader.problems.add(tree.where, "the scenario does not run through the years of the fit");
}

}  // namespace

bool FitPlan::sees(PlaceId place, int year) const {
  if (year < years.first || year > years.last) return false;
  return std::none_of(leave_out.begin(), leave_out.end(), [&](const LeftOut& cells) {
    if (year < cells.years.first || year > cells.years.last) return false;
    return cells.where.empty() ||
           std::find(cells.where.begin(), cells.where.end(), place) != cells.where.end();
  });
}

bool is_study(const std::string& path) {
  try {
    return parse_study(path, mark_of_source(path)).find("fit") != nullptr;
  } catch (const InputError&) {
    return false;
  }
}

CalibrationStudy load_study(const std::string& path) {
  const Tree tree = resolve_study(path, mark_of_source(path));
  CalibrationStudy study;
  StudyReader reader{.study = study, .problems = {}};
  StudyHead head;
  read_fields(tree, kStudyFields, "the study", tree.where, head, reader.problems);
  reader.problems.throw_if_any();
  study.name = head.name;
  study.title = head.title;
  study.scenario_file = path_in(bare_value(*tree.find("scenario"), reader.problems));
  LoadedScenario loaded = load_scenario(study.scenario_file);
  study.scenario = std::move(loaded.scenario);

  const Tree& fit = *tree.find("fit");
  read_fit(fit, fit.where, reader);
  if (const Tree* method = tree.find("method")) {
    read_fields(bare_value(*method, reader.problems), kMethodFields, "method", method->where,
                study.plan, reader.problems);
  }
  read_all_fitted(*tree.find("parameters"), reader);
  if (reader.problems.empty()) check_cells(fit, reader);
  reader.problems.throw_if_any();
  std::vector<std::string> targets;
  for (const FittedParameter& fitted : study.parameters)
    targets.insert(targets.end(), fitted.targets.begin(), fitted.targets.end());
  study.world = world_hash(loaded.resolved, targets);
  return study;
}

}  // namespace onward
