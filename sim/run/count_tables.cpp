#include "run/count_tables.h"

#include <functional>

namespace onward {

namespace {

using Row = std::span<const std::int32_t>;
using Values = std::vector<std::int32_t>;
using Names = std::vector<std::string>;

constexpr std::array kSides{Side::kBase, Side::kVariant};

/// Makes tables whose first axis is the replicate; `append` adds the values of one.
struct Maker {
  const CountTable& counts;
  const CountLayout& layout;
  std::vector<DataTable> tables;

  void add(const std::string& name, Names axes, const std::string& unit, const std::string& meaning,
           const std::function<void(Row, Values&)>& append) {
    axes.insert(axes.begin(), "replicate");
    Values values;
    for (std::size_t r = 0; r < counts.rows(); ++r) append(counts.row(r), values);
    tables.push_back({name, std::move(axes), unit, meaning, std::move(values)});
  }
};

struct YearlyName {
  Yearly which;
  const char* name;
  const char* unit;
  const char* meaning;
};
constexpr auto kYearlyNames = std::to_array<YearlyName>({
    {Yearly::kClaims, "claims", "person", "claims as nationals of the country of origin"},
    {Yearly::kPending, "pending", "case", "cases waiting for a first decision at the year's end"},
    {Yearly::kDecided, "decided", "case", "decisions at first instance"},
    {Yearly::kProtected, "protected", "case", "decisions at first instance that give protection"},
});
static_assert(kYearlyNames.size() == kYearlies);

void add_yearly(Maker& maker, const YearlyName& series) {
  const CountLayout& layout = maker.layout;
  const auto each_cell = [&layout](const std::function<void(std::size_t, std::size_t)>& visit) {
    for (std::size_t y = 0; y < layout.years; ++y) {
      for (std::size_t d = 0; d < layout.destinations; ++d) visit(y, d);
    }
  };
  maker.add(series.name, {"world", "year", "destination"}, series.unit, series.meaning,
            [&](Row row, Values& values) {
              for (const Side side : kSides)
                each_cell([&](std::size_t y, std::size_t d) {
                  values.push_back(row[layout.yearly(series.which, side, y, d)]);
                });
            });
  const std::string meaning = std::string(series.meaning) + ", variant less base";
  maker.add(std::string(series.name) + "_difference", {"year", "destination"}, series.unit, meaning,
            [&](Row row, Values& values) {
              each_cell([&](std::size_t y, std::size_t d) {
                values.push_back(row[layout.yearly(series.which, Side::kVariant, y, d)] -
                                 row[layout.yearly(series.which, Side::kBase, y, d)]);
              });
            });
}

void add_brokers(Maker& maker) {
  maker.add("brokers", {"world", "year"}, "broker", "brokers at work at the end of the year",
            [&](Row row, Values& values) {
              for (const Side side : kSides) {
                for (std::size_t y = 0; y < maker.layout.years; ++y)
                  values.push_back(row[maker.layout.brokers(side, y)]);
              }
            });
}

/// Forward and reverse tables, with all who go elsewhere in one cell, and apart by destination.
void add_fates(Maker& maker) {
  const CountLayout& layout = maker.layout;
  const auto each_departure = [&layout](const std::function<void(Side, std::size_t)>& visit) {
    for (const Side side : kSides) {
      for (std::size_t d = 0; d < layout.destinations; ++d) visit(side, d);
    }
  };
  maker.add("fates", {"world", "destination", "fate"}, "person",
            "first departures of a world by destination and what the person does in the other",
            [&](Row row, Values& values) {
              each_departure([&](Side side, std::size_t d) {
                for (std::size_t f = 0; f < static_cast<std::size_t>(Fate::kElsewhere); ++f)
                  values.push_back(row[layout.fate(side, d, static_cast<Fate>(f))]);
                std::int32_t elsewhere = 0;
                for (std::size_t to = 0; to < layout.destinations; ++to)
                  elsewhere += row[layout.elsewhere(side, d, to)];
                values.push_back(elsewhere);
              });
            });
  maker.add("elsewhere", {"world", "destination", "to"}, "person",
            "those who go elsewhere in the other world, by where they go",
            [&](Row row, Values& values) {
              each_departure([&](Side side, std::size_t d) {
                for (std::size_t to = 0; to < layout.destinations; ++to)
                  values.push_back(row[layout.elsewhere(side, d, to)]);
              });
            });
}

void add_people(Maker& maker) {
  const CountLayout& layout = maker.layout;
  const auto add = [&](const char* name, const char* meaning, PeopleCount count) {
    maker.add(name, {"people"}, "person", meaning, [&](Row row, Values& values) {
      for (std::size_t kind = 0; kind < layout.people; ++kind)
        values.push_back(row[layout.of_people(kind, count)]);
    });
  };
  add("targeted", "first departures to targets in the base", PeopleCount::kDepartures);
  add("blocked", "those that do not happen unchanged in the variant", PeopleCount::kBlocked);
  maker.add("responses", {"people", "response"}, "person", "the blocked by what they do instead",
            [&](Row row, Values& values) {
              for (std::size_t kind = 0; kind < layout.people; ++kind) {
                for (std::size_t i = 0; i < kResponseNames.size(); ++i)
                  values.push_back(row[layout.of_people(kind, static_cast<Response>(i))]);
              }
            });
}

struct ExtraName {
  const char* name;
  std::array<Extra, 2> counts;
  bool is_of_both;  ///< one count for each world, else the first alone
  const char* meaning;
};
constexpr auto kExtraNames = std::to_array<ExtraName>({
    {"elsewhere_other_category",
     {Extra::kElsewhereOtherCategory},
     false,
     "blocked people who go elsewhere, in another category"},
    {"censored",
     {Extra::kCensored},
     false,
     "blocked people who are preparing a departure when the run ends"},
    {"stopped",
     {Extra::kStopped},
     false,
     "blocked people who try in the variant, but never get through"},
    {"abroad", {Extra::kAbroad}, false, "people abroad when the worlds part"},
    {"back",
     {Extra::kBackInBase, Extra::kBackInVariant},
     true,
     "those of them who are back at the end"},
    {"later_departures",
     {Extra::kLaterInBase, Extra::kLaterInVariant},
     true,
     "departures after a person's first, not stopped, from the parting on"},
    {"onward_moves",
     {Extra::kOnwardInBase, Extra::kOnwardInVariant},
     true,
     "onward moves after a refusal from the parting on"},
    {"placebo_departures",
     {Extra::kPlaceboDepartures},
     false,
     "first departures of the base, in replicates with a placebo"},
    {"placebo_changed", {Extra::kPlaceboChanged}, false, "those that the placebo changes"},
    {"placebo_targeted", {Extra::kPlaceboTargeted}, false, "those to targets"},
});

void add_extras(Maker& maker) {
  for (const ExtraName& extra : kExtraNames) {
    const Names axes = extra.is_of_both ? Names{"world"} : Names{};
    maker.add(extra.name, axes, "person", extra.meaning, [&](Row row, Values& values) {
      values.push_back(row[maker.layout.extra(extra.counts[0])]);
      if (extra.is_of_both) values.push_back(row[maker.layout.extra(extra.counts[1])]);
    });
  }
  maker.add("placebo_responses", {"response"}, "person",
            "departures to targets that the placebo changes, by response",
            [&](Row row, Values& values) {
              for (std::size_t i = 0; i < kResponseNames.size(); ++i)
                values.push_back(row[maker.layout.placebo(static_cast<Response>(i))]);
            });
}

}  // namespace

std::vector<DataTable> count_tables(const CountTable& counts) {
  Maker maker{.counts = counts, .layout = counts.layout(), .tables = {}};
  for (const YearlyName& series : kYearlyNames) add_yearly(maker, series);
  add_brokers(maker);
  add_fates(maker);
  add_people(maker);
  add_extras(maker);
  return std::move(maker.tables);
}

std::vector<DataTable> month_tables(const MonthTable& table, int months, std::size_t replicates) {
  const auto make = [&](const char* name, const char* meaning, Moment moment) {
    Values values;
    for (std::size_t r = 0; r < replicates; ++r) {
      for (int month = 0; month < months; ++month) {
        for (std::size_t i = 0; i < kResponseNames.size(); ++i)
          values.push_back(table.row(r)[MonthTable::cell(moment, month, static_cast<Response>(i))]);
      }
    }
    return DataTable{name, {"replicate", "month", "response"}, "person", meaning, values};
  };
  return {make("blocked_by_month", "blocked people by month of their departure in the base",
               Moment::kBlocked),
          make("instead_by_month", "the same people by month of their departure in the variant",
               Moment::kInstead)};
}

}  // namespace onward
