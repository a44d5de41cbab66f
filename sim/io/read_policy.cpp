#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "io/field_reader.h"
#include "io/scenario_fields.h"
#include "io/scenario_reader.h"

/// The part of the reader that deals with dated changes and with the observed record.
namespace onward {

namespace {

/// A change with its place in the file.
struct ReadChange {
  PolicyChange change;
  Mark where;
};

void check_date(const Tree* tree, YearMonth month, const std::string& what, bool takes_effect,
                ReaderContext& context) {
  const Scenario& scenario = context.scenario;
  if (tree == nullptr || month.count == 0 || scenario.start.count == 0) return;
  const Mark& where = bare_value(*tree, context.problems).where;
  if (month < scenario.start) {
    const std::string advice = takes_effect ? "Put the values under 'levers' of the place"
                                            : "Write " + to_text(scenario.start);
    context.problems.add(where, what + " is " + to_text(month),
                         "before the start, " + to_text(scenario.start), advice);
  } else if (scenario.end.count != 0 && month > scenario.end) {
    context.problems.add(where, what + " is " + to_text(month),
                         "after the end, " + to_text(scenario.end));
  }
}

std::vector<LeverSetting> read_set(const Tree& tree, const std::string& what,
                                   ReaderContext& context) {
  std::vector<LeverSetting> set;
  const std::size_t problems_before = context.problems.count();
  read_levers(tree, what, context, [&](std::size_t lever, const std::vector<double>& by_group) {
    set.push_back({lever, by_group});
  });
  if (set.empty() && context.problems.count() == problems_before) {
    context.problems.add(tree.where, what + " is empty", "at least one lever");
  }
  std::sort(set.begin(), set.end(),
            [](const LeverSetting& a, const LeverSetting& b) { return a.lever < b.lever; });
  return set;
}

ReadChange read_change(const Tree& tree, std::size_t number, ReaderContext& context) {
  ReadChange read{{}, tree.where};
  PolicyChange& change = read.change;
  const Tree* id = tree.find("id");
  const bool has_name = id != nullptr && id->is_scalar();
  const std::string what =
      has_name ? "change " + quote(id->text) : "change " + std::to_string(number);
  if (!read_fields(tree, kPolicyFields, what, tree.where, change, context.problems)) return read;
  check_date(tree.find("at"), change.at, joined(what, "at"), true, context);
  const YearMonth announced = change.announced.value_or(YearMonth{});
  check_date(tree.find("announced"), announced, joined(what, "announced"), false, context);
  if (const Tree* where = tree.find("where")) {
    change.where = read_where(*where, joined(what, "where"), context);
  }
  if (const Tree* set = tree.find("set")) change.set = read_set(*set, joined(what, "set"), context);
  if (const Tree* source = tree.find("source")) change.source = source->text;
  return read;
}

void check_ids(const std::vector<ReadChange>& changes, Problems& problems) {
  std::map<std::string_view, const Mark*> first;
  for (const ReadChange& read : changes) {
    if (read.change.id.empty()) continue;
    const auto [other, is_new] = first.emplace(read.change.id, &read.where);
    if (is_new) continue;
    problems.add(read.where, "the id " + quote(read.change.id) + " comes twice",
                 "it was at line " + std::to_string(other->second->line));
  }
}

/// Notes two changes of one month that set one lever of one place and group. `changes` are in order
/// of date.
class ConflictFinder {
 public:
  explicit ConflictFinder(ReaderContext& context)
      : context_(context),
        groups_(context.group_names.size()),
        setter_(kLeverRows.size() * context.place_names.size() * groups_, kNobody) {}

  void find(const std::vector<ReadChange>& changes) {
    for (std::size_t i = 0; i < changes.size(); ++i) {
      if (i > 0 && changes[i].change.at != changes[i - 1].change.at) first_of_month_ = i;
      if (const auto cell = claim(changes[i].change, i)) note(changes, i, *cell);
    }
  }

 private:
  static constexpr std::size_t kNobody = static_cast<std::size_t>(-1);
  struct Conflict {
    std::size_t other = 0;
    std::size_t lever = 0;
    PlaceId place;
  };

  /// Marks what the change sets as its own; the first thing that is another's already.
  std::optional<Conflict> claim(const PolicyChange& change, std::size_t number) {
    std::optional<Conflict> conflict;
    for (const LeverSetting& setting : change.set) {
      for (const PlaceId place : change.where) {
        const auto other = claim_groups(setting, place, number);
        if (other && !conflict) conflict = {*other, setting.lever, place};
      }
    }
    return conflict;
  }

  std::optional<std::size_t> claim_groups(const LeverSetting& setting, PlaceId place,
                                          std::size_t number) {
    std::optional<std::size_t> other;
    const std::size_t row = setting.lever * context_.place_names.size() + place.index();
    for (std::size_t g = 0; g < groups_; ++g) {
      if (std::isnan(setting.by_group[g])) continue;
      std::size_t& setter = setter_[row * groups_ + g];
      if (setter != kNobody && setter >= first_of_month_) other = setter;
      setter = number;
    }
    return other;
  }

  void note(const std::vector<ReadChange>& changes, std::size_t number, const Conflict& conflict) {
    const std::string what = std::string{kLeverRows[conflict.lever].name} + " of " +
                             std::string{context_.place_names[conflict.place.index()]};
    context_.problems.add(changes[number].where,
                          "the changes " + quote(changes[conflict.other].change.id) + " and " +
                              quote(changes[number].change.id) + " both set " + what + " in " +
                              to_text(changes[number].change.at),
                          "the order of changes in one month means nothing", "Join them");
  }

  ReaderContext& context_;
  std::size_t groups_;
  std::vector<std::size_t> setter_;
  std::size_t first_of_month_ = 0;
};

void read_count(const Tree& tree, const std::string& what, ObservedCount count,
                double rounded_below, ReaderContext& context) {
  const FieldRow row{"", FieldKind::kNumber, false, 0, kPeople, "person", "", "", {}};
  if (bare_value(tree, context.problems).is_null()) return;
  const auto number = read_number(tree, row, what, context.problems);
  if (!number) return;
  count.count = count.upper = *number;
  count.lower = *number == rounded_below && *number > 1.0 ? 1.0 : *number;
  context.scenario.observed.push_back(count);
}

void read_applications(const Tree& tree, double rounded_below, ReaderContext& context) {
  constexpr std::string_view kWhat = "applications";
  const Tree& map = bare_value(tree, context.problems);
  if (!check_map(map, kWhat, context.problems)) return;
  for (const Entry& entry : map.entries) {
    if (check_remark(entry, context.problems)) continue;
    const std::string what = joined(kWhat, entry.key);
    const auto place = read_place(make_scalar(entry.key, entry.where), what, context);
    const Tree& years = bare_value(entry.value, context.problems);
    if (!place || !check_map(years, what, context.problems)) continue;
    if (!context.scenario.places[place->index()].asylum) {
      context.problems.add(entry.where, what + " takes no asylum claims");
    }
    for (const Entry& year_entry : years.entries) {
      if (check_remark(year_entry, context.problems)) continue;
      const auto year = read_year(year_entry, what, context.problems);
      if (!year) continue;
      read_count(year_entry.value, joined(what, year_entry.key), {*year, *place, 0, 0, 0},
                 rounded_below, context);
    }
  }
}

}  // namespace

std::vector<PlaceId> read_where(const Tree& tree, const std::string& what, ReaderContext& context) {
  std::vector<PlaceId> where;
  const Tree& value = bare_value(tree, context.problems);
  if (!value.is_list()) {
    if (const auto place = read_place(value, what, context)) where.push_back(*place);
    return where;
  }
  if (value.items.empty())
    context.problems.add(value.where, what + " is empty", "at least one place");
  for (const Tree& item : value.items) {
    const auto place = read_place(item, what, context);
    if (!place) continue;
    if (std::find(where.begin(), where.end(), *place) != where.end()) {
      context.problems.add(item.where, what + " names " + quote(item.text) + " twice");
      continue;
    }
    where.push_back(*place);
  }
  std::sort(where.begin(), where.end());
  return where;
}

void read_policy(const Tree& tree, ReaderContext& context) {
  const Tree& list = bare_value(tree, context.problems);
  if (!check_list(list, "policy", context.problems)) return;
  if (list.items.size() > kMaxChanges) {
    context.problems.refuse(list.where,
                            "policy has " + std::to_string(list.items.size()) + " changes",
                            "at most " + std::to_string(kMaxChanges));
  }
  std::vector<ReadChange> changes;
  for (const Tree& item : list.items) {
    changes.push_back(read_change(item, changes.size() + 1, context));
  }
  check_ids(changes, context.problems);
  std::stable_sort(changes.begin(), changes.end(), [](const ReadChange& a, const ReadChange& b) {
    return std::tie(a.change.at, a.change.id) < std::tie(b.change.at, b.change.id);
  });
  ConflictFinder(context).find(changes);
  for (ReadChange& read : changes) context.scenario.policy.push_back(std::move(read.change));
}

void read_observed(const Tree& tree, const Mark& where, ReaderContext& context) {
  if (tree.is_null()) return;
  RecordHead head;
  const Tree& map = bare_value(tree, context.problems);
  read_fields(map, kObservedFields, "observed", where, head, context.problems);
  if (const Tree* applications = map.find("applications")) {
    read_applications(*applications, head.rounded_below, context);
  }
  read_validation(map, head.origin, context);
  std::sort(context.scenario.observed.begin(), context.scenario.observed.end(),
            [](const ObservedCount& a, const ObservedCount& b) {
              return std::tie(a.place, a.year) < std::tie(b.place, b.year);
            });
}

}  // namespace onward
