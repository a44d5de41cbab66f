#include "model/home_life.h"

#include "core/elementary.h"
#include "model/prospects.h"

namespace onward {

namespace {

Chance chance_of_work(double unemployment, double advantage) {
  if (unemployment <= 0.0 || unemployment >= 1.0) return Chance(unemployment <= 0.0 ? 1.0 : 0.0);
  const double odds = (1.0 - unemployment) / unemployment * exact_exp(advantage);
  return Chance(odds / (1.0 + odds));
}

HomeMonth home_month(const Parameters& parameters, const LeverValues& levers, const Place& home) {
  const double out = levers.get<"unemployment">();
  const double wage = home.income * (1.0 - levers.get<"wage_gap">());
  return {.work = {chance_of_work(out, 0.0),
                   chance_of_work(out, parameters.get<"life.work_tertiary">())},
          .income = {wage * parameters.get<"life.welfare">(), wage},
          .refoulement = within_a_year(levers.get<"refoulement">())};
}

}  // namespace

HomeLife::HomeLife(const Scenario& scenario, const PolicyTimeline& policy)
    : groups_(scenario.groups.size()) {
  for (int month = -1; month < scenario.months(); ++month) {
    for (std::size_t g = 0; g < groups_; ++g) {
      const PlaceId home = scenario.groups[g].home;
      months_.push_back(home_month(scenario.parameters, policy.levers(month, home, GroupId{g}),
                                   scenario.places[home.index()]));
    }
  }
}

}  // namespace onward
