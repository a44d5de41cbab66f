#include "model/procedure.h"

#include <cmath>

#include "catch.h"
#include "model/journey.h"
#include "support/small_world.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

namespace {

constexpr std::size_t kRecognised = static_cast<std::size_t>(Outcome::kRecognised);
constexpr std::size_t kOther = static_cast<std::size_t>(Outcome::kOther);
constexpr std::size_t kRejected = static_cast<std::size_t>(Outcome::kRejected);
constexpr std::size_t kClosed = static_cast<std::size_t>(Outcome::kClosed);

Move move_of(std::size_t person, PlaceId place = kAlpha) {
  return {.person = PersonId{person}, .place = place};
}

/// A world of `people` in which the refused stay where they are.
Scenario court(std::size_t people) {
  Scenario s = scenario(static_cast<int>(people));
  s.parameters.set<"procedure.after_refusal_stay">(50.0);
  return s;
}

/// Gives everyone these traits and no others.
void set_traits(State& state, std::initializer_list<Trait> traits) {
  std::uint16_t all = 0;
  for (const Trait trait : traits)
    all = static_cast<std::uint16_t>(all | static_cast<std::uint16_t>(trait));
  std::fill(state.people.traits.begin(), state.people.traits.end(), all);
}

/// Files a ready case of each of the first `n` people, in their order.
void file_ready_cases(State& state, std::size_t n, const Move& like = move_of(0)) {
  for (std::size_t i = 0; i < n; ++i) {
    Move move = like;
    move.person = PersonId{i};
    set_standing(state, move.person, move.place, Status::kPending);
    state.pending.push_back(move);
  }
}

std::size_t decided(State& state, std::size_t outcome, std::size_t month = 0) {
  return static_cast<std::size_t>(state.measures.count<"decisions">(month, 0, 0, outcome));
}

std::size_t count_status(const State& state, Status status) {
  return static_cast<std::size_t>(
      std::count(state.people.status.begin(), state.people.status.end(), status));
}

/// Decides one case of each person under the same levers and says how many were protected.
std::size_t protected_of(Stage& stage, std::size_t n, const Move& like = move_of(0)) {
  file_ready_cases(stage.state, n, like);
  adjudicate(stage.state, stage.month(0));
  return decided(stage.state, kRecognised) + decided(stage.state, kOther);
}

}  // namespace

TEST_CASE("Cases are decided in the order of filing, as many a month as capacity allows") {
  Scenario s = court(120);
  levers(s, kAlpha).set<"capacity">(2.0);
  levers(s, kAlpha).set<"recognition">(1.0);
  Stage stage(s);
  file_ready_cases(stage.state, 5);
  const std::vector<std::size_t> done{2, 4, 5, 5};
  for (int month = 0; month < 4; ++month) {
    adjudicate(stage.state, stage.month(month));
    const std::size_t expected = done[static_cast<std::size_t>(month)];
    for (std::size_t i = 0; i < 5; ++i) {
      CAPTURE(month, i);
      CHECK((stage.state.people.status[i] == Status::kRecognised) == (i < expected));
    }
    CHECK(stage.state.pending.size() == 5 - expected);
  }
}

TEST_CASE("Half a case a month is one case every second month") {
  Scenario s = court(120);
  levers(s, kAlpha).set<"capacity">(0.5);
  Stage stage(s);
  file_ready_cases(stage.state, 4);
  std::vector<std::size_t> pending;
  for (int month = 0; month < 8; ++month) {
    adjudicate(stage.state, stage.month(month));
    pending.push_back(stage.state.pending.size());
  }
  CHECK(pending == std::vector<std::size_t>{4, 3, 3, 2, 2, 1, 1, 0});
}

TEST_CASE("A capacity with a fraction decides its mean") {
  Scenario s = court(120);
  levers(s, kAlpha).set<"capacity">(2.5);
  Stage stage(s);
  file_ready_cases(stage.state, 10);
  std::vector<std::size_t> pending;
  for (int month = 0; month < 4; ++month) {
    adjudicate(stage.state, stage.month(month));
    pending.push_back(stage.state.pending.size());
  }
  CHECK(pending == std::vector<std::size_t>{8, 5, 3, 0});
}

TEST_CASE("Without capacity nothing is ever decided") {
  Scenario s = court(120);
  levers(s, kAlpha).set<"capacity">(0.0);
  Stage stage(s);
  file_ready_cases(stage.state, 3);
  for (int month = 0; month < 36; ++month) adjudicate(stage.state, stage.month(month));
  CHECK(stage.state.pending.size() == 3);
  CHECK(total<"decisions">(stage.state) == 0);
}

TEST_CASE("At most one unused case carries over, however long a destination was idle") {
  Scenario s = court(120);
  levers(s, kAlpha).set<"capacity">(2.0);
  Stage stage(s);
  for (int month = 0; month < 5; ++month) adjudicate(stage.state, stage.month(month));
  file_ready_cases(stage.state, 9);
  std::vector<std::size_t> pending;
  for (int month = 5; month < 8; ++month) {
    adjudicate(stage.state, stage.month(month));
    pending.push_back(stage.state.pending.size());
  }
  CHECK(pending == std::vector<std::size_t>{6, 4, 2});
}

TEST_CASE("A case that is not ready is passed over and keeps its place") {
  Scenario s = court(120);
  levers(s, kAlpha).set<"capacity">(1.0);
  Stage stage(s);
  file_ready_cases(stage.state, 3);
  stage.state.pending[0].ready = 1;
  adjudicate(stage.state, stage.month(0));
  REQUIRE(stage.state.pending.size() == 2);
  CHECK(stage.state.pending[0].person == PersonId{0});
  CHECK(stage.state.pending[1].person == PersonId{2});
  adjudicate(stage.state, stage.month(1));
  REQUIRE(stage.state.pending.size() == 1);
  CHECK(stage.state.pending[0].person == PersonId{2});
}

TEST_CASE("Each destination has a queue of its own") {
  Scenario s = court(120);
  levers(s, kAlpha).set<"capacity">(0.0);
  levers(s, kBeta).set<"capacity">(3.0);
  Stage stage(s);
  file_ready_cases(stage.state, 4);
  for (std::size_t i : {1u, 3u}) {
    set_standing(stage.state, PersonId{i}, kBeta, Status::kPending);
    stage.state.pending[i].place = kBeta;
  }
  adjudicate(stage.state, stage.month(0));
  REQUIRE(stage.state.pending.size() == 2);
  CHECK(stage.state.pending[0].person == PersonId{0});
  CHECK(stage.state.pending[1].person == PersonId{2});
}

TEST_CASE("Arrivals claim, except the share who never do") {
  const std::size_t n = sample_size(20'000);
  Scenario s = court(n);
  s.parameters.set<"claim.none">(0.15);
  Stage stage(s);
  for (std::size_t i = 0; i < n; ++i) file_claim(stage.state, stage.month(2), move_of(i));
  State& state = stage.state;
  const auto unclaimed = static_cast<std::size_t>(state.measures.count<"unclaimed">(2, 0, 0));
  CHECK(agrees(unclaimed, n, 0.15));
  CHECK(state.irregular.size() == unclaimed);
  CHECK(count_status(state, Status::kIrregular) == unclaimed);
  CHECK(count_status(state, Status::kPending) == n - unclaimed);
  CHECK(static_cast<std::size_t>(state.measures.count<"applications">(2, 0, 0, 0)) ==
        n - unclaimed);
}

TEST_CASE("Only people with a record who came alone declare it by themselves") {
  const std::size_t n = sample_size(20'000);
  Scenario s = court(n);
  s.parameters.set<"claim.declared">(0.3);
  Stage with(s), without(s), brokered(s);
  set_traits(with.state, {Trait::kRecord});
  set_traits(without.state, {});
  set_traits(brokered.state, {Trait::kRecord});
  for (std::size_t i = 0; i < n; ++i) {
    file_claim(with.state, with.month(0), move_of(i));
    file_claim(without.state, without.month(0), move_of(i));
    Move move = move_of(i);
    move.channel = Channel::kBroker;
    file_claim(brokered.state, brokered.month(0), move);
  }
  const auto declared =
      static_cast<std::size_t>(with.state.measures.count<"declared_claims">(0, 0, 0));
  CHECK(agrees(declared, n, 0.3));
  CHECK(static_cast<std::size_t>(total<"applications">(with.state)) == n - declared);
  CHECK(total<"declared_claims">(without.state) == 0);
  CHECK(total<"declared_claims">(brokered.state) == 0);
  CHECK(static_cast<std::size_t>(brokered.state.measures.count<"applications">(0, 0, 0, 1)) == n);
}

TEST_CASE("A story sold as declared is filed as declared") {
  Stage stage(court(120));
  Move move = move_of(0);
  move.channel = Channel::kBroker;
  move.story = Story::kDeclare;
  file_claim(stage.state, stage.month(0), move);
  CHECK(total<"declared_claims">(stage.state) == 1);
  CHECK(total<"applications">(stage.state) == 0);
  REQUIRE(stage.state.pending.size() == 1);
  CHECK(stage.state.pending[0].story == Story::kDeclare);
}

TEST_CASE("The evidence stage takes an exponential time in whole months, at least one") {
  const std::size_t n = sample_size(20'000);
  Scenario s = court(n);
  levers(s, kAlpha).set<"evidence_months">(4.0);
  Stage stage(s);
  for (std::size_t i = 0; i < n; ++i) file_claim(stage.state, stage.month(5), move_of(i));
  std::vector<double> counts(40, 0.0), expected;
  for (const Move& move : stage.state.pending) {
    REQUIRE(move.ready > 5);
    counts[std::min<std::size_t>(static_cast<std::size_t>(move.ready - 6), 39)] += 1.0;
  }
  const auto after = [](double months) { return months < 1.0 ? 1.0 : std::exp(-months / 4.0); };
  for (int k = 1; k <= 40; ++k) {
    expected.push_back(static_cast<double>(n) *
                       (after(k - 0.5) - (k == 40 ? 0.0 : after(k + 0.5))));
  }
  CHECK(chi_square_excess(counts, expected) < 1.0);
}

TEST_CASE("Chances of 0 and 1 decide every case alike") {
  struct Case {
    const char* lever;
    std::size_t which;
    double value;
    std::size_t outcome;
  };
  for (const Case& c : {Case{"recognition", lever_index<"recognition">(), 1.0, kRecognised},
                        Case{"other_protection", lever_index<"other_protection">(), 1.0, kOther},
                        Case{"closure", lever_index<"closure">(), 1.0, kClosed},
                        Case{"nothing", lever_index<"detection">(), 1.0, kRejected}}) {
    Scenario s = court(200);
    levers(s, kAlpha).set<"recognition">(0.0);
    levers(s, kAlpha).values[c.which] = c.value;
    Stage stage(s);
    set_traits(stage.state, {Trait::kGenuine});
    file_ready_cases(stage.state, 200);
    adjudicate(stage.state, stage.month(0));
    CAPTURE(c.lever);
    CHECK(decided(stage.state, c.outcome) == 200);
    CHECK(total<"decisions">(stage.state) == 200);
  }
}

TEST_CASE("Outcomes have the chances of their stages") {
  const std::size_t n = sample_size(20'000);
  Scenario s = court(n);
  levers(s, kAlpha).set<"closure">(0.2);
  levers(s, kAlpha).set<"recognition">(0.4);
  levers(s, kAlpha).set<"other_protection">(0.25);
  Stage stage(s);
  set_traits(stage.state, {Trait::kGenuine});
  file_ready_cases(stage.state, n);
  adjudicate(stage.state, stage.month(0));
  CHECK(agrees(decided(stage.state, kClosed), n, 0.2));
  CHECK(agrees(decided(stage.state, kRecognised), n, 0.8 * 0.4));
  CHECK(agrees(decided(stage.state, kOther), n, 0.8 * 0.6 * 0.25));
  CHECK(agrees(decided(stage.state, kRejected), n, 0.8 * 0.6 * 0.75));
  CHECK(count_status(stage.state, Status::kRecognised) == decided(stage.state, kRecognised));
  CHECK(count_status(stage.state, Status::kOther) == decided(stage.state, kOther));
  CHECK(count_status(stage.state, Status::kIrregular) ==
        decided(stage.state, kRejected) + decided(stage.state, kClosed));
}

TEST_CASE("A record is found only where there is one, and then other rules hold") {
  const std::size_t n = sample_size(20'000);
  for (const double detection : {0.0, 0.35, 1.0}) {
    Scenario s = court(n);
    levers(s, kAlpha).set<"detection">(detection);
    levers(s, kAlpha).set<"recognition">(1.0);
    levers(s, kAlpha).set<"recognition_record">(0.0);
    levers(s, kAlpha).set<"other_protection">(1.0);  // not where a record is found
    Stage with(s), without(s);
    set_traits(with.state, {Trait::kRecord, Trait::kGenuine});
    set_traits(without.state, {Trait::kGenuine});
    CAPTURE(detection);
    const std::size_t accepted = protected_of(with, n);
    CHECK(agrees(accepted, n, 1.0 - detection));
    CHECK(static_cast<std::size_t>(with.state.measures.count<"records_found">(0, 0, 0)) ==
          n - accepted);
    CHECK(protected_of(without, n) == n);
    CHECK(total<"records_found">(without.state) == 0);
  }
}

TEST_CASE("Coaching lowers the chance that a record is found") {
  const std::size_t n = sample_size(20'000);
  for (const double coaching : {0.0, 0.4, 1.0}) {
    Scenario s = court(n);
    levers(s, kAlpha).set<"detection">(0.6);
    Stage stage(s);
    set_traits(stage.state, {Trait::kRecord, Trait::kGenuine});
    Move move = move_of(0);
    move.coaching = coaching;
    file_ready_cases(stage.state, n, move);
    adjudicate(stage.state, stage.month(0));
    CAPTURE(coaching);
    const auto found =
        static_cast<std::size_t>(stage.state.measures.count<"records_found">(0, 0, 0));
    CHECK(agrees(found, n, 0.6 * (1.0 - coaching)));
  }
}

TEST_CASE("Who sits in the broker's slot by the time of the decision does not matter") {
  Scenario s = court(200);
  s.brokers = {
      .slots = 1, .reach = 1.0, .capacity = 5, .products = {{kAlpha, Story::kConceal, 1.0}}};
  levers(s, kAlpha).set<"detection">(1.0);
  Stage stage(s);
  set_traits(stage.state, {Trait::kRecord, Trait::kGenuine});
  Move move = move_of(0);
  move.channel = Channel::kBroker;
  move.broker = 0;
  file_ready_cases(stage.state, 200, move);
  stage.state.brokers.slots[0].generation = 1;
  stage.state.brokers.slots[0].coaching = 1.0;
  adjudicate(stage.state, stage.month(0));
  CHECK(stage.state.measures.count<"records_found">(0, 0, 0) == 200);
}

TEST_CASE(
    "Who declares the record need not be found out, and who has none has nothing to declare") {
  Scenario s = court(200);
  levers(s, kAlpha).set<"recognition">(0.0);
  levers(s, kAlpha).set<"recognition_record">(1.0);
  Move move = move_of(0);
  move.story = Story::kDeclare;
  Stage with(s), without(s);
  set_traits(with.state, {Trait::kRecord, Trait::kGenuine});
  set_traits(without.state, {Trait::kGenuine});
  CHECK(protected_of(with, 200, move) == 200);
  CHECK(total<"records_found">(with.state) == 200);
  CHECK(protected_of(without, 200, move) == 0);
  CHECK(total<"records_found">(without.state) == 0);
}

TEST_CASE("Language analysis finds most false claims of origin and fails a few true ones") {
  const std::size_t n = sample_size(20'000);
  Scenario s = court(n);
  s.parameters.set<"procedure.language_error">(0.1);
  s.parameters.set<"procedure.language_power">(0.8);
  levers(s, kAlpha).set<"language_analysis">(0.7);
  levers(s, kAlpha).set<"recognition">(1.0);
  Stage genuine(s), false_origin(s);
  set_traits(genuine.state, {Trait::kGenuine});
  set_traits(false_origin.state, {});
  CHECK(agrees(protected_of(genuine, n), n, 1.0 - 0.07));
  CHECK(agrees(protected_of(false_origin, n), n, 1.0 - 0.56));
}

TEST_CASE("Luck at a door is the same whenever the case is decided, and changes with the attempt") {
  Scenario s = court(200);
  const auto outcomes = [&](int month, std::uint8_t attempts) {
    Stage stage(s);
    std::fill(stage.state.people.attempts.begin(), stage.state.people.attempts.end(), attempts);
    file_ready_cases(stage.state, 200);
    adjudicate(stage.state, stage.month(month));
    std::vector<bool> result;
    for (std::size_t i = 0; i < 200; ++i)
      result.push_back(stage.state.people.status[i] == Status::kRecognised);
    return result;
  };
  CHECK(outcomes(0, 0) == outcomes(30, 0));
  CHECK(outcomes(0, 0) != outcomes(0, 1));
}

TEST_CASE("A better recognition rate takes protection from nobody") {
  Scenario s = court(500);
  Column<Status> before;
  for (const double recognition : {0.2, 0.5, 0.7, 1.0}) {
    levers(s, kAlpha).set<"recognition">(recognition);
    Stage stage(s);
    file_ready_cases(stage.state, 500);
    adjudicate(stage.state, stage.month(0));
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (before[i] == Status::kRecognised)
        CHECK(stage.state.people.status[i] == Status::kRecognised);
    }
    before = stage.state.people.status;
  }
}

TEST_CASE("Outcomes are reported to the community and to the broker") {
  Scenario s = court(120);
  s.brokers = {
      .slots = 1, .reach = 1.0, .capacity = 5, .products = {{kAlpha, Story::kConceal, 1.0}}};
  s.parameters.set<"belief.closed_weight">(0.3);
  for (const double recognition : {0.0, 1.0}) {
    for (const double closure : {0.0, 1.0}) {
      levers(s, kAlpha).set<"recognition">(recognition);
      levers(s, kAlpha).set<"closure">(closure);
      Stage stage(s);
      set_traits(stage.state, {Trait::kGenuine});
      Move move = move_of(0);
      move.broker = 0;
      file_ready_cases(stage.state, 1, move);
      adjudicate(stage.state, stage.month(0));
      const double positive = closure == 0.0 && recognition == 1.0 ? 1.0 : 0.0;
      const double negative = closure == 1.0 ? 0.3 : 1.0 - recognition;
      CHECK(stage.state.communities.positive(0, 0) == Approx(positive));
      CHECK(stage.state.communities.negative(0, 0) == Approx(negative));
      CHECK(stage.state.brokers.slots[0].positive[0] == Approx(positive));
      CHECK(stage.state.brokers.slots[0].negative[0] == Approx(negative));
    }
  }
}

TEST_CASE(
    "Where there is a right of appeal the rejected appeal, and as many win as the lever says") {
  const std::size_t n = sample_size(20'000);
  Scenario s = court(n);
  s.parameters.set<"procedure.appeal_months">(0.0);
  levers(s, kAlpha).set<"recognition">(0.0);
  levers(s, kAlpha).set<"appeal">(0.3);
  Stage stage(s);
  State& state = stage.state;
  set_traits(state, {Trait::kGenuine});
  file_ready_cases(state, n);
  adjudicate(state, stage.month(0));
  CHECK(state.appeals.size() == n);
  CHECK(count_status(state, Status::kAppeal) == n);
  CHECK_FALSE(state.people.was_refused(PersonId{0}, kAlpha));
  adjudicate(state, stage.month(1));
  const auto won = static_cast<std::size_t>(state.measures.count<"appeals_won">(1, 0, 0));
  CHECK(agrees(won, n, 0.3));
  CHECK(count_status(state, Status::kRecognised) == won);
  CHECK(count_status(state, Status::kIrregular) == n - won);
  CHECK(state.appeals.empty());
  for (std::size_t i = 0; i < n; ++i) {
    const bool refused = state.people.was_refused(PersonId{i}, kAlpha);
    if (refused == (state.people.status[i] == Status::kRecognised)) FAIL("refused and recognised");
  }
}

TEST_CASE("Closed cases cannot appeal, and without the right nobody can") {
  Scenario s = court(50);
  levers(s, kAlpha).set<"appeal">(1.0);
  levers(s, kAlpha).set<"closure">(1.0);
  Stage closed(s);
  file_ready_cases(closed.state, 50);
  adjudicate(closed.state, closed.month(0));
  CHECK(closed.state.appeals.empty());
  CHECK(closed.state.irregular.size() == 50);
}

TEST_CASE("A refused person stays on, goes home or goes elsewhere, as is best") {
  struct Case {
    double stay, home, elsewhere;
    Status status;
  };
  for (const Case& c :
       {Case{50.0, -50.0, -50.0, Status::kIrregular}, Case{-50.0, 50.0, -50.0, Status::kSettled},
        Case{-50.0, -50.0, 50.0, Status::kTravelling}}) {
    Scenario s = scenario(120);
    s.parameters.set<"procedure.after_refusal_stay">(c.stay);
    s.parameters.set<"procedure.after_refusal_return">(c.home);
    s.parameters.set<"procedure.after_refusal_elsewhere">(c.elsewhere);
    levers(s, kAlpha).set<"recognition">(0.0);
    Stage stage(s);
    State& state = stage.state;
    report_presence(state.communities, CommunityId{0}, 0, 1);
    report_residence(state.communities, CommunityId{0}, -1);
    file_ready_cases(state, 1);
    adjudicate(state, stage.month(0));
    CHECK(state.people.status[0] == c.status);
    CHECK(state.people.attempts[0] == (c.status == Status::kTravelling ? 1 : 0));
    CHECK(state.people.was_refused(PersonId{0}, kAlpha));
    CHECK_FALSE(state.people.was_refused_elsewhere(PersonId{0}, kAlpha));
    CHECK(state.irregular.size() == (c.status == Status::kIrregular ? 1u : 0u));
    CHECK(state.travelling.size() == (c.status == Status::kTravelling ? 1u : 0u));
    CHECK(total<"returns">(state) == (c.status == Status::kSettled ? 1 : 0));
    CHECK(state.communities.members[0] == (c.status == Status::kSettled ? 10u : 9u));
    if (c.status != Status::kTravelling) continue;
    CHECK(state.travelling[0].onward);
    CHECK(state.travelling[0].place == kBeta);
    CHECK(state.travelling[0].ready == 0);
    CHECK(state.people.place_of(PersonId{0}) == kAlpha);
  }
}

TEST_CASE("Those without status leave at the hazards of removal and of giving up") {
  const std::size_t n = sample_size(20'000);
  Scenario s = court(n);
  s.parameters.set<"procedure.give_up">(0.06);
  levers(s, kAlpha).set<"removal">(0.02);
  Stage stage(s);
  State& state = stage.state;
  for (std::size_t i = 0; i < n; ++i) live_without_status(state, stage.month(0), move_of(i));
  for (int month = 0; month < 10; ++month) adjudicate(state, stage.month(month));
  const std::size_t left = n - state.irregular.size();
  CHECK(agrees(left, n, 1.0 - std::exp(-0.8)));
  CHECK(static_cast<std::size_t>(total<"removals">(state) + total<"returns">(state)) == left);
  CHECK(agrees(static_cast<std::size_t>(total<"removals">(state)), left, 0.25));
  CHECK(count_status(state, Status::kSettled) == left);
}

TEST_CASE(
    "Without hazards nobody without status leaves, and a group that cannot return is never "
    "removed") {
  Scenario s = court(100);
  Stage calm(s);
  for (std::size_t i = 0; i < 100; ++i) live_without_status(calm.state, calm.month(0), move_of(i));
  for (int month = 0; month < 36; ++month) adjudicate(calm.state, calm.month(month));
  CHECK(calm.state.irregular.size() == 100);

  levers(s, kAlpha).set<"removal">(10.0);
  s.groups[0].can_return = 0.0;
  Stage stateless(s);
  for (std::size_t i = 0; i < 100; ++i)
    live_without_status(stateless.state, stateless.month(0), move_of(i));
  for (int month = 0; month < 36; ++month) adjudicate(stateless.state, stateless.month(month));
  CHECK(stateless.state.irregular.size() == 100);
}

TEST_CASE("A second journey to the same door meets luck of its own") {
  // Half never claim, are removed at once and try again.
  Scenario s = court(200);
  s.parameters.set<"claim.none">(0.5);
  s.parameters.set<"commitment.preparation">(0.0);
  levers(s, kAlpha).set<"removal">(10.0);
  Stage stage(s);
  State& state = stage.state;
  set_belief(state, 0, 0.8);
  std::int32_t unclaimed[2] = {};
  for (const int round : {0, 1}) {
    const Month now = stage.month(2 * round);
    std::vector<Choice> choices;
    for (std::size_t i = 0; i < 200; ++i) {
      if (state.people.status[i] != Status::kSettled) continue;
      choices.push_back({.occasion = {.person = PersonId{i}},
                         .chosen = {.intent = Intent::kGo, .place = kAlpha, .belief = 0.8}});
    }
    commit(state, now, choices);
    travel(state, now);
    unclaimed[round] = state.measures.count<"unclaimed">(static_cast<std::size_t>(now.index), 0, 0);
    adjudicate(state, now);
  }
  CHECK(
      agrees(static_cast<std::size_t>(unclaimed[1]), static_cast<std::size_t>(unclaimed[0]), 0.5));
}

TEST_CASE("The detained are removed at once when they are refused, where they are taken back") {
  for (const double readmission : {1.0, 0.0}) {
    Scenario s = court(120);
    levers(s, kAlpha).set<"recognition">(0.0);
    levers(s, kAlpha).set<"readmission">(readmission);
    Stage stage(s);
    file_ready_cases(stage.state, 20, {.place = kAlpha, .detained = true});
    adjudicate(stage.state, stage.month(0));
    CAPTURE(readmission);
    CHECK(total<"removals">(stage.state) == (readmission > 0.0 ? 20 : 0));
    CHECK(count_status(stage.state, Status::kIrregular) == (readmission > 0.0 ? 0u : 20u));
  }
}

TEST_CASE("Removal reaches as many as their place of settlement takes back") {
  const std::size_t n = 12 * sample_size(500);
  Scenario s = court(n);
  levers(s, kAlpha).set<"removal">(10.0);
  levers(s, kAlpha).set<"readmission">(0.3);
  Stage stage(s);
  for (std::size_t i = 0; i < n; ++i) live_without_status(stage.state, stage.month(0), move_of(i));
  for (int month = 0; month < 6; ++month) adjudicate(stage.state, stage.month(month));
  CHECK(agrees(static_cast<std::size_t>(total<"removals">(stage.state)), n, 0.3));
}

TEST_CASE("Relatives join the recognised who have some, and count for the diaspora") {
  const std::size_t n = 12 * sample_size(500);
  Scenario s = court(n);
  levers(s, kAlpha).set<"recognition">(1.0);
  levers(s, kAlpha).set<"family_reunion">(0.5);
  s.parameters.set<"procedure.family_size">(2.0);
  for (const bool kin : {true, false}) {
    Stage stage(s);
    set_traits(stage.state, {kin ? Trait::kKin : Trait::kGenuine});
    protected_of(stage, n);
    const std::int32_t reunions = total<"reunions">(stage.state);
    CHECK(reunions % 2 == 0);
    CHECK(agrees(static_cast<std::size_t>(reunions / 2), n, kin ? 0.5 : 0.0));
    CHECK(stage.state.communities.all_abroad[0] == reunions);
  }
}

TEST_CASE("Outcomes of declared claims teach brokers and not communities") {
  for (const Story story : {Story::kConceal, Story::kDeclare}) {
    Scenario s = court(120);
    levers(s, kAlpha).set<"recognition">(1.0);
    Stage stage(s);
    file_ready_cases(stage.state, 10, {.place = kAlpha, .story = story});
    adjudicate(stage.state, stage.month(0));
    CHECK((stage.state.communities.positive.sum() > 0.0) == (story == Story::kConceal));
  }
}

TEST_CASE("Refused clients cost brokers the trust of their community, and nobody else's") {
  Scenario s = court(120);
  s.parameters.set<"broker.trust">(0.4);
  s.parameters.set<"broker.credulity">(10.0);
  levers(s, kAlpha).set<"recognition">(0.0);
  s.brokers.slots = 1;
  s.brokers.reach = 1.0;
  Stage stage(s);
  const CommunityId community = stage.state.people.community_of(PersonId{0});
  std::size_t same = 0;
  for (std::size_t i = 0; i < 10; ++i)
    same += stage.state.people.community_of(PersonId{i}) == community ? 1 : 0;
  file_ready_cases(stage.state, 10, {.broker = 0, .place = kAlpha, .channel = Channel::kBroker});
  adjudicate(stage.state, stage.month(0));
  const double refused = static_cast<double>(same);
  CHECK(broker_trust(stage.state.communities, s.parameters, community) ==
        Approx(0.4 * 10.0 / (10.0 + refused)));
  CHECK(broker_trust(stage.state.communities, s.parameters, CommunityId{11}) == Approx(0.4));
}

namespace {

/// Sixty people whom beta refused before wait for alpha, the other sixty, all recognised, for beta.
/// A case that ends well makes everybody sure of the place.
Scenario eventful_court() {
  Scenario s = scenario(120);
  s.parameters.set<"belief.prior_weight">(1.0);
  s.parameters.set<"belief.own_refusal">(200.0);
  s.parameters.set<"belief.public_trust">(1000.0);
  s.parameters.set<"choice.protection">(20.0);
  for (const PlaceId place : {kAlpha, kBeta}) levers(s, place).set<"capacity">(1000.0);
  levers(s, kAlpha).set<"recognition">(0.0);
  levers(s, kAlpha).set<"other_protection">(0.0);
  levers(s, kBeta).set<"recognition">(1.0);
  return s;
}

void file_eventful_cases(Stage& stage, bool beta_first, bool beta_last) {
  const auto file_for_beta = [&] {
    for (std::size_t i = 60; i < 120; ++i) {
      set_standing(stage.state, PersonId{i}, kBeta, Status::kPending);
      stage.state.pending.push_back(move_of(i, kBeta));
    }
  };
  set_belief(stage.state, 1, 0.8);
  if (beta_first) file_for_beta();
  for (std::size_t i = 0; i < 60; ++i) stage.state.people.note_refusal(PersonId{i}, kBeta);
  file_ready_cases(stage.state, 60);
  if (beta_last) file_for_beta();
}

/// How many of the first sixty travel on after the month.
std::size_t gone_on(const Stage& stage) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < 60; ++i)
    count += stage.state.people.status[i] == Status::kTravelling ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("The refused choose by what was known when they were refused") {
  Stage alone(eventful_court()), before(eventful_court()), after(eventful_court());
  file_eventful_cases(alone, false, false);
  file_eventful_cases(before, true, false);
  file_eventful_cases(after, false, true);
  for (Stage* stage : {&alone, &before, &after}) adjudicate(stage->state, stage->month(0));
  // Good news of the month counts if it came first, and only then.
  CHECK(gone_on(before) > gone_on(alone) + 10);
  CHECK(gone_on(after) == gone_on(alone));
}
