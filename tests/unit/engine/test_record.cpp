#include "engine/record.h"

#include "catch.h"
#include "model/announcements.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

TEST_CASE("Stocks of people and cases are those at the end of the month") {
  Stage stage(scenario());
  State& state = stage.state;
  set_standing(state, PersonId{0}, kAlpha, Status::kPending);
  set_standing(state, PersonId{1}, kAlpha, Status::kPending);
  set_standing(state, PersonId{2}, kHome, Status::kReturnedOrigin);
  state.pending.file({.person = PersonId{0}, .place = kAlpha});
  state.pending.file({.person = PersonId{1}, .place = kAlpha});
  record(state, stage.month(4));
  const auto stock = [&](PlaceId place, Status status) {
    return state.measures.count<"stock">(4, place.index(), static_cast<std::size_t>(status));
  };
  CHECK(stock(kHome, Status::kSettled) == 117);
  CHECK(stock(kAlpha, Status::kPending) == 2);
  CHECK(stock(kHome, Status::kReturnedOrigin) == 1);
  CHECK(state.measures.count<"pending">(4, 0, 0) == 2);
  CHECK(state.measures.count<"pending">(4, 1, 0) == 0);
  CHECK(state.measures.count<"stock">(3, kHome.index(), 0) == 0);
  // Who has left the model lives no months in it.
  CHECK(state.measures.person_months == 119);
}

TEST_CASE("The debt of all clients is summed") {
  Stage stage(scenario());
  stage.state.debtors = {3, 5};
  stage.state.people.rows[3].debt = 1.5f;
  stage.state.people.rows[5].debt = 2.25f;
  record(stage.state, stage.month(0));
  CHECK(stage.state.measures.value<"client_debt">(0) == 3.75f);
}

TEST_CASE("Beliefs, hearing, waits and true rates are recorded by destination") {
  Scenario s = scenario(20);
  s.groups[0].record = 0.5;
  levers(s, kBeta).set<"recognition">(0.8);
  levers(s, kBeta).set<"detection">(1.0);
  s.policy = {change(s.start + 2, kBeta, lever_index<"recognition">(), 0.4, Publicity::kSilent)};
  Stage stage(s);
  State& state = stage.state;
  state.signals.mean_belief = {0.25, 0.75};
  state.signals.wait = {3.0, 4.0};
  state.communities.heard(1, 0) = 0.5;
  state.communities.heard(1, 1) = 1.0;
  record(state, stage.month(1));
  record(state, stage.month(2));
  CHECK(state.measures.value<"belief">(1, 1) == 0.75f);
  CHECK(state.measures.value<"expected_wait">(1, 0) == 3.0f);
  CHECK(state.measures.value<"heard">(1, 0) == 0.0f);
  CHECK(state.measures.value<"heard">(1, 1) == 0.75f);
  CHECK(state.measures.value<"true_rate">(1, 1, 0) == Approx(0.5 * 0.8));
  CHECK(state.measures.value<"true_rate">(2, 1, 0) == Approx(0.5 * 0.4));
}

TEST_CASE("Communities that have not opened have no share in what is heard") {
  Scenario s = scenario(20);
  s.groups[0].arrivals = {{2000, 10}, {2003, 10}};
  s.policy = {change(s.start, kAlpha, lever_index<"recognition">(), 0.4, Publicity::kLoud)};
  Stage stage(s);
  REQUIRE(stage.state.communities.joined[0] == 10);
  REQUIRE(stage.state.communities.joined[1] == 0);
  spread_announcements(stage.state.communities, stage.month(0));
  const double heard = stage.state.communities.heard(0, 0);
  CHECK(heard > 0.0);
  record(stage.state, stage.month(0));
  CHECK(stage.state.measures.value<"heard">(0, 0) == static_cast<float>(heard));
}

TEST_CASE("Brokers at work, their prices and their offers are recorded") {
  Scenario s = scenario(20);
  s.brokers = {.slots = 3,
               .reach = 1.0,
               .capacity = 5,
               .fee = 2,
               .products = {{kAlpha, Story::kConceal, 1.0}, {kBeta, Story::kDeclare, 1.0}}};
  Stage stage(s);
  State& state = stage.state;
  state.brokers.slots[1].active = false;
  state.brokers.slots[2].offers[product_of(1, Story::kDeclare)] = 0;
  state.brokers.slots[2].price = 2.5;
  record(state, stage.month(0));
  CHECK(state.measures.count<"brokers_active">(0) == 2);
  CHECK(state.measures.count<"broker_offers">(0, 0, 0) == 2);
  CHECK(state.measures.count<"broker_offers">(0, 1, 1) == 1);
  CHECK(state.measures.count<"broker_offers">(0, 1, 0) == 0);
  CHECK(state.measures.value<"broker_price">(0, 1) == 0.0f);
  CHECK(state.measures.value<"broker_price">(0, 2) == 2.5f);
}
