#include "model/needs.h"

#include <algorithm>

namespace onward {

namespace {

/// Whether a lever is ever more than 0, in any place and for any group.
template <FixedName name>
bool is_used(const PolicyTimeline& policy) {
  return std::ranges::any_of(policy.sets(),
                             [](const LeverValues& set) { return set.get<name>() != 0.0; });
}

}  // namespace

Needs::Needs(const Scenario& scenario, const PolicyTimeline& policy) {
  const Parameters& parameters = scenario.parameters;
  const bool discriminated = is_used<"discrimination">(policy);
  const bool supported = is_used<"settlement_grant">(policy) || is_used<"job_incentive">(policy);
  const double lambda = parameters.get<"choice.dissimilarity">();
  nest = lambda < 1.0;
  subnests = parameters.get<"choice.subnest_dissimilarity">() < lambda;
  discrimination = discriminated && parameters.get<"choice.discrimination">() != 0.0;
  support = supported && parameters.get<"choice.grant">() != 0.0;
  satisfaction = parameters.get<"choice.satisfaction">() != 0.0;
  known = parameters.get<"choice.diaspora">() != 0.0;
  means = parameters.get<"choice.cost">() != 0.0;
  children =
      parameters.get<"choice.school">() != 0.0 || parameters.get<"choice.family_reunion">() != 0.0;
  resettlement = is_used<"resettlement">(policy);
  push_discrimination = discriminated && parameters.get<"push.discrimination">() != 0.0;
  push_support = supported && parameters.get<"push.grant">() != 0.0;
}

}  // namespace onward
