#include "run/tally.h"

#include "core/check.h"

namespace onward {

namespace {

/// One replicate being counted.
struct Counting {
  const WorldPair& worlds;
  const PairedRun& run;
  const CountLayout& layout;
  std::span<std::int32_t> row;

  std::size_t destination(PlaceId place) const { return worlds.base.destination_of[place.index()]; }
  int from() const { return worlds.parting.month.value_or(0); }
  bool is_target(PlaceId place) const { return worlds.parting.is_target[destination(place)]; }
};

/// One of the two worlds at the horizon.
struct OneSide {
  Side side;
  const State& state;
};

/// Position of a month's year, and whether the month is the last of it that the run has.
struct YearOf {
  std::size_t year;
  bool is_last;
};

YearOf year_of(const MeasureShape& shape, std::size_t month) {
  const YearMonth date = shape.start + static_cast<int>(month);
  const bool is_last = date.month() == 12 || static_cast<int>(month) + 1 == shape.months;
  return {.year = static_cast<std::size_t>(date.year() - shape.first_year()), .is_last = is_last};
}

/// Adds up a measured count by month, destination and more to years and destinations; `counts_cell`
/// says whether a cell of the last dimension counts, and in a month that is the year's last or not.
template <FixedName name, class Counts>
void count_yearly(const Counting& counting, const OneSide& one, Yearly which, Counts counts_cell) {
  constexpr std::size_t kRow = measure_index<name>();
  const auto counts = one.state.measures.counts(kRow);
  const MeasureShape& shape = one.state.measures.shape();
  const std::size_t last = shape.length(kMeasureRows[kRow].dimensions[3]);
  const std::size_t cells = shape.length(kMeasureRows[kRow].dimensions[2]) * last;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const YearOf at = year_of(shape, i / cells / counting.layout.destinations);
    if (!counts_cell(i % last, at.is_last)) continue;
    const std::size_t d = i / cells % counting.layout.destinations;
    counting.row[counting.layout.yearly(which, one.side, at.year, d)] += counts[i];
  }
}

void count_years(const Counting& counting, const OneSide& one) {
  const auto always = [](std::size_t, bool) { return true; };
  const auto at_end = [](std::size_t, bool is_last_month) { return is_last_month; };
  const auto if_protected = [](std::size_t outcome, bool) {
    return outcome <= static_cast<std::size_t>(Outcome::kOther);
  };
  count_yearly<"applications">(counting, one, Yearly::kClaims, always);
  count_yearly<"pending">(counting, one, Yearly::kPending, at_end);
  count_yearly<"decisions">(counting, one, Yearly::kDecided, always);
  count_yearly<"decisions">(counting, one, Yearly::kProtected, if_protected);
  const auto brokers = one.state.measures.counts(measure_index<"brokers_active">());
  for (std::size_t month = 0; month < brokers.size(); ++month) {
    const YearOf at = year_of(one.state.measures.shape(), month);
    if (at.is_last) counting.row[counting.layout.brokers(one.side, at.year)] = brokers[month];
  }
}

/// Moves from the parting on besides the `first` departures.
void count_later_moves(const Counting& counting, const OneSide& one, std::size_t first) {
  std::int32_t logged = 0;
  std::int32_t through = 0;
  for (const Departure& departure : one.state.departures) {
    if (departure.month < counting.from()) continue;
    ++logged;
    if (departure.ending != Ending::kStopped) ++through;
  }
  const auto counts = one.state.measures.counts(measure_index<"departures">());
  const auto months = static_cast<std::size_t>(one.state.measures.shape().months);
  const std::size_t begin = counts.size() / months * static_cast<std::size_t>(counting.from());
  std::int32_t all = 0;
  for (const std::int32_t count : counts.subspan(begin)) all += count;
  const bool is_base = one.side == Side::kBase;
  const Extra later = is_base ? Extra::kLaterInBase : Extra::kLaterInVariant;
  const Extra onward = is_base ? Extra::kOnwardInBase : Extra::kOnwardInVariant;
  counting.row[counting.layout.extra(later)] = through - static_cast<std::int32_t>(first);
  counting.row[counting.layout.extra(onward)] = all - logged;
}

void count_fates(const Counting& counting, Side side, const std::vector<FateOf>& fates) {
  const CountLayout& layout = counting.layout;
  for (const FateOf& fate : fates) {
    const std::size_t from = counting.destination(fate.place);
    const std::size_t cell =
        fate.fate == Fate::kElsewhere
            ? layout.elsewhere(side, from, counting.destination(fate.elsewhere))
            : layout.fate(side, from, fate.fate);
    ++counting.row[cell];
  }
}

/// The kinds that a person of the base belongs to.
std::vector<std::size_t> kinds_of(const Counting& counting, PersonId id) {
  const People& people = counting.run.base.people;
  const AtParting& then = counting.run.at_parting;
  const bool was_there = id.index() < then.is_indebted.size();
  std::vector<std::size_t> kinds{static_cast<std::size_t>(PeopleKind::kEveryone)};
  const auto add = [&kinds](bool belongs, PeopleKind kind) {
    if (belongs) kinds.push_back(static_cast<std::size_t>(kind));
  };
  add(people.has(id, Trait::kChildren), PeopleKind::kChildren);
  add(people.has(id, Trait::kKin), PeopleKind::kKin);
  add(was_there && then.is_indebted[id.index()], PeopleKind::kIndebted);
  add(then.knows_a_target[people.community_of(id).index()], PeopleKind::kWellConnected);
  kinds.push_back(static_cast<std::size_t>(PeopleKind::kGroup) + people.group_of(id).index());
  return kinds;
}

void count_people(const Counting& counting, const FateOf& fate) {
  for (const std::size_t kind : kinds_of(counting, fate.person)) {
    ++counting.row[counting.layout.of_people(kind, PeopleCount::kDepartures)];
    if (!is_blocked(fate.fate)) continue;
    ++counting.row[counting.layout.of_people(kind, PeopleCount::kBlocked)];
    ++counting.row[counting.layout.of_people(kind, response_of(fate.fate))];
  }
}

/// Enters a blocked departure in its own month, and what happens instead in its month.
void count_months(std::span<std::int32_t> months, const FateOf& fate) {
  const Response response = response_of(fate.fate);
  ++months[MonthTable::cell(Moment::kBlocked, fate.month, response)];
  if (response == Response::kReturn || response == Response::kDeterred) return;
  ++months[MonthTable::cell(Moment::kInstead, fate.month + fate.months, response)];
}

void count_targeted(const Counting& counting, const std::vector<FateOf>& fates,
                    const ReplicateCounts& counts) {
  const auto add = [&](bool belongs, Extra extra) {
    if (belongs) ++counting.row[counting.layout.extra(extra)];
  };
  for (const FateOf& fate : fates) {
    if (!counting.is_target(fate.place)) continue;
    count_people(counting, fate);
    if (is_blocked(fate.fate)) count_months(counts.months, fate);
    add(fate.fate == Fate::kElsewhere && fate.has_other_ending, Extra::kElsewhereOtherCategory);
    add(fate.fate == Fate::kCensored, Extra::kCensored);
    add(fate.was_stopped, Extra::kStopped);
    if (fate.fate == Fate::kEarlier || fate.fate == Fate::kDelayed) ++counts.delays[fate.months];
  }
}

bool is_back(const Counting& counting, const State& state, PersonId id) {
  return !counting.worlds.base.is_destination(state.people.place_of(id)) &&
         state.people.rows[id.index()].status != Status::kReturnedOrigin;
}

void count_back(const Counting& counting) {
  const PairedRun& run = counting.run;
  const auto counterparts = find_counterparts(run.base.people, run.variant.people);
  const auto add = [&](bool belongs, Extra extra) {
    if (belongs) ++counting.row[counting.layout.extra(extra)];
  };
  for (const PersonId id : run.at_parting.abroad) {
    const std::uint32_t other = counterparts[id.index()];
    if (other == kNobody) continue;
    add(true, Extra::kAbroad);
    add(is_back(counting, run.base, id), Extra::kBackInBase);
    add(other == kStayer || is_back(counting, run.variant, PersonId{other}), Extra::kBackInVariant);
  }
}

void count_placebo(const Counting& counting) {
  const auto add = [&](std::size_t column) { ++counting.row[column]; };
  for (const FateOf& fate : find_fates(counting.run.base, *counting.run.placebo, counting.from())) {
    if (fate.person == counting.run.disturbed) continue;
    add(counting.layout.extra(Extra::kPlaceboDepartures));
    if (is_blocked(fate.fate)) add(counting.layout.extra(Extra::kPlaceboChanged));
    if (!counting.is_target(fate.place)) continue;
    add(counting.layout.extra(Extra::kPlaceboTargeted));
    if (is_blocked(fate.fate)) add(counting.layout.placebo(response_of(fate.fate)));
  }
}

}  // namespace

bool is_blocked(Fate fate) { return fate != Fate::kUnchanged && fate != Fate::kAbsent; }

Response response_of(Fate fate) {
  switch (fate) {
    case Fate::kElsewhere:
      return Response::kSpatial;
    case Fate::kOtherCategory:
      return Response::kCategorical;
    case Fate::kEarlier:
    case Fate::kDelayed:
      return Response::kInterTemporal;
    case Fate::kReturned:
      return Response::kReturn;
    default:
      return Response::kDeterred;
  }
}

CountLayout count_layout(const World& world) {
  return {.years = measure_shape(world.scenario).length(Dimension::kYear),
          .destinations = world.destinations.size(),
          .people = kPeopleKindNames.size() + world.group_count()};
}

bool tables_close(const CountLayout& layout, std::span<const std::int32_t> row) {
  const auto base = [&](std::size_t d, Fate fate) {
    return row[layout.fate(Side::kBase, d, fate)];
  };
  const auto variant = [&](std::size_t d, Fate fate) {
    return row[layout.fate(Side::kVariant, d, fate)];
  };
  for (std::size_t d = 0; d < layout.destinations; ++d) {
    if (base(d, Fate::kUnchanged) != variant(d, Fate::kUnchanged) ||
        base(d, Fate::kEarlier) != variant(d, Fate::kDelayed) ||
        base(d, Fate::kDelayed) != variant(d, Fate::kEarlier) ||
        base(d, Fate::kOtherCategory) != variant(d, Fate::kOtherCategory))
      return false;
    for (std::size_t e = 0; e < layout.destinations; ++e) {
      if (row[layout.elsewhere(Side::kBase, d, e)] != row[layout.elsewhere(Side::kVariant, e, d)])
        return false;
    }
  }
  return true;
}

void tally(const WorldPair& worlds, const PairedRun& run, const ReplicateCounts& counts) {
  const Counting counting{.worlds = worlds, .run = run, .layout = counts.layout, .row = counts.row};
  const OneSide base{.side = Side::kBase, .state = run.base};
  const OneSide variant{.side = Side::kVariant, .state = run.variant};
  const std::vector<FateOf> forward = find_fates(run.base, run.variant, counting.from());
  const std::vector<FateOf> reverse = find_fates(run.variant, run.base, counting.from());
  count_years(counting, base);
  count_years(counting, variant);
  count_fates(counting, Side::kBase, forward);
  count_fates(counting, Side::kVariant, reverse);
  count_later_moves(counting, base, forward.size());
  count_later_moves(counting, variant, reverse.size());
  count_targeted(counting, forward, counts);
  count_back(counting);
  if (run.placebo) count_placebo(counting);
  ENSURE(tables_close(counts.layout, counts.row));
}

}  // namespace onward
