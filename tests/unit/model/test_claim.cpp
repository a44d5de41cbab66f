#include "model/claim.h"

#include <cmath>

#include "catch.h"
#include "support/court.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

namespace {

/// Lets a person take up life at the destination and file the claim, if there is one.
void arrive(State& state, const Month& month, Move move) {
  const Filing filing = draw_claim(state, month, move);
  count_change(state, take_up(state.people, move, filing));
  book_claim(state, month, move, filing);
  if (filing.claims) state.pending.file(move);
}

}  // namespace

TEST_CASE("Arrivals claim, except the share who never do") {
  const std::size_t n = sample_size(20'000);
  Scenario s = court(n);
  s.parameters.set<"claim.none">(0.15);
  Stage stage(s);
  for (std::size_t i = 0; i < n; ++i) arrive(stage.state, stage.month(2), move_of(i));
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
    arrive(with.state, with.month(0), move_of(i));
    arrive(without.state, without.month(0), move_of(i));
    Move move = move_of(i);
    move.channel = Channel::kBroker;
    arrive(brokered.state, brokered.month(0), move);
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
  arrive(stage.state, stage.month(0), move);
  CHECK(total<"declared_claims">(stage.state) == 1);
  CHECK(total<"applications">(stage.state) == 0);
  REQUIRE(stage.state.pending.size() == 1);
  CHECK(stage.state.pending.cases()[0].story == Story::kDeclare);
}

TEST_CASE("The evidence stage takes an exponential time in whole months, at least one") {
  const std::size_t n = sample_size(20'000);
  Scenario s = court(n);
  levers(s, kAlpha).set<"evidence_months">(4.0);
  Stage stage(s);
  for (std::size_t i = 0; i < n; ++i) arrive(stage.state, stage.month(5), move_of(i));
  std::vector<double> counts(40, 0.0), expected;
  for (const Move& move : stage.state.pending.cases()) {
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
