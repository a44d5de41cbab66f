#include "model/chooser.h"

#include <algorithm>

#include "model/state.h"

namespace onward {

Chooser look_at(const State& state, const Month& month, const Consideration& occasion,
                const Lessons* lessons) {
  const People& people = state.people;
  const PersonId id = occasion.person;
  const GroupId group = people.group_of(id);
  const CommunityId community = people.community_of(id);
  const bool at_work = works(people, id, month);
  const double credit = month.world.scenario.brokers.credit;
  Chooser person{
      .id = id,
      .group = group,
      .community = community,
      .home = month.world.group(group).home,
      .draws = draw_choice(people, month, occasion),
      .income = home_income(people, id, month, at_work),
      .lent = std::max(0.0, credit - static_cast<double>(people.rows[id.index()].debt)),
      .trust = lessons != nullptr ? lessons->trust
                                  : broker_trust(state.communities, month.parameters(), community),
      .lessons = lessons,
      .kin = people.has(id, Trait::kKin),
      .english = people.has(id, Trait::kEnglish),
      .record = people.has(id, Trait::kRecord),
      .genuine = people.has(id, Trait::kGenuine),
  };
  const Needs& needs = month.world.needs;
  if (needs.support || needs.means) {
    const Funds funds{.on_arrival = person.draws.savings_on_arrival,
                      .income = person.income,
                      .support = settlement_support(people, id, month, at_work),
                      .support_elapsed = support_elapsed(people, id, month)};
    if (needs.support) person.support = funds.support * (1.0 - funds.support_elapsed);
    if (needs.means) person.savings = savings(people, id, month, funds);
  }
  person.children = needs.children && has_children(people, id, month, person.draws.age_of_child);
  return person;
}

}  // namespace onward
