#include "model/life.h"
#include "model/witness.h"

#include <algorithm>

#include "catch.h"
#include "model/commitment.h"
#include "model/journey.h"
#include "run/signature_world.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

/// The signature world as its first month finds it, beliefs and brokers laid out by hand.
struct Market : Stage {
  Market() : Stage(signature_scenario()) {
    for (std::size_t d = 0; d < world.destinations.size(); ++d)
      set_belief(state, d, 0.3 + 0.1 * static_cast<double>(d));
    state.signals.diaspora.setConstant(3.0);
  }
};

void check_accounts(const Market& market, const Consideration& occasion) {
  const ChoiceSet set = weigh(market.state, market.month(0), occasion);
  const std::vector<Weighed> all = explain(market.state, market.month(0), occasion);
  REQUIRE(all.size() == set.size);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Alternative& told = all[i].alternative;
    const Alternative& real = set.alternatives[i];
    CHECK(told.intent == real.intent);
    CHECK(told.place == real.place);
    CHECK(told.broker == real.broker);
    CHECK(told.story == real.story);
    CHECK(told.utility == real.utility);
    CHECK(told.error == real.error);
    double sum = 0.0;
    for (const double term : all[i].terms) sum += term;
    CHECK(sum == Approx(real.utility).margin(1e-12));
  }
}

template <class What>
std::size_t count(const std::vector<Event>& events) {
  return static_cast<std::size_t>(
      std::count_if(events.begin(), events.end(),
                    [](const Event& event) { return std::holds_alternative<What>(event.what); }));
}

}  // namespace

TEST_CASE("An account has the alternatives that are chosen from, and its terms add up") {
  const Market market;
  std::size_t with_broker = 0;
  for (std::size_t i = 0; i < 200; ++i) {
    const PersonId id{i};
    check_accounts(market, {.person = id, .key = 7});
    check_accounts(market, {.person = id, .key = 7, .sunk = 1.5});
    check_accounts(market, {.person = id, .key = 9, .after_refusal = true});
    for (const Weighed& w : explain(market.state, market.month(0), {.person = id, .key = 7}))
      with_broker += w.alternative.broker != kNoBroker ? 1 : 0;
  }
  CHECK(with_broker > 100);  // so both ways of going were compared
}

TEST_CASE("An account tells a broker's price and claim, and what the person makes of it") {
  const Market market;
  const Parameters& parameters = market.world.parameters();
  std::size_t offers = 0;
  for (std::size_t i = 0; i < 50; ++i) {
    for (const Weighed& w : explain(market.state, market.month(0), {.person = PersonId{i}})) {
      if (w.alternative.broker == kNoBroker) {
        CHECK(w.price == 0.0);
        CHECK(w.alternative.belief == w.own_belief);
        continue;
      }
      ++offers;
      CHECK(w.price == market.state.brokers.slots[w.alternative.broker].price);
      const double own = story_belief(parameters, w.own_belief, w.alternative.story);
      CHECK(w.claimed == Approx(own + 0.4 * (1.0 - own)));
      CHECK(w.alternative.belief ==
            Approx(own + parameters.get<"broker.trust">() * (w.claimed - own)));
    }
  }
  CHECK(offers > 0);
}

TEST_CASE("A term is what its name says") {
  Scenario s = scenario(5);
  s.places[kAlpha.index()].attraction = -0.7;
  levers(s, kAlpha).set<"work_right">(0.5);
  s.parameters.set<"choice.work_right">(0.3);
  const Stage stage(s);
  const auto all = explain(stage.state, stage.month(0), {.sunk = 2.5});
  const auto term = [](const Weighed& w, Term which) {
    return w.terms[static_cast<std::size_t>(which)];
  };
  for (const Weighed& w : all) {
    const bool alpha = w.alternative.intent == Intent::kGo && w.alternative.place == kAlpha;
    CHECK(term(w, Term::kAttraction) == (alpha ? -0.7 : 0.0));
    CHECK(term(w, Term::kWorkRight) == (alpha ? 0.15 : 0.0));
    CHECK(term(w, Term::kSunk) == (w.alternative.intent == Intent::kStay ? -2.5 : 0.0));
  }
}

TEST_CASE("A witness hears of its person and of nobody else, and changes no choice") {
  Stage stage(scenario(20));
  const PersonId watched{3};
  std::vector<Event> events;
  const Witness witness{stage.state.people.entity_of(watched),
                        [&events](const Event& event) { events.push_back(event); }};
  Month month = stage.month(0);
  std::vector<Choice> alone;
  for (std::size_t i = 0; i < 20; ++i)
    alone.push_back(choose(stage.state, month, {.person = PersonId{i}, .key = 4}));
  month.witness = &witness;
  for (std::size_t i = 0; i < 20; ++i) {
    const Choice seen = choose(stage.state, month, {.person = PersonId{i}, .key = 4});
    CHECK(seen.chosen.intent == alone[i].chosen.intent);
    CHECK(seen.chosen.utility == alone[i].chosen.utility);
  }
  REQUIRE(events.size() == 1);
  const auto& considered = std::get<event::Considered>(events[0].what);
  CHECK(considered.occasion.person == watched);
  const Alternative& told = considered.alternatives[considered.chosen].alternative;
  CHECK(told.intent == alone[3].chosen.intent);
  CHECK(told.place == alone[3].chosen.place);
}

TEST_CASE("A journey is told step by step, with what was paid and what is owed") {
  Scenario s = scenario(5);
  s.parameters.set<"commitment.preparation">(0.0);
  s.places[kAlpha.index()].travel_cost = 10.0;
  s.parameters.set<"broker.credit_cost">(0.5);
  Stage stage(s);
  std::vector<Event> events;
  const Witness witness{stage.state.people.entity_of(PersonId{0}),
                        [&events](const Event& event) { events.push_back(event); }};
  Month month = stage.month(0);
  month.witness = &witness;
  set_belief(stage.state, 0, 0.5);
  const Choice choice{.occasion = {.person = PersonId{0}},
                      .chosen = {.intent = Intent::kGo, .place = kAlpha, .belief = 0.5}};
  const double own = savings(stage.state.people, PersonId{0}, month);
  commit(stage.state, month, {&choice, 1});
  prepare(stage.state, month);
  travel(stage.state, month);
  REQUIRE(events.size() == 4);
  CHECK(std::get<event::Committed>(events[0].what).ready == 0);
  const auto& departed = std::get<event::Departed>(events[1].what);
  CHECK(departed.from == kHome);
  CHECK(departed.cost == 10.0);
  CHECK(departed.own == own);
  CHECK(departed.owed == Approx((10.0 - own) * 1.5));
  CHECK_FALSE(std::get<event::JourneyEnded>(events[2].what).stopped);
  CHECK(std::get<event::Claim>(events[3].what).filed);
  CHECK(count<event::Departed>(events) == 1);
}
