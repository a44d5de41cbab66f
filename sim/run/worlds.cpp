#include "run/worlds.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "core/check.h"
#include "io/adjustable.h"
#include "io/number_text.h"
#include "io/problems.h"

namespace onward {

namespace {

/// The nearest number that the scenario has, as a question.
std::string suggestion_for(const std::string& target, const Scenario& scenario) {
  const std::vector<std::string> names = adjustable_names(scenario);
  const std::vector<std::string_view> known(names.begin(), names.end());
  const std::string_view likely = nearest(target, known);
  return likely.empty() ? "" : "Did you mean '" + std::string(likely) + "'";
}

/// Notes the first value of a parameter that the target does not allow.
void check_values(const Posterior& posterior, std::size_t p, const std::string& target,
                  const Adjustable& number, const Mark& where, Problems& problems) {
  for (std::size_t d = 0; d < posterior.draws.size(); ++d) {
    const double value = posterior.draws[d][p];
    if (value >= number.low && value <= number.high) continue;
    problems.add(where,
                 "the parameter " + quote(posterior.parameters[p].name) + " is " +
                     number_text(value) + " in draw " + std::to_string(d),
                 target + " allows " + number_text(number.low) + " to " + number_text(number.high));
    return;
  }
}

/// Errors: InputError with every target that does not fit.
void check_targets(Scenario scenario, const Posterior& posterior, const std::string& file) {
  const Mark where = mark_of_source(file);
  Problems problems;
  std::set<std::string> seen;
  for (std::size_t p = 0; p < posterior.parameters.size(); ++p) {
    const std::string name = quote(posterior.parameters[p].name);
    for (const std::string& target : posterior.parameters[p].targets) {
      if (!seen.insert(target).second)
        problems.add(where, "the parameter " + name + " sets " + quote(target),
                     "another one of the posterior sets it too");
      const auto number = find_adjustable(scenario, target);
      if (!number) {
        problems.add(where, "the parameter " + name + " sets " + quote(target),
                     "the scenario has no such number", suggestion_for(target, scenario));
      } else {
        check_values(posterior, p, target, *number, where, problems);
      }
    }
  }
  problems.throw_if_any();
}

}  // namespace

Worlds::Worlds(const World& world) : centre_(std::shared_ptr<const World>{}, &world) {}

Worlds::Worlds(Scenario scenario) : centre_(std::make_shared<const World>(std::move(scenario))) {}

Worlds::Worlds(Scenario scenario, Posterior posterior, std::string file)
    : centre_(std::make_shared<const World>(std::move(scenario))),
      posterior_(std::make_shared<const Posterior>(std::move(posterior))),
      file_(std::move(file)) {
  EXPECT(!posterior_->draws.empty());
  check_targets(centre_->scenario, *posterior_, file_);
}

Scenario Worlds::scenario_of(std::uint32_t replicate) const {
  Scenario scenario = centre_->scenario;
  if (!posterior_) return scenario;
  set_values(scenario, posterior_->parameters,
             posterior_->draws[replicate % posterior_->draws.size()]);
  return scenario;
}

std::shared_ptr<const World> Worlds::of(std::uint32_t replicate) const {
  if (!posterior_) return centre_;
  return std::make_shared<const World>(scenario_of(replicate));
}

Parameters Worlds::parameters_of(std::uint32_t replicate) const {
  return posterior_ ? scenario_of(replicate).parameters : centre_->parameters();
}

Worlds Worlds::in(Scenario other) const {
  if (!posterior_) return Worlds(std::move(other));
  return {std::move(other), *posterior_, file_};
}

std::optional<Posterior> without_targets(Posterior posterior,
                                         const std::vector<std::string>& fixed) {
  const auto is_fixed = [&fixed](const std::string& target) {
    return std::find(fixed.begin(), fixed.end(), target) != fixed.end();
  };
  for (std::size_t p = posterior.parameters.size(); p-- > 0;) {
    std::erase_if(posterior.parameters[p].targets, is_fixed);
    if (!posterior.parameters[p].targets.empty()) continue;
    const auto position = static_cast<std::ptrdiff_t>(p);
    posterior.parameters.erase(posterior.parameters.begin() + position);
    for (std::vector<double>& draw : posterior.draws) draw.erase(draw.begin() + position);
  }
  if (posterior.parameters.empty()) return std::nullopt;
  return posterior;
}

std::vector<std::string> targets_that_differ(const Posterior& posterior, Scenario one,
                                             Scenario other) {
  std::vector<std::string> differ;
  for (const FittedParameter& parameter : posterior.parameters) {
    for (const std::string& target : parameter.targets) {
      const auto first = find_adjustable(one, target);
      const auto second = find_adjustable(other, target);
      if (first && second && *first->value != *second->value) differ.push_back(target);
    }
  }
  return differ;
}

}  // namespace onward
