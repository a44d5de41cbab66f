#include "engine/attention_calendar.h"

#include "catch.h"
#include "model/arrivals.h"
#include "support/attention.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("Candidates lie in the month that they are kept for") {
  const Stage stage(crowd(100));
  AttentionCalendar calendar;
  ThreadTeam team(1);
  for (int month = 12; month < 36; ++month) {
    calendar.open(stage.state, stage.month(month), hazards(stage.state, 20.0), team);
    const std::vector<Candidate> candidates = together(calendar.of_month(month));
    CHECK(candidates.size() > 500);
    bool all = true;
    for (const Candidate& candidate : candidates)
      all = all && candidate.time >= month && candidate.time < month + 1;
    CHECK(all);
  }
}

TEST_CASE("Bands that open late have the candidates of bands that were always open") {
  Stage stage(crowd(200));
  ThreadTeam team(1);
  AttentionCalendar late, always;
  const Parameters& parameters = stage.world.parameters();
  for (int month = 0; month < 36; ++month) {
    // Upwards, so that bands open in the middle of blocks.
    const double bound = month % 12 < 5 ? 0.001 : month % 12 < 8 ? 0.1 : 2.0;
    late.open(stage.state, stage.month(month), hazards(stage.state, bound), team);
    always.open(stage.state, stage.month(month), hazards(stage.state, 100.0), team);
    const double reach = kBandEdges[bands_reached(hazard_bound(parameters, bound))];
    std::vector<Candidate> expected;
    for (const Candidate& candidate : together(always.of_month(month))) {
      if (candidate.height < reach) expected.push_back(candidate);
    }
    CAPTURE(month);
    CHECK(in_order(together(late.of_month(month))) == in_order(expected));
  }
}

TEST_CASE("Newcomers have their candidates from the month of arrival on") {
  Scenario s = crowd(12);
  s.groups[0].arrivals[2001] = 120;
  s.communities.size = 1000;
  Stage stage(s);
  Stage known(s);
  ThreadTeam team(1);
  AttentionCalendar calendar, hindsight;
  for (int month = 0; month < 12; ++month) admit_arrivals(known.state, known.month(month));
  for (int month = 0; month < 12; ++month) {
    admit_arrivals(stage.state, stage.month(month));
    calendar.open(stage.state, stage.month(month), hazards(stage.state, 2.0), team);
    hindsight.open(known.state, known.month(month), hazards(known.state, 2.0), team);
    std::vector<Candidate> expected;
    for (const Candidate& candidate : together(hindsight.of_month(month))) {
      if (candidate.person.index() < stage.state.people.size()) expected.push_back(candidate);
    }
    CAPTURE(month);
    CHECK(in_order(together(calendar.of_month(month))) == in_order(expected));
    CHECK_FALSE(expected.empty());
  }
}
