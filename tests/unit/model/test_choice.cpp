#include "model/choice.h"

#include <algorithm>
#include <cmath>

#include "catch.h"
#include "core/distributions.h"
#include "model/purpose.h"
#include "support/small_world.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

namespace {

const RunKey kRun = run_key(6, 0);

std::uint16_t bits(std::initializer_list<Trait> traits) {
  std::uint16_t all = 0;
  for (const Trait trait : traits)
    all = static_cast<std::uint16_t>(all | static_cast<std::uint16_t>(trait));
  return all;
}

/// Everybody has the same tastes and none of the smaller terms of utility matters.
Scenario plain() {
  Scenario s = scenario(20);
  Parameters& p = s.parameters;
  p.set<"choice.protection_spread">(0.0);
  p.set<"choice.diaspora_spread">(0.0);
  p.set<"choice.school_spread">(0.0);
  p.set<"choice.cost_spread">(0.0);
  p.set<"life.satisfaction_end">(p.get<"life.satisfaction_start">());
  return s;
}

/// The first alternative of this kind (and place, of those who go).
Alternative find(const ChoiceSet& set, Intent intent, PlaceId place = kAlpha) {
  for (const Alternative& alternative : set.all()) {
    if (alternative.intent == intent && (intent != Intent::kGo || alternative.place == place))
      return alternative;
  }
  FAIL("no such alternative");
  return {};
}

Alternative weigh_one(const Stage& stage, Intent intent, PlaceId place = kAlpha,
                      Consideration occasion = {}) {
  return find(weigh(stage.state, stage.month(0), occasion), intent, place);
}

}  // namespace

TEST_CASE("Places share the error of a subnest only where they are in the same") {
  Scenario s = plain();
  s.parameters.set<"choice.dissimilarity">(0.8);
  s.parameters.set<"choice.subnest_dissimilarity">(0.2);
  const std::size_t n = sample_size(20'000);
  const auto difference_excess = [&](double scale) {
    const Stage stage(s);
    std::vector<double> differences;
    for (std::uint32_t i = 0; i < n; ++i) {
      const ChoiceSet set = weigh(stage.state, stage.month(0), {.key = i});
      differences.push_back(
          (find(set, Intent::kGo, kAlpha).error - find(set, Intent::kGo, kBeta).error) / scale);
    }
    // The difference of two independent Gumbel errors is logistic.
    return kolmogorov_excess(differences, [](double x) { return 1.0 / (1.0 + std::exp(-x)); });
  };
  CHECK(difference_excess(0.8) < 1.0);  // neither is in one
  s.places[kAlpha.index()].nest = "islands";
  CHECK(difference_excess(0.8) < 1.0);
  s.places[kBeta.index()].nest = "islands";
  CHECK(difference_excess(0.2) < 1.0);
}

TEST_CASE("A settled person can stay, return to the origin or go to each destination") {
  const Stage stage(plain());
  const ChoiceSet set = weigh(stage.state, stage.month(0), {});
  REQUIRE(set.size == 4);
  CHECK(set.alternatives[0].intent == Intent::kStay);
  CHECK(set.alternatives[0].place == kHome);
  CHECK(set.alternatives[1].intent == Intent::kReturnOrigin);
  CHECK(set.alternatives[2].place == kAlpha);
  CHECK(set.alternatives[3].place == kBeta);
  const Parameters& p = stage.world.parameters();
  CHECK(set.alternatives[1].utility ==
        p.get<"choice.return_origin">() - p.get<"choice.return_fear">());
}

TEST_CASE("The utility of staying adds up its terms") {
  Scenario s = plain();
  s.groups[0].attraction_home = 0.7;
  s.places[kHome.index()].enemy = true;
  levers(s, kHome).set<"settlement_grant">(30.0);
  levers(s, kHome).set<"discrimination">(1.0);
  Parameters& p = s.parameters;
  p.set<"life.satisfaction_start">(3.0);
  p.set<"life.satisfaction_end">(2.0);
  p.set<"life.satisfaction_plateau">(1.0);
  p.set<"life.satisfaction_fall">(20.0);
  p.set<"life.grant_months">(44.0);
  p.set<"choice.satisfaction">(2.0);
  p.set<"choice.grant">(0.1);
  p.set<"choice.discrimination">(0.6);
  p.set<"choice.kin_fear">(0.3);
  Stage stage(s);
  State& state = stage.state;
  // Person 0 arrived in January 2000, a whole year of stay before December 2000.
  state.people.rows[0].traits = bits({Trait::kKin});
  const Month now = stage.month(11 - 12 + 12);  // December 2001, 23 months after arrival
  const double with_kin = 0.7 + 2.0 * -1.0 + 0.1 * 30.0 * (1.0 - 23.0 / 44.0) - 0.6 - 0.3;
  CHECK(find(weigh(state, now, {}), Intent::kStay).utility == Approx(with_kin));
  state.people.rows[0].traits = 0;
  CHECK(find(weigh(state, now, {}), Intent::kStay).utility == Approx(with_kin + 0.3));
}

TEST_CASE("The utility of a destination adds up its terms") {
  Scenario s = plain();
  Place& alpha = s.places[kAlpha.index()];
  alpha.attraction = -0.4;
  alpha.english = true;
  alpha.enemy = true;
  alpha.income = 3.0;
  alpha.travel_cost = 4.0;
  s.places[kHome.index()].income = 1.0;
  levers(s, kAlpha).set<"benefit">(0.5);
  levers(s, kAlpha).set<"work_right">(0.8);
  levers(s, kAlpha).set<"family_reunion">(0.25);
  levers(s, kAlpha).set<"detention">(0.3);
  levers(s, kAlpha).set<"removal">(0.02);
  s.groups[0].savings = 10.0;
  s.parameters.set<"life.saving_rate">(0.0);
  const Parameters& p = s.parameters;
  Stage stage(s);
  State& state = stage.state;
  set_belief(state, 0, 0.6);
  state.signals.diaspora(0, 0) = 12.0;
  state.signals.wait[0] = 9.0;

  const double common = -0.4 + p.get<"choice.wage">() * 2.0 + p.get<"choice.benefit">() * 0.5 +
                        p.get<"choice.work_right">() * 0.8 - p.get<"choice.waiting">() * 9.0 -
                        p.get<"choice.detention">() * 0.3 -
                        p.get<"choice.removal">() * (1.0 - std::exp(-0.24)) +
                        p.get<"choice.diaspora">() * std::log(13.0) +
                        p.get<"choice.protection">() * 0.6 - p.get<"choice.cost">() * 0.4;
  const double family = p.get<"choice.family_reunion">() * 0.25;
  const double school = p.get<"choice.school">();
  const double english = p.get<"choice.english">();
  const double fear = p.get<"choice.kin_fear">();
  const auto utility = [&](std::initializer_list<Trait> traits) {
    state.people.rows[0].traits = bits(traits);
    return weigh_one(stage, Intent::kGo).utility;
  };
  CHECK(utility({}) == Approx(common));
  CHECK(utility({Trait::kChildren}) == Approx(common + school + family));
  CHECK(utility({Trait::kEnglish}) == Approx(common + english));
  CHECK(utility({Trait::kKin}) == Approx(common + family - fear));
  CHECK(utility({Trait::kKin, Trait::kChildren, Trait::kEnglish}) ==
        Approx(common + family + school + english - fear));
}

TEST_CASE("A journey is weighed against savings, but not against less than the floor") {
  Scenario s = plain();
  s.places[kAlpha.index()].travel_cost = 6.0;
  s.groups[0].savings = 1.0;
  s.parameters.set<"life.saving_rate">(0.0);
  s.parameters.set<"choice.cost">(2.0);
  s.parameters.set<"choice.wealth_floor">(3.0);
  Stage stage(s);
  const double free_way = weigh_one(stage, Intent::kGo, kBeta).utility;
  CHECK(weigh_one(stage, Intent::kGo, kAlpha).utility == Approx(free_way - 2.0 * 6.0 / 3.0));
}

TEST_CASE("The better of going alone and going with a broker counts, with the same error") {
  Scenario s = plain();
  s.brokers = {.slots = 2,
               .reach = 1.0,
               .capacity = 5,
               .fee = 1,
               .credit = 8,
               .exaggeration = 0.5,
               .products = {{kAlpha, Story::kConceal, 1.0}}};
  s.places[kAlpha.index()].travel_cost = 2.0;
  s.groups[0].savings = 4.0;
  s.parameters.set<"life.saving_rate">(0.0);
  s.parameters.set<"broker.trust">(0.4);
  s.parameters.set<"broker.credit_cost">(0.25);
  s.parameters.set<"choice.broker">(1.5);
  const Parameters& p = s.parameters;
  Stage stage(s);
  State& state = stage.state;
  set_belief(state, 0, 0.5);
  state.brokers.slots[0].price = 9.0;
  state.brokers.slots[1].price = 7.0;
  state.brokers.prices.renew(state.brokers.slots);
  const double believed = 0.5 + 0.4 * (0.75 - 0.5);
  CHECK(brokered_belief(state, stage.month(0), CommunityId{0}, 0.5) == Approx(believed));

  const Alternative with = weigh_one(stage, Intent::kGo);
  CHECK(with.channel == Channel::kBroker);
  CHECK(with.broker == 1);
  CHECK(with.story == Story::kConceal);
  CHECK(with.belief == Approx(believed));
  state.brokers.serving[0].clear();
  const Alternative alone = weigh_one(stage, Intent::kGo);
  CHECK(alone.channel == Channel::kSelf);
  CHECK(alone.broker == kNoBroker);
  CHECK(alone.belief == 0.5);
  CHECK(alone.error == with.error);
  // Nine to pay, of which five on credit at a quarter, out of four of one's own and eight lent.
  const double self = p.get<"choice.protection">() * 0.5 - p.get<"choice.cost">() * 2.0 / 4.0;
  const double brokered = 1.5 + p.get<"choice.protection">() * believed -
                          p.get<"choice.cost">() * (9.0 + 0.25 * 5.0) / 12.0;
  CHECK(with.utility - alone.utility == Approx(brokered - self));

  // Beyond the credit nothing is borrowed.
  state.brokers.serving[0] = {0};
  state.brokers.slots[0].price = 18.0;
  state.brokers.prices.renew(state.brokers.slots);
  const double dear = 1.5 + p.get<"choice.protection">() * believed -
                      p.get<"choice.cost">() * (20.0 + 0.25 * 8.0) / 12.0;
  CHECK(weigh_one(stage, Intent::kGo).utility - alone.utility == Approx(dear - self));

  state.brokers.serving[0] = {0, 1};
  state.brokers.slots[0].price = state.brokers.slots[1].price = 1e6;
  state.brokers.prices.renew(state.brokers.slots);
  CHECK(weigh_one(stage, Intent::kGo).channel == Channel::kSelf);
}

TEST_CASE("A broker who only sells the declared story brings that story") {
  Scenario s = plain();
  s.brokers = {.slots = 1,
               .reach = 1.0,
               .capacity = 5,
               .fee = 1,
               .products = {{kBeta, Story::kDeclare, 1.0}}};
  s.groups[0].record = 1.0;
  Stage stage(s);
  CHECK(weigh_one(stage, Intent::kGo, kBeta).story == Story::kDeclare);
  CHECK(weigh_one(stage, Intent::kGo, kAlpha).channel == Channel::kSelf);
}

TEST_CASE("Among like offers the first slot and the concealed story are taken") {
  Scenario s = plain();
  s.groups[0].record = 1.0;
  s.brokers = {.slots = 3,
               .reach = 1.0,
               .capacity = 5,
               .fee = 0,
               .products = {{kAlpha, Story::kConceal, 1.0}, {kAlpha, Story::kDeclare, 1.0}}};
  const Stage stage(s);
  const Alternative go = weigh_one(stage, Intent::kGo);
  CHECK(go.broker == 0);
  CHECK(go.story == Story::kConceal);
}

TEST_CASE("Only who has a record is sold a story that declares it") {
  Scenario s = plain();
  s.brokers = {.slots = 1,
               .reach = 1.0,
               .capacity = 5,
               .fee = 0,
               .products = {{kAlpha, Story::kDeclare, 1.0}}};
  Stage stage(s);
  stage.state.people.rows[0].traits = bits({Trait::kRecord});
  CHECK(weigh_one(stage, Intent::kGo).channel == Channel::kBroker);
  stage.state.people.rows[0].traits = bits({});
  CHECK(weigh_one(stage, Intent::kGo).channel == Channel::kSelf);
}

TEST_CASE("Only who is of the origin claimed can return to it") {
  Stage stage(plain());
  const auto can_return = [&] {
    const ChoiceSet set = weigh(stage.state, stage.month(0), {});
    return std::any_of(set.all().begin(), set.all().end(),
                       [](const Alternative& a) { return a.intent == Intent::kReturnOrigin; });
  };
  stage.state.people.rows[0].traits = bits({Trait::kGenuine});
  CHECK(can_return());
  stage.state.people.rows[0].traits = bits({});
  CHECK_FALSE(can_return());
}

TEST_CASE("An own refusal lowers the belief about that place by its weight in cases") {
  Scenario s = plain();
  s.parameters.set<"belief.own_refusal">(8.0);
  s.parameters.set<"belief.prior_weight">(4.0);
  Stage stage(s);
  State& state = stage.state;
  set_belief(state, 0, 0.6);
  set_belief(state, 1, 0.6);
  state.communities.positive(0, 0) = 3.0;
  state.communities.public_negative[0] = 1.0;
  const auto believed = [&](PlaceId place) {
    return personal_belief(state, stage.month(0), state.people.community_of(PersonId{0}), place,
                           state.people.was_refused(PersonId{0}, place));
  };
  CHECK(believed(kAlpha) == 0.6);
  state.people.note_refusal(PersonId{0}, kAlpha);
  CHECK(believed(kAlpha) == Approx(0.6 * 8.0 / 16.0));
  CHECK(believed(kBeta) == 0.6);
}

TEST_CASE("Sunk cost makes staying worse and changes nothing else") {
  const Stage stage(plain());
  const ChoiceSet fresh = weigh(stage.state, stage.month(0), {.key = 9});
  const ChoiceSet again = weigh(stage.state, stage.month(0), {.key = 9, .sunk = 2.5});
  REQUIRE(fresh.size == again.size);
  CHECK(again.alternatives[0].utility == Approx(fresh.alternatives[0].utility - 2.5));
  for (std::size_t i = 0; i < fresh.size; ++i) {
    CHECK(again.alternatives[i].error == fresh.alternatives[i].error);
    if (i > 0) CHECK(again.alternatives[i].utility == fresh.alternatives[i].utility);
  }
}

TEST_CASE("A refused person can stay on, go home or go anywhere else") {
  Scenario s = plain();
  s.parameters.set<"procedure.after_refusal_stay">(0.3);
  s.parameters.set<"procedure.after_refusal_return">(0.2);
  s.parameters.set<"procedure.after_refusal_elsewhere">(-1.5);
  Stage stage(s);
  const double beta = weigh_one(stage, Intent::kGo, kBeta).utility;
  set_standing(stage.state, PersonId{0}, kAlpha, Status::kPending);
  const Consideration refused{.key = 5, .after_refusal = true};
  const ChoiceSet set = weigh(stage.state, stage.month(0), refused);
  REQUIRE(set.size == 3);
  CHECK(set.alternatives[0].place == kAlpha);
  CHECK(set.alternatives[0].utility == 0.3);
  CHECK(find(set, Intent::kReturnHome).utility == 0.2);
  CHECK(find(set, Intent::kReturnHome).place == kHome);
  CHECK(find(set, Intent::kGo, kBeta).utility == Approx(beta - 1.5));
}

TEST_CASE("A group that cannot return has no way home after a refusal") {
  Scenario s = plain();
  s.groups[0].can_return = 0.0;
  Stage stage(s);
  set_standing(stage.state, PersonId{0}, kAlpha, Status::kPending);
  const ChoiceSet set = weigh(stage.state, stage.month(0), {.after_refusal = true});
  for (const Alternative& alternative : set.all()) CHECK(alternative.intent != Intent::kReturnHome);
}

TEST_CASE("The best alternative is chosen") {
  Scenario s = plain();
  s.parameters.set<"choice.return_origin">(0.0);
  s.parameters.set<"choice.return_fear">(0.0);
  s.parameters.set<"choice.protection">(0.0);
  const Stage stage(s);
  std::size_t intents[4] = {};
  for (std::uint32_t key = 0; key < 400; ++key) {
    const Consideration occasion{.person = PersonId{key % 20}, .key = key};
    const Choice choice = choose(stage.state, stage.month(0), occasion);
    const double value = choice.chosen.utility + choice.chosen.error;
    const ChoiceSet set = weigh(stage.state, stage.month(0), occasion);
    for (const Alternative& alternative : set.all())
      CHECK(alternative.utility + alternative.error <= value);
    CHECK(choice.occasion.person == occasion.person);
    CHECK(choice.occasion.key == key);
    ++intents[static_cast<std::size_t>(choice.chosen.intent)];
  }
  CHECK(intents[static_cast<std::size_t>(Intent::kStay)] > 40);
  CHECK(intents[static_cast<std::size_t>(Intent::kReturnOrigin)] > 40);
  CHECK(intents[static_cast<std::size_t>(Intent::kGo)] > 40);
}
