#include "model/procedure.h"

#include <cmath>

#include "catch.h"
#include "support/court.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

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
      CHECK((stage.state.people.rows[i].status == Status::kRecognised) == (i < expected));
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
  for (std::size_t i = 0; i < 3; ++i) file_case(stage.state, i, {.place = kAlpha, .ready = i == 0});
  adjudicate(stage.state, stage.month(0));
  REQUIRE(stage.state.pending.size() == 2);
  CHECK(stage.state.pending.cases()[0].person == PersonId{0});
  CHECK(stage.state.pending.cases()[1].person == PersonId{2});
  adjudicate(stage.state, stage.month(1));
  REQUIRE(stage.state.pending.size() == 1);
  CHECK(stage.state.pending.cases()[0].person == PersonId{2});
}

TEST_CASE("Each destination has a queue of its own") {
  Scenario s = court(120);
  levers(s, kAlpha).set<"capacity">(0.0);
  levers(s, kBeta).set<"capacity">(3.0);
  Stage stage(s);
  for (std::size_t i = 0; i < 4; ++i)
    file_case(stage.state, i, move_of(i, i % 2 == 0 ? kAlpha : kBeta));
  adjudicate(stage.state, stage.month(0));
  REQUIRE(stage.state.pending.size() == 2);
  CHECK(stage.state.pending.cases()[0].person == PersonId{0});
  CHECK(stage.state.pending.cases()[1].person == PersonId{2});
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
    for (Person& person : stage.state.people.rows) person.attempts = attempts;
    file_ready_cases(stage.state, 200);
    adjudicate(stage.state, stage.month(month));
    std::vector<bool> result;
    for (std::size_t i = 0; i < 200; ++i)
      result.push_back(stage.state.people.rows[i].status == Status::kRecognised);
    return result;
  };
  CHECK(outcomes(0, 0) == outcomes(30, 0));
  CHECK(outcomes(0, 0) != outcomes(0, 1));
}

TEST_CASE("A better recognition rate takes protection from nobody") {
  Scenario s = court(500);
  Column<Person> before;
  for (const double recognition : {0.2, 0.5, 0.7, 1.0}) {
    levers(s, kAlpha).set<"recognition">(recognition);
    Stage stage(s);
    file_ready_cases(stage.state, 500);
    adjudicate(stage.state, stage.month(0));
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (before[i].status == Status::kRecognised)
        CHECK(stage.state.people.rows[i].status == Status::kRecognised);
    }
    before = stage.state.people.rows;
  }
}
