#include "engine/acceptance.h"

#include <algorithm>

#include "catch.h"
#include "support/attention.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("Candidates under their people's hazards are accepted, in order, on any threads") {
  Scenario s = crowd(60'000);
  s.communities.size = 100;
  s.parameters.set<"attention.base">(0.2);
  s.parameters.set<"attention.restless_share">(0.5);
  Stage stage(s);
  for (std::size_t i = 0; i < stage.state.people.size(); i += 7)
    stage.state.people.rows[i].status = Status::kPending;
  const Month month = stage.month(0);
  const std::vector<double> shared = hazards(stage.state, 0.1);
  ThreadTeam alone(1);
  AttentionCalendar calendar;
  calendar.open(stage.state, month, shared, alone);
  const std::vector<Candidate> candidates = together(calendar.of_month(0));
  std::vector<Candidate> expected;
  for (const Candidate& candidate : in_order(candidates)) {
    const PersonId id = candidate.person;
    if (stage.state.people.rows[id.index()].status == Status::kSettled &&
        candidate.height < personal_hazard(stage.state, month, id, 0.1))
      expected.push_back(candidate);
  }
  REQUIRE(expected.size() > 5000);
  REQUIRE(expected.size() < candidates.size());
  for (const int threads : {1, 2, 4}) {
    ThreadTeam team(threads);
    std::vector<Candidate> copy = candidates;
    const std::span<Candidate> all(copy);
    const CandidateParts parts{all.first(10), all.subspan(10, 3000), {}, all.subspan(3010)};
    CHECK(std::ranges::equal(accept(stage.state, month, parts, shared, team), expected));
  }
}
