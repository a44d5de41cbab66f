#include "model/choice.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/distributions.h"
#include "core/vectorise.h"
#include "model/choice_errors.h"
#include "model/life.h"
#include "model/purpose.h"
#include "model/resettlement.h"
#include "model/state.h"
#include "model/witness.h"

namespace onward {

double claimed_belief(double belief, const Scenario& scenario) {
  return 1.0 - (1.0 - belief) * (1.0 - scenario.brokers.exaggeration);
}

double brokered_belief(const State& state, const Month& month, CommunityId community,
                       double belief) {
  const double claimed = claimed_belief(belief, month.world.scenario);
  return belief +
         broker_trust(state.communities, month.parameters(), community) * (claimed - belief);
}

double story_belief(const Parameters& parameters, double belief, Story story) {
  return story == Story::kDeclare ? parameters.get<"belief.declared">() * belief : belief;
}

double offered_belief(const State& state, const Month& month, PersonId id, double belief,
                      Story story) {
  return brokered_belief(state, month, state.people.community_of(id),
                         story_belief(month.parameters(), belief, story));
}

double personal_belief(const State& state, const Month& month, PersonId id, PlaceId place) {
  const CommunityId community = state.people.community_of(id);
  const std::size_t destination = month.world.destination_of[place.index()];
  const double belief = state.signals.belief(static_cast<Eigen::Index>(community.index()),
                                             static_cast<Eigen::Index>(destination));
  if (!state.people.was_refused(id, place)) return belief;
  const double weight =
      evidence_weight(state.communities, month.parameters(), community, destination);
  return belief * weight / (weight + month.parameters().get<"belief.own_refusal">());
}

namespace {

/// A utility that is added up.
struct Total {
  double value = 0.0;

  void add(Term, double amount) { value += amount; }
  void add(const Total& other) { value += other.value; }
};

/// The same, by the same additions, with what was added for which reason.
struct Account {
  double value = 0.0;
  Terms terms{};

  void add(Term term, double amount) {
    value += amount;
    terms[static_cast<std::size_t>(term)] += amount;
  }
  void add(const Account& other) {
    value += other.value;
    for (std::size_t i = 0; i < kTerms; ++i) terms[i] += other.terms[i];
  }
};

/// A person as the choice sees one: worked out once for all alternatives.
struct Chooser {
  PersonId id;
  GroupId group;
  Eigen::Index community = 0;
  PlaceId home;
  Tastes taste;
  double income = 0.0;   ///< at home, money per month
  double savings = 0.0;  ///< money
  double lent = 0.0;     ///< money that a broker lends
  bool kin = false;
  bool children = false;
  bool english = false;
  bool record = false;
  bool genuine = false;
};

Chooser look_at(const State& state, const Month& month, PersonId id) {
  const People& people = state.people;
  const GroupId group = people.group_of(id);
  return {
      .id = id,
      .group = group,
      .community = static_cast<Eigen::Index>(people.community_of(id).index()),
      .home = month.world.group(group).home,
      .taste = tastes(people, id, month),
      .income = home_income(people, id, month),
      .savings = savings(people, id, month),
      .lent = std::max(
          0.0, month.world.scenario.brokers.credit - static_cast<double>(people.debt[id.index()])),
      .kin = people.has(id, Trait::kKin),
      .children = has_children(people, id, month),
      .english = people.has(id, Trait::kEnglish),
      .record = people.has(id, Trait::kRecord),
      .genuine = people.has(id, Trait::kGenuine),
  };
}

/// Fear for kin in the country of origin, who are punished for a life in an enemy state.
double kin_fear(const Month& month, const Chooser& person, PlaceId place) {
  const bool afraid = person.kin && month.world.place(place).enemy;
  return afraid ? month.parameters().get<"choice.kin_fear">() : 0.0;
}

template <class Sum>
Sum stay_utility(const State& state, const Month& month, const Chooser& person) {
  const Parameters& parameters = month.parameters();
  const int months = month.date() - state.people.arrival(person.id);
  const double rise =
      satisfaction(parameters, months) - parameters.get<"life.satisfaction_start">();
  const double support = settlement_support(state.people, person.id, month) *
                         (1.0 - support_elapsed(state.people, person.id, month));
  Sum utility;
  utility.add(Term::kAttraction, month.world.group(person.group).attraction_home);
  utility.add(Term::kSatisfaction, parameters.get<"choice.satisfaction">() * rise);
  utility.add(Term::kSupport, parameters.get<"choice.grant">() * support);
  if (felt_discrimination(state.people, person.id, month))
    utility.add(Term::kDiscrimination, -parameters.get<"choice.discrimination">());
  const double sent_back = month.levers(person.home, person.group).get<"refoulement">();
  utility.add(Term::kRefoulement,
              -parameters.get<"choice.refoulement">() * within_a_year(sent_back));
  utility.add(Term::kKinFear, -kin_fear(month, person, person.home));
  return utility;
}

using ByDestination = std::array<double, kMaxPlaces>;

ONWARD_VECTORISED void log_of_more_than_one(const double* over_one, std::size_t count,
                                            double* __restrict out) {
  for (std::size_t i = 0; i < count; ++i) out[i] = exact_log(1.0 + over_one[i]);
}

/// Logarithm of one more than the acquaintances that the person's community has.
ByDestination log_acquaintances(const State& state, const Chooser& person) {
  ByDestination logs;
  const auto community = static_cast<std::size_t>(person.community);
  log_of_more_than_one(row_of(state.signals.diaspora, community),
                       static_cast<std::size_t>(state.signals.diaspora.cols()), logs.data());
  return logs;
}

/// What a destination offers whichever way one gets there, the chance of protection left out.
template <class Sum>
Sum destination_utility(const State& state, const Month& month, const Chooser& person, PlaceId id,
                        double log_known) {
  const Parameters& parameters = month.parameters();
  const Place& place = month.world.place(id);
  const LeverValues& levers = month.levers(id, person.group);
  const std::size_t destination = month.world.destination_of[id.index()];
  Sum utility;
  utility.add(Term::kAttraction, place.attraction);
  utility.add(Term::kWage, parameters.get<"choice.wage">() * (place.income - person.income));
  utility.add(Term::kBenefit, parameters.get<"choice.benefit">() * levers.get<"benefit">());
  utility.add(Term::kWorkRight, parameters.get<"choice.work_right">() * levers.get<"work_right">());
  if (place.english && person.children) utility.add(Term::kSchool, person.taste.school);
  if (place.english && person.english)
    utility.add(Term::kEnglish, parameters.get<"choice.english">());
  if (person.children || person.kin) {
    utility.add(Term::kFamilyReunion,
                parameters.get<"choice.family_reunion">() * levers.get<"family_reunion">());
  }
  utility.add(Term::kWaiting,
              -parameters.get<"choice.waiting">() * state.signals.wait[destination]);
  utility.add(Term::kDetention, -parameters.get<"choice.detention">() * levers.get<"detention">());
  const double taken_back =
      month.world.group(person.group).can_return * levers.get<"readmission">();
  utility.add(Term::kRemoval, -parameters.get<"choice.removal">() * taken_back *
                                  month.removed_in_year(destination, person.group));
  utility.add(Term::kKinFear, -kin_fear(month, person, id));
  utility.add(Term::kDiaspora, person.taste.diaspora * log_known);
  return utility;
}

double cost_share(double cost, double means, const Parameters& parameters) {
  return cost / std::max(means, parameters.get<"choice.wealth_floor">());
}

/// Whether a broker sells any product that leads to the destination.
bool sells(const Broker& broker, std::size_t destination) {
  static_assert(product_of(1, Story::kConceal) == 2 && sizeof(std::uint16_t) == 2);
  std::uint16_t both_stories;
  std::memcpy(&both_stories, broker.offers.data() + product_of(destination, Story::kConceal), 2);
  return both_stories != 0;
}

/// The best of going alone, going with a broker's offer and, from home, being resettled. `utility`
/// becomes what the way there is worth.
template <class Sum>
Alternative best_channel(const State& state, const Month& month, const Chooser& person, PlaceId id,
                         bool abroad, Sum& utility) {
  const Parameters& parameters = month.parameters();
  const double travel = month.world.place(id).travel_cost;
  const double belief = personal_belief(state, month, person.id, id);
  Alternative best{.intent = Intent::kGo, .place = id, .belief = belief};
  utility.add(Term::kProtection, person.taste.protection * belief);
  utility.add(Term::kCost, -person.taste.cost * cost_share(travel, person.savings, parameters));

  const std::size_t destination = month.world.destination_of[id.index()];
  for (const std::uint16_t slot :
       state.brokers.serving[static_cast<std::size_t>(person.community)]) {
    const Broker& broker = state.brokers.slots[slot];
    if (!sells(broker, destination)) continue;
    for (const Story story : {Story::kConceal, Story::kDeclare}) {
      if (broker.offers[product_of(destination, story)] == 0) continue;
      if (story == Story::kDeclare && !person.record) continue;
      const double price = broker.price + travel;
      const double borrowed = std::clamp(price - person.savings, 0.0, person.lent);
      const double cost = price + parameters.get<"broker.credit_cost">() * borrowed;
      const double believed = offered_belief(state, month, person.id, belief, story);
      Sum offer;
      offer.add(Term::kBroker, parameters.get<"choice.broker">());
      offer.add(Term::kProtection, person.taste.protection * believed);
      offer.add(Term::kCost,
                -person.taste.cost * cost_share(cost, person.savings + person.lent, parameters));
      if (offer.value <= utility.value) continue;
      utility = offer;
      best.channel = Channel::kBroker;
      best.story = story;
      best.broker = slot;
      best.belief = believed;
    }
  }
  if (person.genuine && !abroad && quota_left(state, month, id, person.group)) {
    Sum invitation;
    invitation.add(Term::kResettlement, parameters.get<"choice.resettlement">());
    invitation.add(Term::kProtection, person.taste.protection);
    if (invitation.value <= utility.value) return best;
    utility = invitation;
    best = {.intent = Intent::kGo, .place = id, .resettled = true, .belief = 1.0};
  }
  return best;
}

template <class Sum, class Add>
void weigh_settled(const State& state, const Month& month, const Chooser& person,
                   const Consideration& occasion, const ChoiceErrors& errors, Add add) {
  const Parameters& parameters = month.parameters();
  Sum stay = stay_utility<Sum>(state, month, person);
  stay.add(Term::kSunk, -occasion.sunk);
  add({.intent = Intent::kStay,
       .place = person.home,
       .utility = stay.value,
       .error = errors.alone(purpose::kStayError)},
      stay);
  if (!person.genuine) return;
  Sum back;
  back.add(Term::kReturnOrigin, parameters.get<"choice.return_origin">());
  back.add(Term::kReturnFear, -parameters.get<"choice.return_fear">());
  add({.intent = Intent::kReturnOrigin,
       .place = person.home,
       .utility = back.value,
       .error = errors.alone(purpose::kReturnError)},
      back);
}

template <class Sum, class Add>
void weigh_refused(const State& state, const Month& month, const Chooser& person,
                   const ChoiceErrors& errors, Add add) {
  const Parameters& parameters = month.parameters();
  Sum stay;
  stay.add(Term::kAfterRefusal, parameters.get<"procedure.after_refusal_stay">());
  add({.intent = Intent::kStay,
       .place = state.people.place_of(person.id),
       .utility = stay.value,
       .error = errors.alone(purpose::kStayError)},
      stay);
  if (month.world.group(person.group).can_return == 0.0) return;
  Sum back;
  back.add(Term::kAfterRefusal, parameters.get<"procedure.after_refusal_return">());
  back.add(Term::kKinFear, -kin_fear(month, person, person.home));
  add({.intent = Intent::kReturnHome,
       .place = person.home,
       .utility = back.value,
       .error = errors.alone(purpose::kReturnError)},
      back);
}

/// Hands everything that the person can do to `add`, each with its utility once more as a `Sum`.
template <class Sum, class Add>
void weigh_each(const State& state, const Month& month, const Consideration& occasion, Add add) {
  const Parameters& parameters = month.parameters();
  const World& world = month.world;
  const Chooser person = look_at(state, month, occasion.person);
  ChoiceErrors errors(month.key, state.people.entity_of(occasion.person), occasion.key,
                      parameters.get<"choice.dissimilarity">(),
                      parameters.get<"choice.subnest_dissimilarity">());
  if (occasion.after_refusal) {
    weigh_refused<Sum>(state, month, person, errors, add);
  } else {
    weigh_settled<Sum>(state, month, person, occasion, errors, add);
  }
  const double again =
      occasion.after_refusal ? parameters.get<"procedure.after_refusal_elsewhere">() : 0.0;
  const ByDestination log_known = log_acquaintances(state, person);
  const PlaceErrors own = errors.own(world.destination_keys);
  for (std::size_t d = 0; d < world.destinations.size(); ++d) {
    const PlaceId place = world.destinations[d];
    if (occasion.after_refusal && place == state.people.place_of(occasion.person)) continue;
    Sum utility;
    Alternative go = best_channel(state, month, person, place, occasion.after_refusal, utility);
    Sum there = destination_utility<Sum>(state, month, person, place, log_known[d]);
    there.add(Term::kAfterRefusal, again);
    utility.add(there);
    go.utility = utility.value;
    const std::size_t nest = world.nest_of[place.index()];
    go.error = errors.go_with(own[d], nest, world.nest_keys[nest]);
    add(go, utility);
  }
}

/// An account of the whole consideration, for a witness.
event::Considered account(const State& state, const Month& month, const Consideration& occasion,
                          std::size_t chosen) {
  const PersonId id = occasion.person;
  const int months = month.date() - state.people.arrival(id);
  return {.occasion = occasion,
          .at = state.people.place_of(id),
          .months = months,
          .satisfaction = satisfaction(month.parameters(), months),
          .felt_discrimination = felt_discrimination(state.people, id, month),
          .savings = savings(state.people, id, month),
          .alternatives = explain(state, month, occasion),
          .chosen = chosen};
}

}  // namespace

ChoiceSet weigh(const State& state, const Month& month, const Consideration& occasion) {
  ChoiceSet set;
  weigh_each<Total>(state, month, occasion,
                    [&set](const Alternative& alternative, Total) { set.add(alternative); });
  return set;
}

std::vector<Weighed> explain(const State& state, const Month& month,
                             const Consideration& occasion) {
  std::vector<Weighed> all;
  const auto add = [&](const Alternative& alternative, const Account& utility) {
    Weighed weighed{.alternative = alternative, .terms = utility.terms};
    if (alternative.intent == Intent::kGo) {
      weighed.own_belief = personal_belief(state, month, occasion.person, alternative.place);
      weighed.travel = month.world.place(alternative.place).travel_cost;
    }
    if (alternative.broker != kNoBroker) {
      const double own = story_belief(month.parameters(), weighed.own_belief, alternative.story);
      weighed.claimed = claimed_belief(own, month.world.scenario);
      weighed.price = state.brokers.slots[alternative.broker].price;
    }
    all.push_back(weighed);
  };
  weigh_each<Account>(state, month, occasion, add);
  return all;
}

Choice choose(const State& state, const Month& month, const Consideration& occasion) {
  Alternative best;
  std::size_t seen = 0;
  std::size_t chosen = 0;
  weigh_each<Total>(state, month, occasion, [&](const Alternative& alternative, Total) {
    const bool better = alternative.utility + alternative.error > best.utility + best.error;
    if (seen == 0 || better) {
      best = alternative;
      chosen = seen;
    }
    ++seen;
  });
  if (is_watched(state.people, month, occasion.person))
    tell(state.people, month, occasion.person, account(state, month, occasion, chosen));
  return {.occasion = occasion, .chosen = best};
}

}  // namespace onward
