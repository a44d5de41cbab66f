#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <iterator>
#include <limits>
#include <sstream>
#include <string>

#include "catch.h"
#include "engine/step.h"
#include "model/world.h"
#include "support/small_world.h"

/// Every lever, one at a time and in both directions, on shared draws: what it moves first, and
/// what it cannot touch.
using namespace onward;
using namespace onward::small;

namespace {

constexpr GroupId kTouched{0};
constexpr GroupId kUntouched{1};
constexpr int kChange = 12;  // month of the run in which the lever moves
constexpr int kMonths = 36;
constexpr std::uint32_t kReplicates = 12;

using Series = double (*)(Measures&, std::size_t month);

template <FixedName name>
double whole(Measures& measures, std::size_t month) {
  const std::size_t row = measure_index<name>();
  const std::span<const std::int32_t> counts = measures.counts(row);
  const std::size_t stride = counts.size() / kMonths;
  double sum = 0.0;
  for (std::size_t i = 0; i < stride; ++i) sum += counts[month * stride + i];
  return sum;
}

template <FixedName name>
double of_group(Measures& measures, std::size_t month) {
  return measures.count<name>(month, kTouched.index());
}

template <FixedName name>
double at_alpha(Measures& measures, std::size_t month) {
  return measures.count<name>(month, 0, kTouched.index());
}

template <Outcome outcome>
double decided(Measures& measures, std::size_t month) {
  return measures.count<"decisions">(month, 0, kTouched.index(), static_cast<std::size_t>(outcome));
}

double protected_cases(Measures& measures, std::size_t month) {
  return decided<Outcome::kRecognised>(measures, month) + decided<Outcome::kOther>(measures, month);
}

/// One lever: where it moves from its value in the world, and the sign of what it does first.
struct Row {
  std::string_view lever;
  PlaceId place;
  double low, middle, high;
  std::string_view moves;  ///< in words
  Series series;
  int sign;
};

// clang-format off
const Row kRows[] = {
    {"visa_free", kAlpha, 0.2, 0.5, 0.9, "people stopped on the journey", whole<"intercepted">, -1},
    {"interception", kAlpha, 0.02, 0.15, 0.4, "people stopped on the journey", whole<"intercepted">, 1},
    {"resettlement", kAlpha, 0.2, 1.0, 3.0, "people taken in without a claim", at_alpha<"resettlements">, 1},
    {"recognition", kAlpha, 0.2, 0.5, 0.8, "recognitions", decided<Outcome::kRecognised>, 1},
    {"recognition_record", kAlpha, 0.0, 0.3, 0.8, "recognitions", decided<Outcome::kRecognised>, 1},
    {"other_protection", kAlpha, 0.0, 0.2, 0.6, "other protection", decided<Outcome::kOther>, 1},
    {"detection", kAlpha, 0.1, 0.4, 0.8, "records found", at_alpha<"records_found">, 1},
    {"language_analysis", kAlpha, 0.0, 0.4, 1.0, "cases protected", protected_cases, -1},
    {"presumed_citizenship", kAlpha, 0.0, 0.4, 1.0, "cases protected", protected_cases, -1},
    {"safe_country", kAlpha, 0.0, 0.4, 1.0, "cases protected", protected_cases, -1},
    {"accelerated", kAlpha, 0.0, 0.3, 0.9, "cases pending", at_alpha<"pending">, -1},
    {"time_limit", kAlpha, 1.0, 6.0, 100.0, "cases pending", at_alpha<"pending">, 1},
    {"closure", kAlpha, 0.0, 0.2, 0.6, "cases closed", decided<Outcome::kClosed>, 1},
    {"capacity", kAlpha, 2.0, 6.0, 50.0, "cases pending", at_alpha<"pending">, -1},
    {"evidence_months", kAlpha, 1.0, 4.0, 10.0, "cases pending", at_alpha<"pending">, 1},
    {"appeal_right", kAlpha, 0.1, 0.5, 1.0, "appeals won", at_alpha<"appeals_won">, 1},
    {"appeal", kAlpha, 0.05, 0.3, 0.8, "appeals won", at_alpha<"appeals_won">, 1},
    {"work_right", kAlpha, 0.0, 0.5, 1.0, "departures", at_alpha<"departures">, 1},
    {"benefit", kAlpha, 0.0, 2.0, 6.0, "departures", at_alpha<"departures">, 1},
    {"detention", kAlpha, 0.0, 0.3, 1.0, "removals", whole<"removals">, 1},
    {"family_reunion", kAlpha, 0.1, 0.5, 0.9, "relatives who join", whole<"reunions">, 1},
    {"removal", kAlpha, 0.0, 0.02, 0.2, "removals", whole<"removals">, 1},
    {"readmission", kAlpha, 0.0, 0.5, 1.0, "removals", whole<"removals">, 1},
    {"enforcement", kAlpha, 0.0, 0.02, 0.3, "brokers arrested", whole<"broker_arrests">, 1},
    {"settlement_grant", kHome, 0.0, 10.0, 30.0, "considerations", of_group<"considerations">, -1},
    {"job_incentive", kHome, 0.0, 10.0, 40.0, "considerations", of_group<"considerations">, -1},
    {"unemployment", kHome, 0.0, 0.3, 0.9, "considerations", of_group<"considerations">, 1},
    {"wage_gap", kHome, 0.0, 0.3, 0.8, "considerations", of_group<"considerations">, 1},
    {"housing_dispersal", kHome, 0.0, 0.4, 1.0, "considerations", of_group<"considerations">, -1},
    {"nationality_refused", kHome, 0.0, 0.3, 0.9, "records found", at_alpha<"records_found">, -1},
    {"passport_limit", kHome, 0.0, 4.0, 24.0, "considerations", of_group<"considerations">, -1},
    {"refoulement", kHome, 0.0, 0.01, 0.05, "people sent back", of_group<"refoulements">, 1},
    {"discrimination", kHome, 0.0, 0.3, 0.9, "considerations", of_group<"considerations">, 1},
};
// clang-format on

std::size_t lever_of(const Row& row) {
  for (std::size_t i = 0; i < kLeverRows.size(); ++i) {
    if (kLeverRows[i].name == row.lever) return i;
  }
  FAIL("no lever " << row.lever);
  return 0;
}

Group people(const char* name) {
  Group group;
  group.name = name;
  group.home = kHome;
  group.arrivals = {{2000, 240}, {2001, 240}, {2002, 480}, {2003, 480}};
  group.ages = {{.from = 20, .to = 39, .share = 1.0, .children = 0.5, .tertiary = 0.1}};
  group.kin = 0.5;
  group.record = 0.6;
  group.genuine = 0.7;
  group.savings = 3.0;
  return group;
}

Parameters lively() {
  Parameters p;
  p.set<"attention.restless_share">(1.0);
  p.set<"attention.base">(0.02);
  p.set<"attention.recruiting">(0.05);
  p.set<"life.dispersed_contact">(0.0);
  p.set<"push.dispersed">(0.0);
  p.set<"broker.coaching">(0.0);  // stories that wear out tie the groups together
  p.set<"choice.benefit">(0.3);
  p.set<"choice.work_right">(1.0);
  p.set<"choice.detention">(1.0);
  p.set<"commitment.preparation">(0.5);
  p.set<"procedure.give_up">(0.05);
  p.set<"procedure.appeal_months">(2.0);
  p.set<"procedure.language_power">(1.0);
  p.set<"procedure.after_refusal_stay">(5.0);
  return p;
}

/// A world in which every lever stands in the middle and has somebody to act upon. All channels
/// between people are held, so that only the lever's own effect is left.
Scenario world_of_levers() {
  Scenario s = scenario();
  s.parameters = lively();
  s.groups = {people("touched"), people("untouched")};
  s.interaction = {ChannelMode::kHeld, ChannelMode::kHeld, ChannelMode::kHeld, ChannelMode::kHeld,
                   ChannelMode::kHeld};
  s.brokers = {.slots = 6,
               .reach = 0.5,
               .capacity = 5.0,
               .fee = 1.0,
               .credit = 4.0,
               .exaggeration = 0.3,
               .products = {{kAlpha, Story::kConceal, 0.9}}};
  for (Place& place : s.places) place.levers.assign(2, LeverValues{});
  for (const Row& row : kRows) {
    // Levers that reach over groups stand where they bind nobody, but for their own test.
    const bool shared = !kLeverRows[lever_of(row)].by_group;
    const double value = shared ? kLeverRows[lever_of(row)].standard : row.middle;
    for (LeverValues& levers : s.places[row.place.index()].levers)
      levers.values[lever_of(row)] = value;
  }
  return s;
}

/// The world in which the lever is at `value` from the month of the change on.
Scenario moved(const Row& row, double value) {
  Scenario s = world_of_levers();
  const LeverRow& lever = kLeverRows[lever_of(row)];
  PolicyChange change;
  change.id = "move";
  change.at = s.start + kChange;
  change.where = {row.place};
  change.set = {{.lever = lever_of(row), .by_group = {value, value}}};
  if (lever.by_group) change.set[0].by_group[1] = std::numeric_limits<double>::quiet_NaN();
  if (!lever.by_group) {
    for (LeverValues& levers : s.places[row.place.index()].levers)
      levers.values[lever_of(row)] = row.middle;
  }
  if (row.lever == "enforcement") s.interaction.brokers = ChannelMode::kOn;
  s.policy = {change};
  return s;
}

State run(const World& world, std::uint32_t replicate) {
  ThreadTeam team(1);
  Simulation simulation = begin(world, run_key(11, replicate));
  for (int month = 0; month < kMonths; ++month) step(simulation, month, team);
  return std::move(simulation.state);
}

double after_change(State& state, Series series) {
  double sum = 0.0;
  for (std::size_t month = kChange; month < kMonths; ++month) sum += series(state.measures, month);
  return sum;
}

/// Whether all series are the same in every month before the change.
bool same_before_change(const Measures& a, const Measures& b) {
  const auto same = [](auto x, auto y) {
    const std::size_t before = x.size() / kMonths * kChange;
    return std::equal(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(before), y.begin());
  };
  for (std::size_t row = 0; row < kMeasureRows.size(); ++row) {
    if (kMeasureRows[row].dimensions[0] != Dimension::kMonth) continue;
    if (!same(a.counts(row), b.counts(row)) || !same(a.values(row), b.values(row))) return false;
  }
  return true;
}

/// Whether the people of the untouched group ended in the same place, status and debt.
bool same_people(const State& a, const State& b) {
  if (a.people.size() != b.people.size()) return false;
  for (std::size_t i = 0; i < a.people.size(); ++i) {
    if (a.people.group_of(PersonId{i}) != kUntouched) continue;
    if (a.people.rows[i].place != b.people.rows[i].place ||
        a.people.rows[i].status != b.people.rows[i].status ||
        a.people.rows[i].debt != b.people.rows[i].debt ||
        a.people.rows[i].attempts != b.people.rows[i].attempts)
      return false;
  }
  return true;
}

/// Mean and standard error of paired differences.
struct Effect {
  double sum = 0.0, squares = 0.0;
  void add(double difference) {
    sum += difference;
    squares += difference * difference;
  }
  double mean() const { return sum / kReplicates; }
  double error() const {
    const double variance = (squares - sum * mean()) / (kReplicates - 1);
    return std::sqrt(std::max(variance, 0.0) / kReplicates);
  }
};

struct Found {
  Effect down, up;
  bool before = true, others = true;
};

Found move_both_ways(const Row& row) {
  const World base(moved(row, row.middle)), low(moved(row, row.low)), high(moved(row, row.high));
  Found found;
  for (std::uint32_t replicate = 0; replicate < kReplicates; ++replicate) {
    State at_base = run(base, replicate);
    const auto compare = [&](const World& world, Effect& effect) {
      State other = run(world, replicate);
      effect.add(after_change(other, row.series) - after_change(at_base, row.series));
      found.before = found.before && same_before_change(at_base.measures, other.measures);
      found.others = found.others && same_people(at_base, other);
    };
    compare(low, found.down);
    compare(high, found.up);
  }
  return found;
}

std::string signed_interval(const Effect& effect) {
  std::ostringstream text;
  text << std::showpos << std::fixed << std::setprecision(1) << effect.mean() << " ± "
       << std::noshowpos << 1.645 * effect.error();
  return text.str();
}

std::string head_of(const Row& row) {
  const char* place = row.place == kHome ? "place of settlement" : "destination";
  return "| `" + std::string(row.lever) + "` | " + place + " | " + std::string(row.moves) + " | " +
         (row.sign > 0 ? "+" : "-") + " |";
}

std::string line_of(const Row& row, const Found& found) {
  std::ostringstream text;
  text << head_of(row) << ' ' << row.low << ", " << row.middle << ", " << row.high << " | "
       << signed_interval(found.down) << " | " << signed_interval(found.up) << " |\n";
  return text.str();
}

}  // namespace

TEST_CASE("every lever is in the table of effects, once") {
  for (const LeverRow& lever : kLeverRows) {
    CAPTURE(lever.name);
    const auto named = [&](const Row& row) { return row.lever == lever.name; };
    CHECK(std::count_if(std::begin(kRows), std::end(kRows), named) == 1);
  }
}

TEST_CASE("every lever moves what it should, both ways, and nothing that it cannot touch") {
  std::string table;
  for (const Row& row : kRows) {
    CAPTURE(row.lever, row.moves);
    const Found found = move_both_ways(row);
    CAPTURE(signed_interval(found.down), signed_interval(found.up));
    CHECK(row.sign * found.down.mean() < -3.0 * found.down.error());
    CHECK(row.sign * found.up.mean() > 3.0 * found.up.error());
    CHECK(found.before);
    if (kLeverRows[lever_of(row)].by_group) CHECK(found.others);
    table += line_of(row, found);
  }
  // To renew docs/levers.md, name a file in ONWARD_LEVER_TABLE and copy its lines.
  if (const char* path = std::getenv("ONWARD_LEVER_TABLE")) std::ofstream(path) << table;
}

TEST_CASE("the page on levers says of each lever what the table of effects says") {
  std::ifstream file(std::string(ONWARD_SOURCE_DIR) + "/docs/levers.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  for (const Row& row : kRows) {
    CAPTURE(row.lever);
    CHECK(page.find(head_of(row)) != std::string::npos);
  }
}
