#include "model/path.h"

#include "catch.h"
#include "model/information.h"
#include "support/aborts.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

Scenario with_brokers() {
  Scenario s = scenario();
  s.brokers = {.slots = 3,
               .reach = 1.0,
               .capacity = 2,
               .fee = 1.0,
               .products = {{.place = kAlpha, .story = Story::kConceal, .share = 1.0}}};
  return s;
}

/// Another state of the same world: everything that a path holds is different.
void disturb_all(State& state) {
  Communities& communities = state.communities;
  for (CommunityTable* table : {&communities.news, &communities.positive, &communities.negative,
                                &state.signals.buzz, &state.signals.diaspora})
    table->setConstant(7.0);
  for (std::vector<double>* list :
       {&communities.public_positive, &communities.public_negative, &communities.kept_promises,
        &communities.broken_promises, &state.coached_cases, &state.signals.queue})
    list->assign(list->size(), 7.0);
  for (Broker& broker : state.brokers.slots) broker.price += 7.0;
}

/// Which channels of a state are as in a month of a path.
PathChannels same_as(const State& state, const PathMonth& path) {
  const Communities& communities = state.communities;
  return {communities.news == path.news,
          communities.positive == path.positive && communities.negative == path.negative &&
              communities.public_positive == path.public_positive &&
              communities.public_negative == path.public_negative &&
              communities.kept_promises == path.kept_promises &&
              communities.broken_promises == path.broken_promises,
          state.signals.buzz == path.buzz,
          state.signals.diaspora == path.diaspora,
          state.brokers == path.brokers && state.coached_cases == path.coached_cases,
          state.signals.queue == path.queue};
}

Month guided(const Stage& stage, int index, const Guide& guide) {
  return {.world = stage.world, .index = index, .key = stage.key, .guide = &guide};
}

}  // namespace

TEST_CASE("A guide replaces the channels that are followed, and no other") {
  Stage stage(with_brokers());
  Path path{.begin = 4, .months = {}};
  extend_path(path, stage.state);
  disturb_all(stage.state);
  extend_path(path, stage.state);
  REQUIRE(path.months.size() == 2);
  REQUIRE(same_as(stage.state, path.at(4)) == PathChannels{});
  for (std::size_t channel = 0; channel < kPathChannelNames.size(); ++channel) {
    CAPTURE(kPathChannelNames[channel]);
    State state = stage.state;
    Guide guide{.path = path, .follows = {}};
    guide.follows[channel] = true;
    follow_information(state, guided(stage, 4, guide));
    follow_brokers(state, guided(stage, 4, guide));
    CHECK(same_as(state, path.at(4)) == guide.follows);
    follow_information(state, guided(stage, 5, guide));
    follow_brokers(state, guided(stage, 5, guide));
    CHECK(state == stage.state);
  }
}

TEST_CASE("Without a guide a state keeps what it has") {
  Stage stage(with_brokers());
  const State before = stage.state;
  follow_information(stage.state, stage.month(3));
  follow_brokers(stage.state, stage.month(3));
  CHECK(stage.state == before);
}

TEST_CASE("Beliefs come from the news of the path and the evidence of the run") {
  Stage stage(scenario());
  Path path;
  extend_path(path, stage.state);
  stage.state.communities.news.setConstant(2.0);
  stage.state.communities.positive.setConstant(3.0);
  Guide guide{.path = path, .follows = {}};
  guide.follows[static_cast<std::size_t>(PathChannel::kAnnouncements)] = true;
  spread_information(stage.state, guided(stage, 0, guide));
  const Parameters& parameters = stage.world.parameters();
  const double kept = 3.0 * stage.world.evidence_kept;
  CHECK(stage.state.signals.belief(0, 0) == believed_chance(parameters.get<"belief.prior">(),
                                                            parameters.get<"belief.prior_weight">(),
                                                            kept, 0.0, 0.0));
}

TEST_CASE("The wait is worked out from the queue of the path and the run's own levers") {
  Scenario s = scenario();
  levers(s, kAlpha).set<"capacity">(4.0);
  Stage stage(s);
  stage.state.signals.queue = {20.0, 0.0};
  Path path;
  extend_path(path, stage.state);
  Guide guide{.path = path, .follows = {}};
  guide.follows[static_cast<std::size_t>(PathChannel::kQueues)] = true;
  spread_information(stage.state, guided(stage, 0, guide));
  CHECK(stage.state.signals.wait[0] == Approx(5.0));
  spread_information(stage.state, stage.month(1));
  CHECK(stage.state.signals.wait[0] == 0.0);
}

TEST_CASE("A path of other communities or other brokers is refused") {
  Stage stage(with_brokers());
  Scenario larger = with_brokers();
  larger.groups[0].arrivals = {{2000, 400}};
  larger.brokers.slots = 4;
  Stage other(larger);
  Path path;
  extend_path(path, other.state);
  Guide guide{.path = path, .follows = {}};
  guide.follows.fill(true);
  CHECK(ending_of([&] { follow_information(stage.state, guided(stage, 0, guide)); }).aborted);
  CHECK(ending_of([&] { follow_brokers(stage.state, guided(stage, 0, guide)); }).aborted);
}
