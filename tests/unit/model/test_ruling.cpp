#include "model/ruling.h"

#include <cmath>

#include "catch.h"
#include "model/procedure.h"
#include "support/samples.h"
#include "support/small_world.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

namespace {

/// Everyone of a world of `people` asks alpha for asylum in the first month.
struct Court : Stage {
  Court(Scenario scenario, std::initializer_list<Trait> traits) : Stage(std::move(scenario)) {
    std::uint16_t all = 0;
    for (const Trait trait : traits)
      all = static_cast<std::uint16_t>(all | static_cast<std::uint16_t>(trait));
    for (Person& person : state.people.rows) person.traits = all;
  }
  Move claim(std::size_t person) const {
    Move move{.person = PersonId{person}, .place = kAlpha};
    schedule_evidence(state, month(0), move);
    return move;
  }
  template <class Holds>
  std::size_t count(Holds holds) const {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < state.people.size(); ++i) sum += holds(claim(i)) ? 1 : 0;
    return sum;
  }
  std::size_t protections() const {
    return count([this](const Move& move) {
      const Outcome outcome = decide(state, month(0), move).outcome;
      return outcome == Outcome::kRecognised || outcome == Outcome::kOther;
    });
  }
};

std::size_t crowd_size() { return 12 * sample_size(1'000); }

}  // namespace

namespace {

/// The rate of a group in which this share has a record and this share tells the true origin.
double rate(const LeverValues& levers, double record, double genuine) {
  Parameters parameters;
  parameters.set<"procedure.language_error">(0.1);
  parameters.set<"procedure.language_power">(0.8);
  parameters.set<"procedure.haste">(0.5);
  Group group;
  group.record = record;
  group.genuine = genuine;
  return protection_rate(levers, group, parameters);
}

}  // namespace

TEST_CASE("The protection rate follows the stages of the procedure") {
  LeverValues levers = open_door();
  levers.set<"recognition">(0.6);
  CHECK(rate(levers, 0.0, 1.0) == Approx(0.6));
  levers.set<"other_protection">(0.5);
  CHECK(rate(levers, 0.0, 1.0) == Approx(0.8));
  levers.set<"detection">(0.25);
  levers.set<"recognition_record">(0.1);
  CHECK(rate(levers, 0.0, 1.0) == Approx(0.8));
  CHECK(rate(levers, 1.0, 1.0) == Approx(0.25 * 0.1 + 0.75 * 0.8));
  levers.set<"closure">(0.2);
  CHECK(rate(levers, 1.0, 1.0) == Approx(0.8 * 0.625));
  levers.set<"language_analysis">(0.5);
  CHECK(rate(levers, 1.0, 1.0) == Approx(0.5 * 0.95));
  CHECK(rate(levers, 1.0, 0.0) == Approx(0.5 * 0.6));
  levers.set<"accelerated">(0.4);
  CHECK(rate(levers, 1.0, 1.0) == Approx(0.5 * 0.95 * 0.8));
  levers.set<"safe_country">(0.5);
  CHECK(rate(levers, 1.0, 1.0) == Approx(0.8 * 0.8 * 0.95 * (0.25 * 0.05 + 0.75 * 0.8)));
}

TEST_CASE("Presumed citizenship touches the genuine without a record, and only them") {
  LeverValues levers = open_door();
  levers.set<"recognition">(0.6);
  levers.set<"recognition_record">(0.1);
  levers.set<"presumed_citizenship">(0.5);
  CHECK(rate(levers, 0.0, 1.0) == Approx(0.35));
  CHECK(rate(levers, 1.0, 1.0) == Approx(0.6));
  CHECK(rate(levers, 0.0, 0.0) == Approx(0.6));
}

TEST_CASE("Decisions have the mean that the protection rate says") {
  const std::size_t n = crowd_size();
  Scenario s = scenario(static_cast<int>(n));
  LeverValues& alpha = levers(s, kAlpha);
  alpha.set<"recognition">(0.8);
  alpha.set<"other_protection">(0.3);
  alpha.set<"recognition_record">(0.1);
  alpha.set<"detection">(0.6);
  alpha.set<"language_analysis">(0.5);
  alpha.set<"closure">(0.1);
  alpha.set<"safe_country">(0.4);
  alpha.set<"presumed_citizenship">(0.3);
  alpha.set<"accelerated">(0.3);
  alpha.set<"time_limit">(6.0);
  alpha.set<"evidence_months">(9.0);
  for (const bool record : {true, false}) {
    for (const bool genuine : {true, false}) {
      Court court(s, {record ? Trait::kRecord : Trait::kRestless,
                      genuine ? Trait::kGenuine : Trait::kRestless});
      Group group;
      group.record = record ? 1.0 : 0.0;
      group.genuine = genuine ? 1.0 : 0.0;
      CAPTURE(record, genuine);
      CHECK(agrees(court.protections(), n, protection_rate(alpha, group, s.parameters)));
    }
  }
}

TEST_CASE("A time limit cuts evidence short, and only evidence that takes longer") {
  const std::size_t n = crowd_size();
  Scenario s = scenario(static_cast<int>(n));
  levers(s, kAlpha).set<"evidence_months">(10.0);
  Court free(s, {});
  levers(s, kAlpha).set<"time_limit">(4.0);
  Court limited(s, {});
  for (std::size_t i = 0; i < 200; ++i) {
    const Move full = free.claim(i);
    CHECK_FALSE(full.hasty);
    CHECK(limited.claim(i).ready == std::min(full.ready, 4));
    CHECK(limited.claim(i).hasty == (full.ready > 4));
  }
  CHECK(
      agrees(limited.count([](const Move& move) { return move.hasty; }), n, std::exp(-4.5 / 10.0)));
}

TEST_CASE("The accelerated procedure takes its share of claims and of time") {
  const std::size_t n = crowd_size();
  Scenario s = scenario(static_cast<int>(n));
  s.parameters.set<"procedure.accelerated_time">(0.5);
  levers(s, kAlpha).set<"evidence_months">(40.0);
  Court regular(s, {});
  levers(s, kAlpha).set<"accelerated">(0.25);
  Court fast(s, {});
  CHECK(agrees(fast.count([](const Move& move) { return move.hasty; }), n, 0.25));
  for (std::size_t i = 0; i < 200; ++i) {
    const int full = regular.claim(i).ready;
    const Move move = fast.claim(i);
    if (move.hasty) {
      CHECK(std::abs(move.ready - 0.5 * full) <= 1.0);
    } else {
      CHECK(move.ready == full);
    }
  }
}

TEST_CASE("Detention takes its share of claimants") {
  const std::size_t n = crowd_size();
  Scenario s = scenario(static_cast<int>(n));
  levers(s, kAlpha).set<"detention">(0.3);
  Court court(s, {});
  CHECK(agrees(court.count([](const Move& move) { return move.detained; }), n, 0.3));
}

TEST_CASE("Nobody appeals against a refusal as manifestly unfounded, others by their right") {
  const std::size_t n = crowd_size();
  Scenario s = scenario(static_cast<int>(n));
  levers(s, kAlpha).set<"appeal">(0.1);
  levers(s, kAlpha).set<"appeal_right">(0.4);
  Court court(s, {});
  const auto appeals = [&](const Ruling& ruling) {
    return court.count(
        [&](const Move& move) { return may_appeal(court.state, court.month(0), move, ruling); });
  };
  CHECK(agrees(appeals({}), n, 0.4));
  CHECK(appeals({.record_found = true, .manifestly_unfounded = true}) == 0);
}

TEST_CASE("Coached stories help until they are known") {
  const std::size_t n = crowd_size();
  Scenario s = scenario(static_cast<int>(n));
  levers(s, kAlpha).set<"detection">(0.8);
  s.parameters.set<"broker.story_life">(50.0);
  Court court(s, {Trait::kRecord});
  const auto found = [&] {
    return court.count([&](Move move) {
      move.coaching = 0.5;
      return decide(court.state, court.month(0), move).record_found;
    });
  };
  CHECK(agrees(found(), n, 0.4));
  court.state.coached_cases[0] = 50.0;
  CHECK(coaching_left(court.state, s.parameters, 0) == Approx(std::exp(-1.0)));
  CHECK(agrees(found(), n, 0.8 * (1.0 - 0.5 * std::exp(-1.0))));
}

TEST_CASE("Coaching helps a false claim of origin through language analysis, not a true one") {
  const std::size_t n = crowd_size();
  Scenario s = scenario(static_cast<int>(n));
  levers(s, kAlpha).set<"recognition">(1.0);
  levers(s, kAlpha).set<"language_analysis">(1.0);
  s.parameters.set<"procedure.language_power">(0.8);
  s.parameters.set<"procedure.language_error">(0.1);
  for (const bool genuine : {true, false}) {
    Court court(s, {genuine ? Trait::kGenuine : Trait::kRestless});
    const std::size_t accepted = court.count([&](Move move) {
      move.coaching = 0.5;
      return decide(court.state, court.month(0), move).outcome == Outcome::kRecognised;
    });
    CHECK(agrees(accepted, n, genuine ? 0.9 : 0.6));
  }
}
