#include "model/life.h"

#include <algorithm>
#include <optional>

#include "core/distributions.h"
#include "core/look_through.h"
#include "model/purpose.h"
#include "model/sweep.h"

namespace onward {

namespace {

/// Levers of the group's home in a month of the run, which may lie before its start.
const LeverValues& home_levers(const People& people, PersonId id, const World& world, int month) {
  const GroupId group = people.group_of(id);
  return world.policy.levers(month, world.group(group).home, group);
}

}  // namespace

double satisfaction(const Parameters& parameters, int months) {
  const double start = parameters.get<"life.satisfaction_start">();
  const double end = parameters.get<"life.satisfaction_end">();
  const double since = months - parameters.get<"life.satisfaction_plateau">();
  const double share = std::clamp(since / parameters.get<"life.satisfaction_fall">(), 0.0, 1.0);
  return start + share * (end - start);
}

namespace {

/// `block_of(year)` gives the block of the event in a year of stay.
template <class BlockOf>
bool felt_by_events(const People& people, PersonId id, const Month& month, BlockOf block_of) {
  const int now = months_since_arrival(people, id, month);
  const int year = now / 12;
  // At most one event in each year of stay, in a month of its own; look at this year and the last.
  for (int y = std::max(0, year - 1); y <= year; ++y) {
    const Block block = block_of(y);
    const int event = y * 12 + static_cast<int>(12 * unit_interval(block[2]));
    if (event > now || event <= now - 12) continue;
    const int run_month = month.index - (now - event);
    const LeverValues& levers =
        month.world.policy.levers(run_month, people.place_of(id), people.group_of(id));
    if (first_uniform(block) < levers.get<"discrimination">()) return true;
  }
  return false;
}

}  // namespace

bool felt_discrimination(const People& people, PersonId id, const Month& month) {
  const Entity entity = people.entity_of(id);
  return felt_by_events(people, id, month, [&](int year) {
    return draw(month.key, entity, purpose::kDiscrimination, static_cast<std::uint32_t>(year));
  });
}

bool felt_discrimination(const People& people, PersonId id, const Month& month,
                         const DiscriminationDraws& draws) {
  const int present = months_since_arrival(people, id, month) / 12;
  return felt_by_events(people, id, month,
                        [&](int year) { return draws[year == present ? 1 : 0]; });
}

bool has_children(const People& people, PersonId id, const Month& month) {
  if (!people.has(id, Trait::kChildren)) return false;
  const Block block = draw(month.key, people.entity_of(id), purpose::kAttributes, 3);
  return has_children(people, id, month, unit_interval(block[0]));
}

bool has_children(const People& people, PersonId id, const Month& month, double u) {
  const double oldest = 12.0 * month.parameters().get<"life.school_age">();
  return people.has(id, Trait::kChildren) &&
         u * oldest + months_since_arrival(people, id, month) < oldest;
}

bool works(const People& people, PersonId id, const Month& month) {
  const HomeMonth& home = month.world.home_life.at(month.index, people.group_of(id));
  return home.work[people.has(id, Trait::kTertiary) ? 1 : 0].hits(
      people.rows[id.index()].work_rank);
}

double home_income(const People& people, PersonId id, const Month& month) {
  return home_income(people, id, month, works(people, id, month));
}

double home_income(const People& people, PersonId id, const Month& month, bool at_work) {
  return month.world.home_life.at(month.index, people.group_of(id)).income[at_work ? 1 : 0];
}

double income(const People& people, PersonId id, const Month& month) {
  const PlaceId place = people.place_of(id);
  const bool at_home = place == month.world.group(people.group_of(id)).home;
  return at_home ? home_income(people, id, month) : month.world.place(place).income;
}

double settlement_support(const People& people, PersonId id, const Month& month) {
  return settlement_support(people, id, month, works(people, id, month));
}

double settlement_support(const People& people, PersonId id, const Month& month, bool at_work) {
  if (people.has(id, Trait::kNationalityRefused)) return 0.0;
  const int arrived = people.arrival(id) - month.world.scenario.start;
  const LeverValues& levers = home_levers(people, id, month.world, arrived);
  const double grant = levers.get<"settlement_grant">();
  return at_work ? grant + levers.get<"job_incentive">() : grant;
}

double support_elapsed(const People& people, PersonId id, const Month& month) {
  const double months = month.parameters().get<"life.grant_months">();
  return std::clamp(months_since_arrival(people, id, month) / months, 0.0, 1.0);
}

double savings(const People& people, PersonId id, const Month& month) {
  const Group& group = month.world.group(people.group_of(id));
  const Block block = draw(month.key, people.entity_of(id), purpose::kSavings);
  return savings(people, id, month,
                 log_normal(group.savings, group.savings_spread,
                            normal(first_uniform(block), second_uniform(block))));
}

double savings(const People& people, PersonId id, const Month& month, double on_arrival) {
  const bool at_work = works(people, id, month);
  return savings(people, id, month,
                 {.on_arrival = on_arrival,
                  .income = home_income(people, id, month, at_work),
                  .support = settlement_support(people, id, month, at_work),
                  .support_elapsed = support_elapsed(people, id, month)});
}

double savings(const People& people, PersonId id, const Month& month, const Funds& from) {
  const double rate = month.parameters().get<"life.saving_rate">();
  const double earned = rate * from.income * months_since_arrival(people, id, month);
  const double support = rate * from.support * from.support_elapsed;
  return std::max(
      0.0, from.on_arrival + earned + support - static_cast<double>(people.rows[id.index()].spent));
}

std::array<double, 2> push_by_discrimination(const People& people, PersonId id,
                                             const Month& month) {
  const Parameters& parameters = month.parameters();
  const double lost = parameters.get<"life.satisfaction_start">() -
                      satisfaction(parameters, months_since_arrival(people, id, month));
  const LeverValues& home = home_levers(people, id, month.world, month.index);
  double before = parameters.get<"push.dissatisfaction">() * lost +
                  parameters.get<"push.wage_gap">() * home.get<"wage_gap">();
  if (people.has(id, Trait::kHiddenOrigin)) before += parameters.get<"push.hidden_origin">();
  if (people.has(id, Trait::kNationalityRefused))
    before += parameters.get<"push.nationality_refused">();
  if (people.has(id, Trait::kDispersed)) before += parameters.get<"push.dispersed">();
  const bool at_work = works(people, id, month);
  const bool supported = month.world.needs.push_support && support_elapsed(people, id, month) < 1.0;
  const double support = supported ? settlement_support(people, id, month, at_work) : 0.0;
  std::array<double, 2> factors{before, before + parameters.get<"push.discrimination">()};
  for (double& factor : factors) {
    if (!at_work) factor += parameters.get<"push.unemployment">();
    if (supported) factor += parameters.get<"push.grant">() * support;
    factor = std::min(exact_exp(factor), parameters.get<"attention.push_limit">());
  }
  return factors;
}

double push(const People& people, PersonId id, const Month& month) {
  const bool felt = month.world.needs.push_discrimination && felt_discrimination(people, id, month);
  return push_by_discrimination(people, id, month)[felt ? 1 : 0];
}

double contact(const People& people, PersonId id, const Parameters& parameters) {
  return people.has(id, Trait::kDispersed) ? parameters.get<"life.dispersed_contact">() : 1.0;
}

namespace {

/// Share of the income of a person's place that the person earns.
double earning_share(const State& state, const Month& month, PersonId id) {
  switch (state.people.rows[id.index()].status) {
    case Status::kSettled:
    case Status::kRecognised:
    case Status::kOther:
      return 1.0;
    case Status::kPending:
    case Status::kAppeal:
      return month.levers(state.people.place_of(id), state.people.group_of(id)).get<"work_right">();
    default:
      return 0.0;
  }
}

/// Lets a debtor pay from what is saved of the month's income. Whether some debt is left.
bool pay_off(State& state, const Month& month, PersonId id) {
  const double share = earning_share(state, month, id);
  if (share == 0.0) return true;
  const double rate = month.parameters().get<"life.saving_rate">();
  const double saved = rate * share * income(state.people, id, month);
  Person& debtor = state.people.rows[id.index()];
  const auto paid = std::min(static_cast<float>(saved), debtor.debt);
  debtor.debt -= paid;
  debtor.spent += paid;
  return debtor.debt > 0.0f;
}

}  // namespace

void live_at_present_place(State& state, const Month& month, ThreadTeam& team) {
  const auto person = [&](std::size_t i) { return PersonId{state.debtors[i]}; };
  std::vector<std::uint32_t> free;  // of debt
  const auto look = [&](std::size_t i) -> std::optional<std::uint32_t> {
    if (pay_off(state, month, person(i))) return {};
    return static_cast<std::uint32_t>(i);
  };
  look_through(
      team, state.debtors.size(), [&](std::size_t i) { state.people.prefetch(person(i)); }, look,
      [&](std::uint32_t i) { free.push_back(i); });
  drop(state.debtors, free);
}

}  // namespace onward
