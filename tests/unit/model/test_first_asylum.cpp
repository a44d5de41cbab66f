#include "model/first_asylum.h"

#include <cmath>

#include "catch.h"
#include "model/commitment.h"
#include "support/samples.h"
#include "support/small_world.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

namespace {

/// Everybody lives in hiding under this hazard a month.
Scenario hiding(double hazard, double retry, std::size_t people = 120) {
  Scenario s = scenario(static_cast<int>(people));
  levers(s, kHome).set<"refoulement">(hazard);
  s.parameters.set<"first_asylum.retry">(retry);
  s.parameters.set<"first_asylum.captivity">(3.0);
  return s;
}

void live_through(Stage& stage, int months) {
  for (int month = 0; month < months; ++month)
    live_in_first_asylum(stage.state, stage.month(month));
}

}  // namespace

TEST_CASE("People in hiding are found at the hazard of the lever") {
  const std::size_t n = 12 * sample_size(1'000);
  Stage stage(hiding(0.05, 0.0, n));
  live_through(stage, 10);
  const auto found = static_cast<std::size_t>(total<"refoulements">(stage.state));
  CHECK(agrees(found, n, 1.0 - std::exp(-0.5)));
  CHECK(count_status(stage.state, Status::kReturnedOrigin) == found);
}

TEST_CASE("Without refoulement nobody is found") {
  Stage stage(hiding(0.0, 1.0));
  live_through(stage, 36);
  CHECK(total<"refoulements">(stage.state) == 0);
  CHECK(count_status(stage.state, Status::kSettled) == stage.state.people.size());
}

TEST_CASE("Who is sent back flees again, is counted once at a time and may be found again") {
  const std::size_t n = 12 * sample_size(200);
  Stage stage(hiding(0.3, 1.0, n));
  live_through(stage, 36);
  const std::int32_t found = total<"refoulements">(stage.state);
  const std::int32_t fled = total<"new_flights">(stage.state);
  CHECK(found > static_cast<std::int32_t>(n));
  CHECK(static_cast<std::int32_t>(count_status(stage.state, Status::kReturnedOrigin)) ==
        found - fled);
  std::uint32_t members = 0;
  for (const std::uint32_t count : stage.state.communities.members) members += count;
  CHECK(members == count_status(stage.state, Status::kSettled));
}

TEST_CASE("The share of the lever flees again") {
  const std::size_t n = 12 * sample_size(1'000);
  Scenario s = hiding(10.0, 0.6, n);
  s.parameters.set<"first_asylum.captivity">(1.0);
  s.policy = {change(s.start + 1, kHome, lever_index<"refoulement">(), 0.0, Publicity::kSilent)};
  Stage stage(s);
  live_through(stage, 36);
  const auto found = static_cast<std::size_t>(total<"refoulements">(stage.state));
  CHECK(agrees(found, n, 1.0 - std::exp(-10.0)));
  CHECK(agrees(static_cast<std::size_t>(total<"new_flights">(stage.state)), found, 0.6));
}

TEST_CASE("A worse hazard finds everybody that a better one finds, no later") {
  Stage better(hiding(0.02, 0.0));
  Stage worse(hiding(0.04, 0.0));
  for (int month = 0; month < 36; ++month) {
    live_in_first_asylum(better.state, better.month(month));
    live_in_first_asylum(worse.state, worse.month(month));
    for (std::size_t i = 0; i < better.state.people.size(); ++i) {
      if (better.state.people.rows[i].status == Status::kReturnedOrigin)
        CHECK(worse.state.people.rows[i].status == Status::kReturnedOrigin);
    }
  }
  CHECK(total<"refoulements">(worse.state) > total<"refoulements">(better.state));
}

TEST_CASE("Who has left is out of reach, and who prepares to leave is not") {
  Stage stage(hiding(10.0, 0.0));
  State& state = stage.state;
  set_standing(state, PersonId{0}, kAlpha, Status::kPending);
  set_standing(state, PersonId{1}, kHome, Status::kCommitted);
  state.preparing.push_back({.person = PersonId{1}, .place = kAlpha, .ready = 0});
  live_through(stage, 4);
  CHECK(state.people.rows[0].status == Status::kPending);
  CHECK(state.people.rows[1].status == Status::kReturnedOrigin);
  prepare(state, stage.month(4));
  CHECK(state.preparing.empty());
  CHECK(state.people.rows[1].status == Status::kReturnedOrigin);
}
