#include "model/irregular_stay.h"

#include <cmath>

#include "catch.h"
#include "support/court.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("Those without status leave at the hazards of removal and of giving up") {
  const std::size_t n = sample_size(20'000);
  Scenario s = court(n);
  s.parameters.set<"procedure.give_up">(0.06);
  levers(s, kAlpha).set<"removal">(0.02);
  Stage stage(s);
  State& state = stage.state;
  for (std::size_t i = 0; i < n; ++i) live_without_status(state, stage.month(0), move_of(i));
  for (int month = 0; month < 10; ++month) thin_irregular(state, stage.month(month));
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
  for (int month = 0; month < 36; ++month) thin_irregular(calm.state, calm.month(month));
  CHECK(calm.state.irregular.size() == 100);

  levers(s, kAlpha).set<"removal">(10.0);
  s.groups[0].can_return = 0.0;
  Stage stateless(s);
  for (std::size_t i = 0; i < 100; ++i)
    live_without_status(stateless.state, stateless.month(0), move_of(i));
  for (int month = 0; month < 36; ++month) thin_irregular(stateless.state, stateless.month(month));
  CHECK(stateless.state.irregular.size() == 100);
}

TEST_CASE("Removal reaches as many as their place of settlement takes back") {
  const std::size_t n = 12 * sample_size(500);
  Scenario s = court(n);
  levers(s, kAlpha).set<"removal">(10.0);
  levers(s, kAlpha).set<"readmission">(0.3);
  Stage stage(s);
  for (std::size_t i = 0; i < n; ++i) live_without_status(stage.state, stage.month(0), move_of(i));
  for (int month = 0; month < 6; ++month) thin_irregular(stage.state, stage.month(month));
  CHECK(agrees(static_cast<std::size_t>(total<"removals">(stage.state)), n, 0.3));
}
