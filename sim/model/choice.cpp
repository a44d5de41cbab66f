#include "model/choice.h"

#include <algorithm>
#include <cmath>

#include "core/distributions.h"
#include "model/life.h"
#include "model/purpose.h"
#include "model/state.h"

namespace onward {

ChoiceErrors::ChoiceErrors(RunKey run, Entity person, std::uint32_t occasion, double lambda,
                           double tau)
    : run_(run),
      person_(person),
      occasion_(occasion),
      lambda_(lambda),
      tau_(std::min(tau, lambda)) {
  const Block block = draw(run_, person_, purpose::kNestError, occasion_);
  nest_error_ = lambda_ * log_positive_stable(lambda_, first_uniform(block), second_uniform(block));
}

double ChoiceErrors::go(std::uint32_t place_key, std::size_t nest, std::uint32_t nest_key) {
  EXPECT(nest < kMaxPlaces);
  if ((subnest_known_ >> nest & 1) == 0) {
    const Block block = draw(run_, person_, purpose::kSubnestError, occasion_, nest_key);
    subnest_error_[nest] =
        tau_ * log_positive_stable(tau_ / lambda_, first_uniform(block), second_uniform(block));
    subnest_known_ |= std::uint64_t{1} << nest;
  }
  const double eta =
      gumbel(draw_uniform(run_, person_, purpose::kPlaceError, occasion_, place_key));
  return nest_error_ + subnest_error_[nest] + tau_ * eta;
}

double ChoiceErrors::alone(std::uint8_t purpose) const {
  return gumbel(draw_uniform(run_, person_, purpose, occasion_));
}

double brokered_belief(const State& state, const Month& month, CommunityId community,
                       double belief) {
  const double claimed = 1.0 - (1.0 - belief) * (1.0 - month.world.scenario.brokers.exaggeration);
  return belief +
         broker_trust(state.communities, month.parameters(), community) * (claimed - belief);
}

double offered_belief(const State& state, const Month& month, PersonId id, double belief,
                      Story story) {
  const double relative =
      story == Story::kDeclare ? month.parameters().get<"belief.declared">() : 1.0;
  return brokered_belief(state, month, state.people.community_of(id), relative * belief);
}

double personal_belief(const State& state, const Month& month, PersonId id, PlaceId place) {
  const CommunityId community = state.people.community_of(id);
  const std::size_t destination = month.world.destination_of[place.index()];
  const double belief = state.signals.belief(static_cast<Eigen::Index>(community.index()),
                                             static_cast<Eigen::Index>(destination));
  if ((state.people.refused_by[id.index()] >> place.index() & 1) == 0) return belief;
  const double weight =
      evidence_weight(state.communities, month.parameters(), community, destination);
  return belief * weight / (weight + month.parameters().get<"belief.own_refusal">());
}

namespace {

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

double stay_utility(const State& state, const Month& month, const Chooser& person) {
  const Parameters& parameters = month.parameters();
  const int months = month.date() - state.people.arrival(person.id);
  const double rise =
      satisfaction(parameters, months) - parameters.get<"life.satisfaction_start">();
  const double support = settlement_support(state.people, person.id, month) *
                         (1.0 - support_elapsed(state.people, person.id, month));
  double utility = month.world.group(person.group).attraction_home +
                   parameters.get<"choice.satisfaction">() * rise +
                   parameters.get<"choice.grant">() * support;
  if (felt_discrimination(state.people, person.id, month))
    utility -= parameters.get<"choice.discrimination">();
  const double sent_back = month.levers(person.home, person.group).get<"refoulement">();
  utility -= parameters.get<"choice.refoulement">() * (1.0 - exact_exp(-12.0 * sent_back));
  return utility - kin_fear(month, person, person.home);
}

/// What a destination offers whichever way one gets there, the chance of protection left out.
double destination_utility(const State& state, const Month& month, const Chooser& person,
                           PlaceId id) {
  const Parameters& parameters = month.parameters();
  const Place& place = month.world.place(id);
  const LeverValues& levers = month.levers(id, person.group);
  const std::size_t destination = month.world.destination_of[id.index()];
  double utility = place.attraction;
  utility += parameters.get<"choice.wage">() * (place.income - person.income);
  utility += parameters.get<"choice.benefit">() * levers.get<"benefit">();
  utility += parameters.get<"choice.work_right">() * levers.get<"work_right">();
  if (place.english && person.children) utility += person.taste.school;
  if (place.english && person.english) utility += parameters.get<"choice.english">();
  if (person.children || person.kin) {
    utility += parameters.get<"choice.family_reunion">() * levers.get<"family_reunion">();
  }
  utility -= parameters.get<"choice.waiting">() * state.signals.wait[destination];
  utility -= parameters.get<"choice.detention">() * levers.get<"detention">();
  utility -= parameters.get<"choice.removal">() * levers.get<"readmission">() *
             (1.0 - exact_exp(-12.0 * levers.get<"removal">()));
  utility -= kin_fear(month, person, id);
  const double known =
      state.signals.diaspora(person.community, static_cast<Eigen::Index>(destination));
  return utility + person.taste.diaspora * exact_log(1.0 + known);
}

double cost_share(double cost, double means, const Parameters& parameters) {
  return cost / std::max(means, parameters.get<"choice.wealth_floor">());
}

/// The better of going alone and going with the best offer of a broker.
Alternative best_channel(const State& state, const Month& month, const Chooser& person,
                         PlaceId id) {
  const Parameters& parameters = month.parameters();
  const double travel = month.world.place(id).travel_cost;
  const double belief = personal_belief(state, month, person.id, id);
  Alternative best{.intent = Intent::kGo, .place = id, .belief = belief};
  best.utility = person.taste.protection * belief -
                 person.taste.cost * cost_share(travel, person.savings, parameters);

  const std::size_t destination = month.world.destination_of[id.index()];
  for (const std::uint16_t slot :
       state.brokers.serving[static_cast<std::size_t>(person.community)]) {
    const Broker& broker = state.brokers.slots[slot];
    for (const Story story : {Story::kConceal, Story::kDeclare}) {
      if (broker.offers[product_of(destination, story)] == 0) continue;
      if (story == Story::kDeclare && !person.record) continue;
      const double price = broker.price + travel;
      const double borrowed = std::clamp(price - person.savings, 0.0, person.lent);
      const double cost = price + parameters.get<"broker.credit_cost">() * borrowed;
      const double believed = offered_belief(state, month, person.id, belief, story);
      const double utility =
          parameters.get<"choice.broker">() + person.taste.protection * believed -
          person.taste.cost * cost_share(cost, person.savings + person.lent, parameters);
      if (utility <= best.utility) continue;
      best.utility = utility;
      best.channel = Channel::kBroker;
      best.story = story;
      best.broker = slot;
      best.belief = believed;
    }
  }
  return best;
}

void add_settled_alternatives(ChoiceSet& set, const State& state, const Month& month,
                              const Chooser& person, const Consideration& occasion,
                              const ChoiceErrors& errors) {
  const Parameters& parameters = month.parameters();
  set.add({.intent = Intent::kStay,
           .place = person.home,
           .utility = stay_utility(state, month, person) - occasion.sunk,
           .error = errors.alone(purpose::kStayError)});
  if (!person.genuine) return;
  set.add(
      {.intent = Intent::kReturnOrigin,
       .place = person.home,
       .utility = parameters.get<"choice.return_origin">() - parameters.get<"choice.return_fear">(),
       .error = errors.alone(purpose::kReturnError)});
}

void add_refused_alternatives(ChoiceSet& set, const State& state, const Month& month,
                              const Chooser& person, const ChoiceErrors& errors) {
  const Parameters& parameters = month.parameters();
  set.add({.intent = Intent::kStay,
           .place = state.people.place_of(person.id),
           .utility = parameters.get<"procedure.after_refusal_stay">(),
           .error = errors.alone(purpose::kStayError)});
  if (month.world.group(person.group).can_return == 0.0) return;
  set.add({.intent = Intent::kReturnHome,
           .place = person.home,
           .utility = parameters.get<"procedure.after_refusal_return">() -
                      kin_fear(month, person, person.home),
           .error = errors.alone(purpose::kReturnError)});
}

}  // namespace

ChoiceSet weigh(const State& state, const Month& month, const Consideration& occasion) {
  const Parameters& parameters = month.parameters();
  const World& world = month.world;
  const Chooser person = look_at(state, month, occasion.person);
  ChoiceErrors errors(month.key, state.people.entity_of(occasion.person), occasion.key,
                      parameters.get<"choice.dissimilarity">(),
                      parameters.get<"choice.subnest_dissimilarity">());
  ChoiceSet set;
  if (occasion.after_refusal) {
    add_refused_alternatives(set, state, month, person, errors);
  } else {
    add_settled_alternatives(set, state, month, person, occasion, errors);
  }
  const double again =
      occasion.after_refusal ? parameters.get<"procedure.after_refusal_elsewhere">() : 0.0;
  for (const PlaceId place : world.destinations) {
    if (occasion.after_refusal && place == state.people.place_of(occasion.person)) continue;
    Alternative go = best_channel(state, month, person, place);
    const std::size_t nest = world.nest_of[place.index()];
    go.utility += destination_utility(state, month, person, place) + again;
    go.error = errors.go(world.place_keys[place.index()], nest, world.nest_keys[nest]);
    set.add(go);
  }
  return set;
}

Choice choose(const State& state, const Month& month, const Consideration& occasion) {
  const ChoiceSet set = weigh(state, month, occasion);
  const Alternative* best = &set.alternatives[0];
  for (const Alternative& alternative : set.all()) {
    if (alternative.utility + alternative.error > best->utility + best->error) best = &alternative;
  }
  return {.occasion = occasion, .chosen = *best};
}

}  // namespace onward
