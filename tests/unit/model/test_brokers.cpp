#include "model/brokers.h"

#include <cmath>
#include <numeric>

#include "catch.h"
#include "support/small_world.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

namespace {

constexpr std::size_t kAlphaConceal = product_of(0, Story::kConceal);
constexpr std::size_t kBetaConceal = product_of(1, Story::kConceal);

/// `slots` brokers who serve everybody and all sell the way to alpha; no chance in their lives.
Scenario market(int slots) {
  Scenario s = scenario(20);
  s.brokers = {.slots = slots,
               .reach = 1.0,
               .capacity = 5,
               .fee = 2,
               .credit = 3,
               .products = {{kAlpha, Story::kConceal, 1.0}}};
  s.parameters.set<"broker.review_months">(1.0);
  s.parameters.set<"broker.threshold">(0.4);
  s.parameters.set<"broker.explore">(0.0);
  s.parameters.set<"broker.exit">(0.0);
  s.parameters.set<"broker.entry">(0.0);
  return s;
}

std::size_t count_active(const State& state) {
  std::size_t count = 0;
  for (const Broker& broker : state.brokers.slots) count += broker.active ? 1 : 0;
  return count;
}

std::size_t count_sellers(const State& state, std::size_t product) {
  std::size_t count = 0;
  for (const Broker& broker : state.brokers.slots) count += broker.offers[product];
  return count;
}

void believe(State& state, double alpha, double beta) { state.signals.mean_belief = {alpha, beta}; }

}  // namespace

TEST_CASE("Every product has a number of its own") {
  CHECK(product_of(0, Story::kConceal) == 0);
  CHECK(product_of(0, Story::kDeclare) == 1);
  CHECK(product_of(3, Story::kConceal) == 6);
}

TEST_CASE("At the start every slot has a broker, who sells each product by its share") {
  const std::size_t n = sample_size(5'000);
  Scenario s = market(static_cast<int>(n));
  s.brokers.reach = 0.3;
  s.brokers.products = {{kAlpha, Story::kConceal, 0.6}, {kBeta, Story::kDeclare, 0.2}};
  const Stage stage(s);
  CHECK(count_active(stage.state) == n);
  CHECK(agrees(count_sellers(stage.state, kAlphaConceal), n, 0.6));
  CHECK(agrees(count_sellers(stage.state, product_of(1, Story::kDeclare)), n, 0.2));
  CHECK(count_sellers(stage.state, kBetaConceal) == 0);
  for (const auto& serving : stage.state.brokers.serving) {
    CHECK(agrees(serving.size(), n, 0.3));
    CHECK(std::is_sorted(serving.begin(), serving.end()));
  }
}

TEST_CASE("Capacity and price vary log-normally around the plan's, coaching up to its largest") {
  const std::size_t n = sample_size(5'000);
  Scenario s = market(static_cast<int>(n));
  s.parameters.set<"broker.coaching">(0.4);
  const Stage stage(s);
  std::vector<double> capacity, price, coaching;
  for (const Broker& broker : stage.state.brokers.slots) {
    capacity.push_back(std::log(broker.capacity / 5.0) / 0.3);
    price.push_back(std::log(broker.price / 2.0) / 0.3);
    coaching.push_back(broker.coaching / 0.4);
    if (broker.price != broker.first_price) FAIL("a first price differs from the price");
  }
  const auto normal_cdf = [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); };
  CHECK(kolmogorov_excess(capacity, normal_cdf) < 1.0);
  CHECK(kolmogorov_excess(price, normal_cdf) < 1.0);
  CHECK(kolmogorov_excess(coaching, [](double x) { return x; }) < 1.0);
}

TEST_CASE("A broker's belief blends clients' outcomes, other brokers' and what people believe") {
  Scenario s = market(3);
  s.parameters.set<"broker.imitation">(0.1);
  s.parameters.set<"broker.own_evidence">(0.6);
  s.parameters.set<"belief.prior_weight">(5.0);
  Stage stage(s);
  believe(stage.state, 0.7, 0.2);
  CHECK(product_success(stage.state, s.parameters, 1, kAlphaConceal) == Approx(0.7));
  Brokers& brokers = stage.state.brokers;
  report_client_outcome(brokers, 1, 0, kAlphaConceal, 0.0, 4.0);
  report_client_outcome(brokers, 2, 0, kAlphaConceal, 3.0, 0.0);
  const double own = (5.0 * 0.7 + 0.3) / (5.0 + 4.0 + 0.3);
  CHECK(product_success(stage.state, s.parameters, 1, kAlphaConceal) ==
        Approx(0.6 * own + 0.4 * 0.7));
  CHECK(product_success(stage.state, s.parameters, 1, kBetaConceal) == Approx(0.2));
}

TEST_CASE("The outcome of a client of an earlier broker in the slot is nobody's experience") {
  Stage stage(market(1));
  Broker& broker = stage.state.brokers.slots[0];
  broker.generation = 2;
  report_client_outcome(stage.state.brokers, 0, 1, kAlphaConceal, 1.0, 0.0);
  CHECK(broker.positive[kAlphaConceal] == 0.0);
  report_client_outcome(stage.state.brokers, 0, 2, kAlphaConceal, 1.0, 0.0);
  CHECK(broker.positive[kAlphaConceal] == 1.0);
  broker.active = false;
  report_client_outcome(stage.state.brokers, 0, 2, kAlphaConceal, 1.0, 0.0);
  CHECK(broker.positive[kAlphaConceal] == 1.0);
}

TEST_CASE("A product is dropped when its believed success falls under the threshold") {
  Stage stage(market(20));
  believe(stage.state, 0.41, 0.9);
  review_brokers(stage.state, stage.month(0));
  CHECK(count_sellers(stage.state, kAlphaConceal) == 20);
  believe(stage.state, 0.39, 0.9);
  review_brokers(stage.state, stage.month(1));
  CHECK(count_sellers(stage.state, kAlphaConceal) == 0);
}

TEST_CASE("Brokers review their products in turn") {
  Scenario s = market(6);
  s.parameters.set<"broker.review_months">(3.0);
  Stage stage(s);
  believe(stage.state, 0.1, 0.9);
  for (int month = 0; month < 3; ++month) {
    CHECK(count_sellers(stage.state, kAlphaConceal) == 6u - 2u * static_cast<std::size_t>(month));
    review_brokers(stage.state, stage.month(month));
  }
  CHECK(count_sellers(stage.state, kAlphaConceal) == 0);
}

TEST_CASE("Brokers explore by chance, and more eagerly when they have nothing left to sell") {
  const std::size_t n = sample_size(5'000);
  Scenario s = market(static_cast<int>(n));
  s.parameters.set<"broker.explore">(0.05);
  s.parameters.set<"broker.desperation">(6.0);
  s.parameters.set<"broker.threshold">(0.4);
  Stage busy(s);
  believe(busy.state, 0.9, 0.9);
  review_brokers(busy.state, busy.month(0));
  CHECK(agrees(count_sellers(busy.state, kBetaConceal), n, 0.05));
  CHECK(count_sellers(busy.state, kAlphaConceal) == n);

  Stage desperate(s);
  believe(desperate.state, 0.1, 0.9);
  review_brokers(desperate.state, desperate.month(0));
  CHECK(agrees(
      count_sellers(desperate.state, kAlphaConceal) + count_sellers(desperate.state, kBetaConceal),
      n, 0.3));
}

TEST_CASE("A new product is picked by a logit on believed success and recent movers") {
  const std::size_t n = sample_size(5'000);
  Scenario s = market(static_cast<int>(n));
  s.parameters.set<"broker.explore">(1.0);
  s.parameters.set<"broker.greed">(2.0);
  s.parameters.set<"broker.demand">(0.5);
  s.brokers.products[0].share = 0.0;
  Stage stage(s);
  believe(stage.state, 0.9, 0.5);
  stage.state.communities.all_departures = {4.0, 25.0};
  review_brokers(stage.state, stage.month(0));
  const double alpha = std::exp(2.0 * 0.9) * (0.5 + 0.5 * 2.0);
  const double beta = std::exp(2.0 * 0.5) * (0.5 + 0.5 * 5.0);
  CHECK(count_sellers(stage.state, kAlphaConceal) + count_sellers(stage.state, kBetaConceal) == n);
  CHECK(agrees(count_sellers(stage.state, kAlphaConceal), n, alpha / (alpha + beta)));
}

TEST_CASE("A story that nobody sells in this world is never taken up") {
  Scenario s = market(50);
  s.parameters.set<"broker.explore">(1.0);
  Stage stage(s);
  believe(stage.state, 0.9, 0.9);
  for (int month = 0; month < 12; ++month) review_brokers(stage.state, stage.month(month));
  CHECK(count_sellers(stage.state, kAlphaConceal) == 50);
  CHECK(count_sellers(stage.state, kBetaConceal) == 50);
  CHECK(count_sellers(stage.state, product_of(0, Story::kDeclare)) == 0);
  CHECK(count_sellers(stage.state, product_of(1, Story::kDeclare)) == 0);
}

TEST_CASE("Enforcement at home and where products lead arrests at the sum of its hazards") {
  const std::size_t n = sample_size(5'000);
  Scenario s = market(static_cast<int>(n));
  levers(s, kHome).set<"enforcement">(0.02);
  levers(s, kAlpha).set<"enforcement">(0.06);
  levers(s, kBeta).set<"enforcement">(5.0);  // nobody sells it
  Stage stage(s);
  believe(stage.state, 0.9, 0.9);
  for (int month = 0; month < 5; ++month) {
    review_brokers(stage.state, stage.month(month));
    CHECK(agrees(count_active(stage.state), n, std::exp(-0.08 * (month + 1))));
  }
  CHECK(static_cast<std::size_t>(total<"broker_arrests">(stage.state)) ==
        n - count_active(stage.state));
  for (const auto& serving : stage.state.brokers.serving)
    CHECK(serving.size() == count_active(stage.state));
}

TEST_CASE(
    "Without enforcement nobody is arrested, and under the strictest nearly everybody is at once") {
  Scenario s = market(200);
  Stage calm(s);
  believe(calm.state, 0.9, 0.9);
  for (int month = 0; month < 36; ++month) review_brokers(calm.state, calm.month(month));
  CHECK(count_active(calm.state) == 200);
  levers(s, kHome).set<"enforcement">(10.0);
  Stage strict(s);
  believe(strict.state, 0.9, 0.9);
  review_brokers(strict.state, strict.month(0));
  CHECK(count_active(strict.state) <= 1);
  CHECK(recruiting_pressures(strict.state)[0] <= 1.0 / 200.0);
}

TEST_CASE("An empty slot is filled at the hazard of entry by a newcomer with one product") {
  const std::size_t n = sample_size(5'000);
  Scenario s = market(static_cast<int>(n));
  s.parameters.set<"broker.entry">(0.05);
  Stage stage(s);
  believe(stage.state, 0.9, 0.9);
  for (Broker& broker : stage.state.brokers.slots) {
    broker.active = false;
    broker.offers.assign(broker.offers.size(), 0);
  }
  for (auto& serving : stage.state.brokers.serving) serving.clear();
  // While no broker works, profit counts as that of one client a month.
  review_brokers(stage.state, stage.month(0));
  const std::size_t entered = count_active(stage.state);
  CHECK(agrees(entered, n, 1.0 - std::exp(-0.05)));
  CHECK(stage.state.brokers.serving[0].size() == entered);
  std::size_t products = 0;
  for (const Broker& broker : stage.state.brokers.slots) {
    if (!broker.active) continue;
    CHECK(broker.generation == 1);
    products +=
        static_cast<std::size_t>(std::accumulate(broker.offers.begin(), broker.offers.end(), 0));
  }
  CHECK(products == entered);
}

TEST_CASE("Entry follows the profit of those at work") {
  const std::size_t n = sample_size(5'000);
  const auto entered = [&](double margin) {
    Scenario s = market(static_cast<int>(n));
    s.parameters.set<"broker.entry">(0.05);
    Stage stage(s);
    believe(stage.state, 0.9, 0.9);
    for (std::size_t slot = 1; slot < n; ++slot) stage.state.brokers.slots[slot].active = false;
    // Income fades, so a steady income piles up to this many months of it.
    stage.state.brokers.slots[0].margin = margin / (1.0 - stage.world.buzz_kept);
    review_brokers(stage.state, stage.month(0));
    return count_active(stage.state) - 1;
  };
  CHECK(entered(0.0) == 0);
  CHECK(agrees(entered(6.0), n - 1, 1.0 - std::exp(-0.05 * 3.0)));
  CHECK(agrees(entered(1e6), n - 1, 1.0 - std::exp(-0.05 * 10.0)));
}

TEST_CASE("A broker without products and clients gives up at the hazard of exit") {
  const std::size_t n = sample_size(5'000);
  Scenario s = market(static_cast<int>(n));
  s.brokers.products[0].share = 0.0;
  s.parameters.set<"broker.exit">(0.2);
  Stage stage(s);
  believe(stage.state, 0.1, 0.1);
  stage.state.brokers.slots[0].demand = 1.0;
  review_brokers(stage.state, stage.month(0));
  CHECK(agrees(count_active(stage.state), n, std::exp(-0.2)));
  CHECK(stage.state.brokers.slots[0].active);
  CHECK(total<"broker_arrests">(stage.state) == 0);
}

TEST_CASE("The price rises with demand, falls without, and stays between floor and ceiling") {
  Scenario s = market(3);
  s.parameters.set<"broker.price_step">(0.1);
  s.parameters.set<"broker.price_floor">(0.5);
  s.parameters.set<"broker.price_ceiling">(1.5);
  Stage stage(s);
  believe(stage.state, 0.9, 0.9);
  std::vector<Broker>& slots = stage.state.brokers.slots;
  for (Broker& broker : slots) {
    broker.capacity = 4.0;
    broker.price = broker.first_price = 2.0;
  }
  slots[0].demand = 6.0;
  slots[1].demand = 4.0;
  slots[2].demand = 0.0;
  review_brokers(stage.state, stage.month(0));
  CHECK(slots[0].price == Approx(2.0 * 1.05));
  CHECK(slots[1].price == Approx(2.0));
  CHECK(slots[2].price == Approx(2.0 * 0.9));
  slots[0].demand = 1e9;
  review_brokers(stage.state, stage.month(1));
  CHECK(slots[0].price == Approx(2.0 * 1.05 * 1.1));
  for (int month = 2; month < 36; ++month) review_brokers(stage.state, stage.month(month));
  CHECK(slots[0].price == Approx(3.0));
  CHECK(slots[2].price == Approx(1.0));
}

TEST_CASE("Brokers recruit with the share of their capacity that is free") {
  Stage stage(market(4));
  believe(stage.state, 0.9, 0.9);
  std::vector<Broker>& slots = stage.state.brokers.slots;
  for (Broker& broker : slots) broker.capacity = 4.0;
  slots[0].demand = 1.0;
  slots[1].demand = 9.0;
  slots[2].offers.assign(4, 0);
  review_brokers(stage.state, stage.month(0));
  CHECK(slots[0].pull == Approx(0.75));
  CHECK(slots[1].pull == 0.0);
  CHECK(slots[2].pull == 0.0);
  CHECK(slots[3].pull == Approx(1.0));
  CHECK(recruiting_pressures(stage.state)[0] == Approx(1.75 / 4.0));
  stage.state.brokers.serving[0] = {0, 1};
  CHECK(recruiting_pressures(stage.state)[0] == Approx(0.75 / 4.0));
}

TEST_CASE("A community without brokers is not recruited from") {
  Stage stage(scenario());
  CHECK(recruiting_pressures(stage.state)[0] == 0.0);
}

TEST_CASE("The fraction of a client carries over to the next month") {
  Stage stage(market(1));
  believe(stage.state, 0.9, 0.9);
  Broker& broker = stage.state.brokers.slots[0];
  broker.capacity = 2.5;
  broker.room = 0.5;
  review_brokers(stage.state, stage.month(0));
  CHECK(broker.room == Approx(3.0));
}

TEST_CASE("At most one unused place carries over") {
  Stage stage(market(1));
  believe(stage.state, 0.9, 0.9);
  Broker& broker = stage.state.brokers.slots[0];
  broker.capacity = broker.room = 4.0;
  for (int month = 0; month < 5; ++month) review_brokers(stage.state, stage.month(month));
  CHECK(broker.room == 5.0);
}

TEST_CASE("Evidence and income of brokers fade") {
  Stage stage(market(1));
  believe(stage.state, 0.9, 0.9);
  Broker& broker = stage.state.brokers.slots[0];
  broker.positive[0] = broker.negative[0] = broker.margin = 1.0;
  review_brokers(stage.state, stage.month(0));
  CHECK(broker.positive[0] == Approx(stage.world.evidence_kept));
  CHECK(broker.negative[0] == Approx(stage.world.evidence_kept));
  CHECK(broker.margin == Approx(stage.world.buzz_kept));
}

TEST_CASE("Brokers who are held do nothing at all") {
  Scenario s = market(30);
  levers(s, kHome).set<"enforcement">(10.0);
  s.parameters.set<"broker.explore">(1.0);
  s.interaction.brokers = ChannelMode::kHeld;
  Stage stage(s);
  believe(stage.state, 0.0, 0.9);
  const Brokers before = stage.state.brokers;
  for (int month = 0; month < 5; ++month) review_brokers(stage.state, stage.month(month));
  CHECK(stage.state.brokers == before);
}
