#include "model/life.h"

#include <cmath>

#include "catch.h"
#include "support/samples.h"
#include "support/small_world.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

namespace {

const RunKey kRun = run_key(3, 0);

Month month_of(const World& world, int index) {
  return {.world = world, .index = index, .key = kRun};
}

template <class Holds>
std::size_t count_if_people(const People& people, Holds holds) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < people.size(); ++i) count += holds(PersonId{i}) ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("Satisfaction is flat, then falls in a line, then is flat again") {
  Parameters p;
  p.set<"life.satisfaction_start">(3.0);
  p.set<"life.satisfaction_end">(2.0);
  p.set<"life.satisfaction_plateau">(10.0);
  p.set<"life.satisfaction_fall">(20.0);
  CHECK(satisfaction(p, 0) == 3.0);
  CHECK(satisfaction(p, 10) == 3.0);
  CHECK(satisfaction(p, 15) == Approx(2.75));
  CHECK(satisfaction(p, 30) == Approx(2.0));
  CHECK(satisfaction(p, 500) == Approx(2.0));
}

TEST_CASE("As many people feel discrimination in a year of stay as the lever says") {
  Scenario s = scenario();
  levers(s, kHome).set<"discrimination">(0.3);
  const World world(s);
  const std::size_t n = sample_size(50'000);
  const People people = crowd(world, kRun, n);
  const auto felt = [&](int month) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < n; ++i)
      count += felt_discrimination(people, PersonId{i}, month_of(world, month)) ? 1 : 0;
    return count;
  };
  // One event at most in each year of stay, in any of its months with equal chance.
  CHECK(agrees(felt(0), n, 0.3 / 12.0));
  CHECK(agrees(felt(5), n, 0.3 * 6.0 / 12.0));
  CHECK(agrees(felt(11), n, 0.3));
  CHECK(agrees(felt(23), n, 0.3));
  CHECK(agrees(felt(17), n, 1.0 - 0.85 * 0.85));
}

TEST_CASE("Discrimination follows the lever of the month in which it happens") {
  Scenario s = scenario();
  s.policy = {
      change(s.start + 12, kHome, lever_index<"discrimination">(), 1.0, Publicity::kSilent)};
  const World world(s);
  const People people = crowd(world, kRun, 200);
  for (std::size_t i = 0; i < people.size(); ++i) {
    CHECK_FALSE(felt_discrimination(people, PersonId{i}, month_of(world, 11)));
    CHECK(felt_discrimination(people, PersonId{i}, month_of(world, 23)));
  }
}

TEST_CASE("Settlement support is that of the month of arrival and is paid out over its time") {
  Scenario s = scenario();
  levers(s, kHome).set<"settlement_grant">(20.0);
  levers(s, kHome).set<"job_incentive">(5.0);
  s.policy = {
      change(s.start + 6, kHome, lever_index<"settlement_grant">(), 8.0, Publicity::kSilent)};
  s.parameters.set<"life.grant_months">(24.0);
  const World world(s);
  const People before = crowd(world, kRun, 1, YearMonth{1999, 1});
  const People early = crowd(world, kRun, 1, YearMonth{2001, 6});
  const People late = crowd(world, kRun, 1, YearMonth{2001, 7});
  CHECK(settlement_support(before, PersonId{0}, month_of(world, 20)) == 25.0);
  CHECK(settlement_support(early, PersonId{0}, month_of(world, 20)) == 25.0);
  CHECK(settlement_support(late, PersonId{0}, month_of(world, 20)) == 13.0);
  CHECK(support_elapsed(late, PersonId{0}, month_of(world, 6)) == 0.0);
  CHECK(support_elapsed(late, PersonId{0}, month_of(world, 18)) == 0.5);
  CHECK(support_elapsed(late, PersonId{0}, month_of(world, 35)) == 1.0);
}

TEST_CASE("Savings on arrival are log-normal around the group's median") {
  Scenario s = scenario();
  s.groups[0].savings = 5.0;
  s.groups[0].savings_spread = 0.6;
  const World world(s);
  const People people = crowd(world, kRun, sample_size(50'000));
  std::vector<double> logs;
  for (std::size_t i = 0; i < people.size(); ++i) {
    logs.push_back(std::log(savings(people, PersonId{i}, month_of(world, 0)) / 5.0) / 0.6);
  }
  CHECK(kolmogorov_excess(logs, [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }) <
        1.0);
}

TEST_CASE("Savings grow by saved income and support and fall by what was spent, never below zero") {
  Scenario s = scenario();
  s.groups[0].savings = 5.0;
  s.places[kHome.index()].income = 2.0;
  levers(s, kHome).set<"settlement_grant">(24.0);
  s.parameters.set<"life.saving_rate">(0.25);
  s.parameters.set<"life.grant_months">(24.0);
  const World world(s);
  People people = crowd(world, kRun, 1);
  CHECK(savings(people, PersonId{0}, month_of(world, 0)) == Approx(5.0));
  CHECK(savings(people, PersonId{0}, month_of(world, 12)) ==
        Approx(5.0 + 0.25 * (2.0 * 12 + 12.0)));
  people.rows[0].spent = 10.0f;
  CHECK(savings(people, PersonId{0}, month_of(world, 12)) == Approx(4.0));
  people.rows[0].spent = 1000.0f;
  CHECK(savings(people, PersonId{0}, month_of(world, 12)) == 0.0);
}

TEST_CASE("Push multiplies the factors of a person's situation up to its limit") {
  Scenario s = scenario();
  levers(s, kHome).set<"settlement_grant">(10.0);
  levers(s, kHome).set<"discrimination">(1.0);
  s.parameters.set<"life.grant_months">(24.0);
  s.parameters.set<"push.grant">(-0.03);
  s.parameters.set<"push.discrimination">(0.7);
  s.parameters.set<"push.hidden_origin">(0.4);
  s.parameters.set<"push.dissatisfaction">(2.0);
  s.parameters.set<"life.satisfaction_start">(3.0);
  s.parameters.set<"life.satisfaction_end">(2.5);
  s.parameters.set<"life.satisfaction_plateau">(0.0);
  s.parameters.set<"life.satisfaction_fall">(22.0);
  s.parameters.set<"attention.push_limit">(100.0);
  World world(s);
  People people = crowd(world, kRun, 1);
  people.rows[0].traits = 0;
  const double at_11 = 0.7 - 0.3 + 2.0 * 0.25;
  CHECK(push(people, PersonId{0}, month_of(world, 11)) == Approx(std::exp(at_11)));
  people.rows[0].traits = static_cast<std::uint16_t>(Trait::kHiddenOrigin);
  CHECK(push(people, PersonId{0}, month_of(world, 11)) == Approx(std::exp(at_11 + 0.4)));
  const auto known = push_by_discrimination(people, PersonId{0}, month_of(world, 11));
  CHECK(known[0] == Approx(std::exp(at_11 + 0.4 - 0.7)));
  CHECK(known[1] == push(people, PersonId{0}, month_of(world, 11)));
  // The support has been paid out by month 24 and satisfaction has reached its end.
  CHECK(push(people, PersonId{0}, month_of(world, 35)) == Approx(std::exp(0.7 + 0.4 + 1.0)));
  world.scenario.parameters.set<"attention.push_limit">(1.5);
  CHECK(push(people, PersonId{0}, month_of(world, 35)) == 1.5);
}

TEST_CASE("Debts are paid from the income of those who may earn, and cleared debts are forgotten") {
  Scenario s = scenario();
  s.places[kHome.index()].income = 2.0;
  s.parameters.set<"life.saving_rate">(0.5);
  Stage stage(s);
  State& state = stage.state;
  state.debtors = {1, 2, 3};
  state.people.rows[1].debt = 2.5f;
  state.people.rows[2].debt = 1.0f;
  state.people.rows[3].debt = 2.5f;
  set_standing(state, PersonId{3}, kHome, Status::kIrregular);
  live_at_present_place(state, stage.month(0));
  CHECK(state.people.rows[1].debt == 1.5f);
  CHECK(state.people.rows[2].debt == 0.0f);
  CHECK(state.people.rows[3].debt == 2.5f);
  CHECK(state.debtors == std::vector<std::uint32_t>{1, 3});
  for (int month = 1; month < 3; ++month) live_at_present_place(state, stage.month(month));
  CHECK(state.people.rows[1].debt == 0.0f);
  CHECK(state.debtors == std::vector<std::uint32_t>{3});
}

TEST_CASE("As many people without higher education are out of work as the lever says") {
  Scenario s = scenario();
  levers(s, kHome).set<"unemployment">(0.4);
  s.groups[0].ages[0].tertiary = 0.5;
  s.parameters.set<"life.work_tertiary">(std::log(3.0));
  const World world(s);
  const std::size_t n = sample_size(20'000);
  const People people = crowd(world, kRun, n);
  const auto of = [&](bool tertiary, bool only_at_work) {
    return count_if_people(people, [&](PersonId id) {
      return people.has(id, Trait::kTertiary) == tertiary &&
             (!only_at_work || works(people, id, month_of(world, 7)));
    });
  };
  CHECK(agrees(of(false, true), of(false, false), 0.6));
  // Odds of 1.5 times 3.
  CHECK(agrees(of(true, true), of(true, false), 4.5 / 5.5));
}

TEST_CASE("Nobody who works loses the work when unemployment falls") {
  Scenario s = scenario();
  levers(s, kHome).set<"unemployment">(0.5);
  s.policy = {change(s.start + 6, kHome, lever_index<"unemployment">(), 0.2, Publicity::kSilent)};
  const World world(s);
  const People people = crowd(world, kRun, 500);
  const auto lost = [&](PersonId id) {
    return works(people, id, month_of(world, 5)) && !works(people, id, month_of(world, 6));
  };
  const auto found = [&](PersonId id) {
    return !works(people, id, month_of(world, 5)) && works(people, id, month_of(world, 6));
  };
  CHECK(count_if_people(people, lost) == 0);
  CHECK(count_if_people(people, found) > 50);
}

TEST_CASE("Income at home is the wage less its gap, or welfare, and abroad that of the place") {
  Scenario s = scenario();
  s.places[kHome.index()].income = 3.0;
  s.places[kAlpha.index()].income = 5.0;
  levers(s, kHome).set<"wage_gap">(0.5);
  s.parameters.set<"life.welfare">(0.4);
  s.policy = {change(s.start + 6, kHome, lever_index<"unemployment">(), 1.0, Publicity::kSilent)};
  const World world(s);
  People people = crowd(world, kRun, 1);
  CHECK(income(people, PersonId{0}, month_of(world, 5)) == Approx(1.5));
  CHECK(income(people, PersonId{0}, month_of(world, 6)) == Approx(0.6));
  people.rows[0].place = static_cast<std::uint8_t>(kAlpha.value);
  CHECK(income(people, PersonId{0}, month_of(world, 6)) == 5.0);
  CHECK(home_income(people, PersonId{0}, month_of(world, 6)) == Approx(0.6));
}

TEST_CASE("Only those at work get the job incentive, and nobody who was refused citizenship") {
  Scenario s = scenario();
  levers(s, kHome).set<"settlement_grant">(20.0);
  levers(s, kHome).set<"job_incentive">(5.0);
  levers(s, kHome).set<"unemployment">(0.5);
  const World world(s);
  People people = crowd(world, kRun, 200);
  for (std::size_t i = 0; i < people.size(); ++i) {
    const double expected = works(people, PersonId{i}, month_of(world, 3)) ? 25.0 : 20.0;
    CHECK(settlement_support(people, PersonId{i}, month_of(world, 3)) == expected);
  }
  people.rows[0].traits = static_cast<std::uint16_t>(Trait::kNationalityRefused);
  CHECK(settlement_support(people, PersonId{0}, month_of(world, 3)) == 0.0);
}

TEST_CASE("Children grow up: fewer of them as the years pass, none after the age of school") {
  Scenario s = scenario();
  s.groups[0].ages[0].children = 1.0;
  s.parameters.set<"life.school_age">(2.0);
  const World world(s);
  const std::size_t n = sample_size(20'000);
  const People people = crowd(world, kRun, n);
  const auto with_children = [&](int month) {
    return count_if_people(
        people, [&](PersonId id) { return has_children(people, id, month_of(world, month)); });
  };
  CHECK(with_children(0) == n);
  CHECK(agrees(with_children(6), n, 0.75));
  CHECK(with_children(24) == 0);
}

TEST_CASE("Wage gap, unemployment, dispersal and a refused citizenship push") {
  Scenario s = scenario();
  levers(s, kHome).set<"wage_gap">(0.5);
  levers(s, kHome).set<"unemployment">(1.0);
  s.parameters.set<"push.wage_gap">(0.6);
  s.parameters.set<"push.unemployment">(0.2);
  s.parameters.set<"push.dispersed">(0.3);
  s.parameters.set<"push.nationality_refused">(0.4);
  const World world(s);
  People people = crowd(world, kRun, 1);
  people.rows[0].traits = 0;
  CHECK(push(people, PersonId{0}, month_of(world, 3)) == Approx(std::exp(0.5)));
  people.rows[0].traits = static_cast<std::uint16_t>(Trait::kDispersed);
  CHECK(push(people, PersonId{0}, month_of(world, 3)) == Approx(std::exp(0.8)));
  people.rows[0].traits = static_cast<std::uint16_t>(Trait::kNationalityRefused);
  CHECK(push(people, PersonId{0}, month_of(world, 3)) == Approx(std::exp(0.9)));
}

TEST_CASE("Claimants with a right to work pay off debts in its measure") {
  Scenario s = scenario();
  s.places[kAlpha.index()].income = 2.0;
  s.parameters.set<"life.saving_rate">(0.5);
  levers(s, kAlpha).set<"work_right">(0.5);
  Stage stage(s);
  stage.state.debtors = {1};
  stage.state.people.rows[1].debt = 2.5f;
  set_standing(stage.state, PersonId{1}, kAlpha, Status::kPending);
  live_at_present_place(stage.state, stage.month(0));
  CHECK(stage.state.people.rows[1].debt == 2.0f);
  CHECK(stage.state.people.rows[1].spent == 0.5f);
}
