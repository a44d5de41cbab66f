#include "run/tally.h"

#include <set>

#include "catch.h"
#include "support/paired_worlds.h"

using namespace onward;
using namespace onward::pairs;

namespace {

/// One replicate of east closing, counted.
struct Counted {
  Counted()
      : base(open_world()),
        variant(closing_world()),
        parting(find_parting(base, variant)),
        run(*run_pair({base, variant, parting}, run_key(5, 0), {.placebo = true}, team)),
        counts(count_layout(base), 1),
        months(base.scenario.months(), 1) {
    tally({base, variant, parting}, run, {counts.layout(), counts.row(0), months.row(0), delays});
  }
  std::int32_t at(std::size_t column) { return counts.row(0)[column]; }

  ThreadTeam team{1};
  World base, variant;
  Parting parting;
  PairedRun run;
  CountTable counts;
  MonthTable months;
  DelayCounts delays;
};

/// People who got through to a destination on their first departure, from the log alone.
std::int64_t first_departures(const World& world, const State& state, std::size_t destination) {
  std::set<std::uint32_t> seen;
  std::int64_t count = 0;
  for (const Departure& departure : state.departures) {
    if (departure.month < kClosingMonth || departure.ending == Ending::kStopped) continue;
    if (!seen.insert(departure.person.value).second) continue;
    if (world.destination_of[departure.place.index()] == destination) ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("Every column of a layout has a place of its own") {
  const CountLayout layout{.years = 3, .destinations = 2, .people = 6};
  std::vector<std::size_t> columns;
  for (const Side side : {Side::kBase, Side::kVariant}) {
    for (std::size_t y = 0; y < 3; ++y) columns.push_back(layout.brokers(side, y));
    for (std::size_t d = 0; d < 2; ++d) {
      for (std::size_t y = 0; y < 3; ++y) {
        for (std::size_t series = 0; series < kYearlies; ++series)
          columns.push_back(layout.yearly(static_cast<Yearly>(series), side, y, d));
      }
      for (std::size_t f = 0; f < static_cast<std::size_t>(Fate::kElsewhere); ++f)
        columns.push_back(layout.fate(side, d, static_cast<Fate>(f)));
      for (std::size_t e = 0; e < 2; ++e) columns.push_back(layout.elsewhere(side, d, e));
    }
  }
  for (std::size_t kind = 0; kind < 6; ++kind) {
    columns.push_back(layout.of_people(kind, PeopleCount::kDepartures));
    columns.push_back(layout.of_people(kind, PeopleCount::kBlocked));
    for (std::size_t r = 0; r < kResponseNames.size(); ++r)
      columns.push_back(layout.of_people(kind, static_cast<Response>(r)));
  }
  for (int extra = 0; extra <= static_cast<int>(Extra::kPlaceboTargeted); ++extra)
    columns.push_back(layout.extra(static_cast<Extra>(extra)));
  for (std::size_t r = 0; r < kResponseNames.size(); ++r)
    columns.push_back(layout.placebo(static_cast<Response>(r)));
  const std::set<std::size_t> distinct(columns.begin(), columns.end());
  CHECK(distinct.size() == columns.size());
  CHECK(columns.size() == layout.columns());
  CHECK(*distinct.rbegin() == layout.columns() - 1);
}

TEST_CASE("Forward and reverse tables sum to the departures of the two worlds") {
  Counted counted;
  CHECK(tables_close(counted.counts.layout(), counted.counts.row(0)));
  for (std::size_t d = 0; d < counted.base.destinations.size(); ++d) {
    CAPTURE(d);
    CHECK(departures(counted.counts, 0, Side::kBase, d) ==
          first_departures(counted.base, counted.run.base, d));
    CHECK(departures(counted.counts, 0, Side::kVariant, d) ==
          first_departures(counted.variant, counted.run.variant, d));
  }
  CHECK(departures(counted.counts, 0, Side::kBase, kEast) > 100);
}

TEST_CASE("A table in which a cell is wrong does not close") {
  Counted counted;
  const CountLayout& layout = counted.counts.layout();
  ++counted.counts.row(0)[layout.elsewhere(Side::kBase, 0, 1)];
  CHECK_FALSE(tables_close(layout, counted.counts.row(0)));
}

TEST_CASE("The responses of the blocked sum to the blocked, for every kind of people") {
  Counted counted;
  const CountLayout& layout = counted.counts.layout();
  for (std::size_t kind = 0; kind < layout.people; ++kind) {
    CAPTURE(kind);
    std::int32_t sum = 0;
    for (std::size_t r = 0; r < kResponseNames.size(); ++r)
      sum += counted.at(layout.of_people(kind, static_cast<Response>(r)));
    CHECK(sum == counted.at(layout.of_people(kind, PeopleCount::kBlocked)));
    CHECK(sum <= counted.at(layout.of_people(kind, PeopleCount::kDepartures)));
  }
  CHECK(counted.at(layout.of_people(0, PeopleCount::kBlocked)) > 100);
  CHECK(counted.at(layout.of_people(0, PeopleCount::kDepartures)) ==
        departures(counted.counts, 0, Side::kBase, kEast));
}

TEST_CASE("Claimant groups are a partition of everyone; other kinds are parts") {
  Counted counted;
  const CountLayout& layout = counted.counts.layout();
  const auto of = [&](PeopleKind kind, std::size_t group = 0) {
    return counted.at(
        layout.of_people(static_cast<std::size_t>(kind) + group, PeopleCount::kDepartures));
  };
  CHECK(of(PeopleKind::kGroup, 0) + of(PeopleKind::kGroup, 1) == of(PeopleKind::kEveryone));
  for (const PeopleKind kind : {PeopleKind::kChildren, PeopleKind::kKin, PeopleKind::kIndebted,
                                PeopleKind::kWellConnected}) {
    CAPTURE(static_cast<int>(kind));
    CHECK(of(kind) > 0);
    CHECK(of(kind) < of(PeopleKind::kEveryone));
  }
}

TEST_CASE("Claims, delays and returns agree with the two runs") {
  Counted counted;
  const CountLayout& layout = counted.counts.layout();
  std::int64_t claims = 0;
  for (std::size_t y = 0; y < layout.years; ++y) {
    for (std::size_t d = 0; d < layout.destinations; ++d)
      claims += counted.at(layout.claims(Side::kVariant, y, d));
  }
  std::int64_t expected = 0;
  for (const auto count : counted.run.variant.measures.counts(measure_index<"applications">()))
    expected += count;
  CHECK(claims == expected);

  std::int64_t shifted = 0;
  for (const auto& [months, count] : counted.delays) {
    CHECK(months != 0);
    shifted += count;
  }
  CHECK(shifted == counted.at(layout.fate(Side::kBase, kEast, Fate::kEarlier)) +
                       counted.at(layout.fate(Side::kBase, kEast, Fate::kDelayed)));
  CHECK(counted.at(layout.extra(Extra::kAbroad)) ==
        static_cast<std::int32_t>(counted.run.at_parting.abroad.size()));
  CHECK(counted.at(layout.extra(Extra::kBackInBase)) <= counted.at(layout.extra(Extra::kAbroad)));
}

TEST_CASE("First and later departures, stopped ones and onward moves are all that depart") {
  Counted counted;
  const CountLayout& layout = counted.counts.layout();
  std::int64_t all = 0;
  auto& measures = counted.run.variant.measures;
  for (std::size_t month = kClosingMonth; month < 72; ++month) {
    for (std::size_t d = 0; d < layout.destinations; ++d) {
      for (std::size_t g = 0; g < 2; ++g) all += measures.count<"departures">(month, d, g);
    }
  }
  std::int64_t stopped = 0;
  for (const Departure& departure : counted.run.variant.departures)
    stopped += departure.month >= kClosingMonth && departure.ending == Ending::kStopped;
  std::int64_t first = 0;
  for (std::size_t d = 0; d < layout.destinations; ++d)
    first += departures(counted.counts, 0, Side::kVariant, d);
  CHECK(first + stopped + counted.at(layout.extra(Extra::kLaterInVariant)) +
            counted.at(layout.extra(Extra::kOnwardInVariant)) ==
        all);
  CHECK(counted.at(layout.extra(Extra::kOnwardInVariant)) > 0);
}

TEST_CASE("Pending cases and brokers are those of the year's last month, decisions of all months") {
  Counted counted;
  const CountLayout& layout = counted.counts.layout();
  auto& measures = counted.run.base.measures;
  for (std::size_t y = 0; y < layout.years; ++y) {
    const std::size_t december = 12 * y + 11;
    CHECK(counted.at(layout.brokers(Side::kBase, y)) == measures.count<"brokers_active">(december));
    for (std::size_t d = 0; d < layout.destinations; ++d) {
      CHECK(counted.at(layout.yearly(Yearly::kPending, Side::kBase, y, d)) ==
            measures.count<"pending">(december, d, 0) + measures.count<"pending">(december, d, 1));
      std::int32_t decided = 0;
      std::int32_t good = 0;
      for (std::size_t month = 12 * y; month <= december; ++month) {
        for (std::size_t g = 0; g < 2; ++g) {
          for (std::size_t o = 0; o < 4; ++o) {
            decided += measures.count<"decisions">(month, d, g, o);
            if (o < 2) good += measures.count<"decisions">(month, d, g, o);
          }
        }
      }
      CHECK(counted.at(layout.yearly(Yearly::kDecided, Side::kBase, y, d)) == decided);
      CHECK(counted.at(layout.yearly(Yearly::kProtected, Side::kBase, y, d)) == good);
    }
  }
}

TEST_CASE("What a fate counts as") {
  CHECK(response_of(Fate::kElsewhere) == Response::kSpatial);
  CHECK(response_of(Fate::kOtherCategory) == Response::kCategorical);
  CHECK(response_of(Fate::kEarlier) == Response::kInterTemporal);
  CHECK(response_of(Fate::kDelayed) == Response::kInterTemporal);
  CHECK(response_of(Fate::kReturned) == Response::kReturn);
  CHECK(response_of(Fate::kStayed) == Response::kDeterred);
  CHECK(response_of(Fate::kCensored) == Response::kDeterred);
}
