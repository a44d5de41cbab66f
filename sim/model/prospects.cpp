#include "model/prospects.h"

#include <array>

#include "model/ruling.h"

namespace onward {

namespace {

constexpr std::size_t kLeverTerms = 5;

/// The terms of one destination by its levers, in the order of Outlook.
std::array<double, kLeverTerms> terms_of(const Parameters& parameters, const LeverValues& levers,
                                         const Group& group) {
  const double taken_back = group.can_return * levers.get<"readmission">();
  return {
      parameters.get<"choice.benefit">() * levers.get<"benefit">(),
      parameters.get<"choice.work_right">() * levers.get<"work_right">(),
      parameters.get<"choice.family_reunion">() * levers.get<"family_reunion">(),
      -parameters.get<"choice.detention">() * levers.get<"detention">(),
      -parameters.get<"choice.removal">() * taken_back * within_a_year(levers.get<"removal">())};
}

/// Mean time that the evidence of a claim takes, in months: share in the accelerated procedure and
/// time limit counted in, rounding to whole months left out.
double expected_evidence(const LeverValues& levers, const Parameters& parameters) {
  const double limit = levers.get<"time_limit">();
  const auto within = [limit](double mean) {
    return mean > 0.0 ? mean * (1.0 - exact_exp(-limit / mean)) : 0.0;
  };
  const double accelerated = levers.get<"accelerated">();
  const double regular = levers.get<"evidence_months">();
  const double fast = parameters.get<"procedure.accelerated_time">() * regular;
  return (1.0 - accelerated) * within(regular) + accelerated * within(fast);
}

}  // namespace

Prospects::Prospects(const Scenario& scenario, const PolicyTimeline& policy,
                     const std::vector<PlaceId>& destinations)
    : groups_(scenario.groups.size()), destinations_(destinations.size()) {
  const auto list = [&](auto value) {
    for (const PlaceId id : destinations)
      lasting_.push_back(static_cast<double>(value(scenario.places[id.index()])));
  };
  list([](const Place& place) { return place.attraction; });
  list([](const Place& place) { return place.income; });
  list([](const Place& place) { return place.travel_cost; });
  list([](const Place& place) { return place.english; });
  list([](const Place& place) { return place.enemy; });

  std::size_t laid = 0;
  for (int month = -1; month < scenario.months(); ++month) {
    if (policy.regime(month) < laid) continue;
    lay_regime(scenario, policy, destinations, month);
    ++laid;
  }
}

void Prospects::lay_regime(const Scenario& scenario, const PolicyTimeline& policy,
                           const std::vector<PlaceId>& destinations, int month) {
  for (std::size_t g = 0; g < groups_; ++g) lay_terms(scenario, policy, destinations, month, g);
  for (const PlaceId place : destinations) {
    double evidence = 0.0;
    for (std::size_t g = 0; g < groups_; ++g) {
      const LeverValues& levers = policy.levers(month, place, GroupId{g});
      evidence += expected_evidence(levers, scenario.parameters);
      protection_.push_back(
          static_cast<float>(protection_rate(levers, scenario.groups[g], scenario.parameters)));
    }
    evidence_.push_back(evidence / static_cast<double>(groups_));
  }
}

void Prospects::lay_terms(const Scenario& scenario, const PolicyTimeline& policy,
                          const std::vector<PlaceId>& destinations, int month, std::size_t group) {
  const std::size_t begin = terms_.size();
  terms_.resize(begin + kLeverTerms * destinations_);
  for (std::size_t d = 0; d < destinations_; ++d) {
    const auto terms =
        terms_of(scenario.parameters, policy.levers(month, destinations[d], GroupId{group}),
                 scenario.groups[group]);
    for (std::size_t term = 0; term < kLeverTerms; ++term)
      terms_[begin + term * destinations_ + d] = terms[term];
  }
}

Outlook Prospects::outlook(std::size_t regime, GroupId group) const {
  const double* lasting = lasting_.data();
  const std::size_t cell = regime * groups_ + group.index();
  const double* terms = terms_.data() + cell * kLeverTerms * destinations_;
  const std::size_t n = destinations_;
  return {.attraction = lasting,
          .income = lasting + n,
          .travel = lasting + 2 * n,
          .english = lasting + 3 * n,
          .enemy = lasting + 4 * n,
          .benefit = terms,
          .work_right = terms + n,
          .family_reunion = terms + 2 * n,
          .detention = terms + 3 * n,
          .removal = terms + 4 * n};
}

}  // namespace onward
