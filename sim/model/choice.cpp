#include "model/choice.h"

#include <limits>

#include "core/vectorise.h"
#include "model/choice_ways.h"
#include "model/witness.h"

namespace onward {

namespace {

/// Fear for kin in the country of origin, who are punished for a life in an enemy state.
double home_fear(const Month& month, const Chooser& person) {
  const bool afraid = person.kin && month.world.place(person.home).enemy;
  return afraid ? month.parameters().get<"choice.kin_fear">() : 0.0;
}

template <class Sum>
Sum stay_utility(const State& state, const Month& month, const Chooser& person) {
  const Parameters& parameters = month.parameters();
  const Needs& needs = month.world.needs;
  Sum utility{};
  utility.add(Term::kAttraction, month.world.group(person.group).attraction_home);
  if (needs.satisfaction) {
    const int months = month.date() - state.people.arrival(person.id);
    const double rise =
        satisfaction(parameters, months) - parameters.get<"life.satisfaction_start">();
    utility.add(Term::kSatisfaction, parameters.get<"choice.satisfaction">() * rise);
  }
  utility.add(Term::kSupport, parameters.get<"choice.grant">() * person.support);
  if (needs.discrimination &&
      felt_discrimination(state.people, person.id, month, person.draws.discrimination))
    utility.add(Term::kDiscrimination, -parameters.get<"choice.discrimination">());
  const double sent_back = month.world.home_life.at(month.index, person.group).refoulement;
  utility.add(Term::kRefoulement, -parameters.get<"choice.refoulement">() * sent_back);
  utility.add(Term::kKinFear, -home_fear(month, person));
  return utility;
}

Weights weights(const State& state, const Month& month, const Chooser& person,
                const Consideration& occasion, const double* log_known) {
  const Parameters& parameters = month.parameters();
  const auto where = [](bool applies, double amount) { return applies ? amount : 0.0; };
  return {.outlook = month.world.prospects.outlook(month.regime(), person.group),
          .wait = state.signals.wait.data(),
          .known = log_known,
          .wage = parameters.get<"choice.wage">(),
          .income = person.income,
          .school = where(person.children, person.draws.taste.school),
          .english = where(person.english, parameters.get<"choice.english">()),
          .reunion = where(person.children || person.kin, 1.0),
          .waiting = parameters.get<"choice.waiting">(),
          .kin_fear = where(person.kin, parameters.get<"choice.kin_fear">()),
          .diaspora = person.draws.taste.diaspora,
          .again =
              where(occasion.after_refusal, parameters.get<"procedure.after_refusal_elsewhere">())};
}

template <class Sum>
inline void add_all_there(const Weights& of, std::size_t count, Sum* __restrict utility) {
  for (std::size_t d = 0; d < count; ++d) utility[d].add(there_utility<Sum>(of, d));
}

/// Adds what the destinations offer to what the ways there are worth.
ONWARD_VECTORISED void add_there(const Weights& of, std::size_t count, Total* utility) {
  add_all_there(of, count, utility);
}
void add_there(const Weights& of, std::size_t count, Account* utility) {
  add_all_there(of, count, utility);
}

template <class Sum, class Add>
void weigh_settled(const State& state, const Month& month, const Chooser& person,
                   const Consideration& occasion, Add add) {
  const Parameters& parameters = month.parameters();
  Sum stay = stay_utility<Sum>(state, month, person);
  stay.add(Term::kSunk, -occasion.sunk);
  add(stay, person.draws.stay,
      [&] { return Alternative{.intent = Intent::kStay, .place = person.home}; });
  if (!person.genuine) return;
  Sum back{};
  back.add(Term::kReturnOrigin, parameters.get<"choice.return_origin">());
  back.add(Term::kReturnFear, -parameters.get<"choice.return_fear">());
  add(back, person.draws.back,
      [&] { return Alternative{.intent = Intent::kReturnOrigin, .place = person.home}; });
}

template <class Sum, class Add>
void weigh_refused(const State& state, const Month& month, const Chooser& person, Add add) {
  const Parameters& parameters = month.parameters();
  Sum stay{};
  stay.add(Term::kAfterRefusal, parameters.get<"procedure.after_refusal_stay">());
  add(stay, person.draws.stay, [&] {
    return Alternative{.intent = Intent::kStay, .place = state.people.place_of(person.id)};
  });
  if (month.world.group(person.group).can_return == 0.0) return;
  Sum back{};
  back.add(Term::kAfterRefusal, parameters.get<"procedure.after_refusal_return">());
  back.add(Term::kKinFear, -home_fear(month, person));
  add(back, person.draws.back,
      [&] { return Alternative{.intent = Intent::kReturnHome, .place = person.home}; });
}

template <class Sum>
Alternative going(const Month& month, const Surroundings& around, const Ways<Sum>& ways,
                  std::size_t d) {
  const Way<Sum> way = best_way(ways, around.offers, d);
  return {.intent = Intent::kGo,
          .place = month.world.destinations[d],
          .channel = way.broker == kNoBroker ? Channel::kSelf : Channel::kBroker,
          .story = way.story,
          .broker = way.broker,
          .resettled = way.resettled,
          .belief = way.belief};
}

/// Hands everything but going elsewhere to `add`: the utility as a `Sum`, the error, and a function
/// that describes the alternative but for these two.
template <class Sum, class Add>
void weigh_others(const State& state, const Month& month, const Chooser& person,
                  const Consideration& occasion, Add add) {
  if (occasion.after_refusal) {
    weigh_refused<Sum>(state, month, person, add);
  } else {
    weigh_settled<Sum>(state, month, person, occasion, add);
  }
}

/// The ways to all destinations, with utilities of what these offer as well.
template <class Sum>
void weigh_going(const State& state, const Month& month, const Chooser& person,
                 const Consideration& occasion, const Surroundings& around, Ways<Sum>& ways) {
  find_ways(state, month, person, around.offers, occasion.after_refusal, ways);
  add_there(weights(state, month, person, occasion, around.log_known.data()),
            month.world.destinations.size(), ways.utility.data());
}

/// Position of the destination to which the person cannot go, being there.
std::size_t closed_destination(const State& state, const Month& month,
                               const Consideration& occasion) {
  return occasion.after_refusal
             ? month.world.destination_of[state.people.place_of(occasion.person).index()]
             : World::kNowhere;
}

template <class Sum, class Describe>
Alternative whole(const Sum& utility, double error, Describe describe) {
  Alternative alternative = describe();
  alternative.utility = utility.value;
  alternative.error = error;
  return alternative;
}

Surroundings look_around(const State& state, const Month& month, const Consideration& occasion) {
  Surroundings around;
  look_around(state, month.world, state.people.community_of(occasion.person), around);
  return around;
}

/// Hands all alternatives to `add`, as weigh_others does.
template <class Sum, class Add>
void weigh_each(const State& state, const Month& month, const Consideration& occasion,
                const Lessons* lessons, Add add) {
  const Surroundings around = look_around(state, month, occasion);
  const Chooser person = look_at(state, month, occasion, lessons);
  weigh_others<Sum>(state, month, person, occasion, add);
  Ways<Sum> ways;
  weigh_going(state, month, person, occasion, around, ways);
  const std::size_t closed = closed_destination(state, month, occasion);
  for (std::size_t d = 0; d < month.world.destinations.size(); ++d) {
    if (d == closed) continue;
    add(ways.utility[d], person.draws.go[d], [&] { return going(month, around, ways, d); });
  }
}

constexpr double kNever = -std::numeric_limits<double>::infinity();

/// Position of the largest utility plus error, the first of equals; World::kNowhere if none is more
/// than kNever.
std::size_t find_best(const Ways<Total>& ways, const PlaceErrors& errors, std::size_t count) {
  std::size_t at = World::kNowhere;
  double best = kNever;
  for (std::size_t d = 0; d < count; ++d) {
    const double total = ways.utility[d].value + errors[d];
    at = total > best ? d : at;
    best = total > best ? total : best;
  }
  return at;
}

/// An account of the whole consideration, for a witness.
event::Considered account(const State& state, const Month& month, const Consideration& occasion,
                          const Lessons* lessons, std::size_t chosen) {
  const PersonId id = occasion.person;
  const int months = month.date() - state.people.arrival(id);
  return {.occasion = occasion,
          .at = state.people.place_of(id),
          .months = months,
          .satisfaction = satisfaction(month.parameters(), months),
          .felt_discrimination = felt_discrimination(state.people, id, month),
          .savings = savings(state.people, id, month),
          .alternatives = explain(state, month, occasion, lessons),
          .chosen = chosen};
}

}  // namespace

ChoiceSet weigh(const State& state, const Month& month, const Consideration& occasion) {
  ChoiceSet set;
  const auto add = [&](const Total& utility, double error, auto describe) {
    set.add(whole(utility, error, describe));
  };
  weigh_each<Total>(state, month, occasion, nullptr, add);
  return set;
}

std::vector<Weighed> explain(const State& state, const Month& month, const Consideration& occasion,
                             const Lessons* lessons) {
  const ByDestination<double> beliefs =
      own_beliefs(state, month, look_at(state, month, occasion, lessons));
  std::vector<Weighed> all;
  const auto add = [&](const Account& utility, double error, auto describe) {
    const Alternative alternative = whole(utility, error, describe);
    Weighed weighed{.alternative = alternative, .terms = utility.terms};
    if (alternative.intent == Intent::kGo) {
      weighed.own_belief = beliefs[month.world.destination_of[alternative.place.index()]];
      weighed.travel = month.world.place(alternative.place).travel_cost;
    }
    if (alternative.broker != kNoBroker) {
      const double own = story_belief(month.parameters(), weighed.own_belief, alternative.story);
      weighed.claimed = claimed_belief(own, month.world.scenario.brokers.exaggeration);
      weighed.price = state.brokers.slots[alternative.broker].price;
    }
    all.push_back(weighed);
  };
  weigh_each<Account>(state, month, occasion, lessons, add);
  return all;
}

Choice choose(const State& state, const Month& month, const Consideration& occasion,
              const Lessons* lessons) {
  return choose(state, month, occasion, look_around(state, month, occasion), lessons);
}

Choice choose(const State& state, const Month& month, const Consideration& occasion,
              const Surroundings& around, const Lessons* lessons) {
  Alternative best;
  std::size_t seen = 0;
  std::size_t chosen = 0;
  const auto add = [&](const Total& utility, double error, auto describe) {
    if (seen == 0 || utility.value + error > best.utility + best.error) {
      best = whole(utility, error, describe);
      chosen = seen;
    }
    ++seen;
  };
  const Chooser person = look_at(state, month, occasion, lessons);
  weigh_others<Total>(state, month, person, occasion, add);
  Ways<Total> ways;
  weigh_going(state, month, person, occasion, around, ways);
  const std::size_t closed = closed_destination(state, month, occasion);
  if (closed != World::kNowhere) ways.utility[closed].value = kNever;
  const std::size_t d = find_best(ways, person.draws.go, month.world.destinations.size());
  seen += d > closed ? d - 1 : d;
  if (d != World::kNowhere)
    add(ways.utility[d], person.draws.go[d], [&] { return going(month, around, ways, d); });
  if (is_watched(state.people, month, occasion.person))
    tell(state.people, month, occasion.person, account(state, month, occasion, lessons, chosen));
  return {.occasion = occasion, .chosen = best};
}

}  // namespace onward
