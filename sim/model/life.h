#pragma once

#include <array>

#include "core/parallel.h"
#include "model/people.h"

/// Life in the place of settlement, worked out from dates and keyed draws when somebody looks.
namespace onward {

/// Satisfaction on the 4-point scale after `months` since arrival.
double satisfaction(const Parameters& parameters, int months);

/// Blocks of the events of discrimination in the year of stay before the present one, and in the
/// present one. In the first year the first block means nothing.
using DiscriminationDraws = std::array<Block, 2>;

/// Whether the person felt discriminated against in the twelve months before `month`.
bool felt_discrimination(const People& people, PersonId id, const Month& month);
/// The same, with the draws given.
bool felt_discrimination(const People& people, PersonId id, const Month& month,
                         const DiscriminationDraws& draws);

/// Whether the person lives with children who are not older than life.school_age. The youngest
/// child's age on arrival is uniform below that.
bool has_children(const People& people, PersonId id, const Month& month);
/// The same, with the draw of the child's age given, in (0, 1).
bool has_children(const People& people, PersonId id, const Month& month, double u);

/// Whether the person is at work when living at the group's home. A person's rank in the queue for
/// work lasts a lifetime; higher education moves it up.
bool works(const People& people, PersonId id, const Month& month);

/// Monthly income at the group's home, money: the wage or welfare.
double home_income(const People& people, PersonId id, const Month& month);
/// The same of a person who is `at_work` or not.
double home_income(const People& people, PersonId id, const Month& month, bool at_work);

/// Monthly income at the present place, money.
double income(const People& people, PersonId id, const Month& month);

/// Settlement support that the person is entitled to, by the levers on arrival, money.
double settlement_support(const People& people, PersonId id, const Month& month);
/// The same of a person who is `at_work` or not.
double settlement_support(const People& people, PersonId id, const Month& month, bool at_work);

/// Share of the time of support that has passed, in [0, 1].
double support_elapsed(const People& people, PersonId id, const Month& month);

/// Money of the person's own: savings on arrival, saved income and support, less what was spent.
double savings(const People& people, PersonId id, const Month& month);
/// The same of somebody who arrived with `on_arrival`, money.
double savings(const People& people, PersonId id, const Month& month, double on_arrival);
/// What a person's money comes from.
struct Funds {
  double on_arrival = 0.0;       ///< savings, money
  double income = 0.0;           ///< at home, money per month
  double support = 0.0;          ///< settlement support, money
  double support_elapsed = 0.0;  ///< share of the time of support that has passed
};
/// The same from what somebody has worked out.
double savings(const People& people, PersonId id, const Month& month, const Funds& from);

/// Factor on the base hazard of attention by the person's situation, at most attention.push_limit.
double push(const People& people, PersonId id, const Month& month);
/// The same if the person did not feel discriminated against in the past year, and if so: all that
/// it can be, before what was felt is drawn.
std::array<double, 2> push_by_discrimination(const People& people, PersonId id, const Month& month);

/// Share of the community's talk that reaches the person.
double contact(const People& people, PersonId id, const Parameters& parameters);

/// Pays off debts from what is saved of the income at the present place.
void live_at_present_place(State& state, const Month& month, ThreadTeam& team = one_thread());

}  // namespace onward
