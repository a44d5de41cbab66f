#include "model/choice_draws.h"

#include "catch.h"
#include "core/distributions.h"
#include "model/purpose.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

/// Three destinations, two of them in one subnest, and people of all tastes.
Scenario varied(double lambda, double tau) {
  Scenario s = scenario(40);
  s.places.insert(s.places.begin() + 2, place("gamma", true));
  s.groups[0].home = PlaceId{3};
  s.places[0].nest = s.places[2].nest = "islands";
  s.groups[0].savings = 12.0;
  s.groups[0].savings_spread = 0.4;
  s.groups[0].ages[0].children = 0.5;
  s.parameters.set<"choice.dissimilarity">(lambda);
  s.parameters.set<"choice.subnest_dissimilarity">(tau);
  s.parameters.set<"choice.school_spread">(0.0);
  for (Place& somewhere : s.places) somewhere.levers[0].set<"discrimination">(0.5);
  return s;
}

}  // namespace

TEST_CASE("What decides nothing changes no draw of what does") {
  Scenario plain = varied(0.7, 0.3);
  plain.parameters.set<"choice.cost_spread">(0.0);
  plain.parameters.set<"choice.discrimination">(0.0);
  plain.groups[0].savings_spread = 0.0;
  const Stage stage(plain);
  const Stage full(varied(0.7, 0.3));
  const Month month = stage.month(3);
  for (std::uint32_t i = 0; i < stage.state.people.size(); ++i) {
    const PersonId id{i};
    const Consideration occasion{.person = id, .key = i};
    const ChoiceDraws drawn = draw_choice(stage.state.people, month, occasion);
    const ChoiceDraws all = draw_choice(full.state.people, full.month(3), occasion);
    CHECK(drawn.stay == all.stay);
    CHECK(drawn.go[1] == all.go[1]);
    CHECK(drawn.taste.diaspora == all.taste.diaspora);
    CHECK(drawn.taste.cost == plain.parameters.get<"choice.cost">());
    CHECK(drawn.savings_on_arrival == 12.0);
    CHECK(drawn.age_of_child == all.age_of_child);
  }
}

TEST_CASE("All that a choice needs is drawn at once with the bits of one draw after the other") {
  for (const double tau : {0.7, 0.3}) {
    const Stage stage(varied(0.7, tau));
    const World& world = stage.world;
    const People& people = stage.state.people;
    for (std::uint32_t i = 0; i < people.size(); ++i) {
      const PersonId id{i};
      const Month month = stage.month(static_cast<int>(i) % 30);
      const ChoiceDraws drawn = draw_choice(people, month, {.person = id, .key = 5 * i});
      ChoiceErrors errors(stage.key, people.entity_of(id), 5 * i, 0.7, tau);
      CHECK(drawn.stay == errors.alone(purpose::kStayError));
      CHECK(drawn.back == errors.alone(purpose::kReturnError));
      for (std::size_t d = 0; d < 3; ++d) {
        const std::size_t nest = world.nest_of[d];
        CHECK(drawn.go[d] == errors.go(world.place_keys[d], nest, world.nest_keys[nest]));
      }
      const Tastes taste = tastes(people, id, month);
      CHECK(drawn.taste.protection == taste.protection);
      CHECK(drawn.taste.diaspora == taste.diaspora);
      CHECK(drawn.taste.school == taste.school);
      CHECK(drawn.taste.cost == taste.cost);
      const Funds funds{.on_arrival = drawn.savings_on_arrival,
                        .income = home_income(people, id, month),
                        .support = settlement_support(people, id, month),
                        .support_elapsed = support_elapsed(people, id, month)};
      CHECK(savings(people, id, month, funds) == savings(people, id, month));
      CHECK(felt_discrimination(people, id, month, drawn.discrimination) ==
            felt_discrimination(people, id, month));
      CHECK(has_children(people, id, month, drawn.age_of_child) == has_children(people, id, month));
    }
  }
}
