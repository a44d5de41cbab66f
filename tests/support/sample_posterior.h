#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/prior.h"

/// Posteriors made by hand, for tests of how they are stored and used.
namespace onward::small {

/// A fitted number with a log-normal prior around `middle` and one target of its own name.
inline FittedParameter fitted(const std::string& name, double middle, double low, double high) {
  return {.name = name,
          .targets = {name},
          .prior = {.kind = PriorKind::kLogNormal,
                    .low = low,
                    .high = high,
                    .middle = middle,
                    .spread = 0.5},
          .source = "assumption: a test"};
}

/// Five draws of the base of attention and of the attraction of alpha and beta, which get the same
/// value.
inline Posterior posterior() {
  Posterior result;
  result.study = "small";
  result.world_hash = "fnv1a64:0000000000000000";
  result.fitted_to = {.first = 2001, .last = 2002};
  result.left_out = "beta in 2002";
  result.parameters = {fitted("attention.base", 0.02, 0.001, 0.5)};
  result.parameters.push_back(
      {.name = "attraction",
       .targets = {"destinations.alpha.attraction", "destinations.beta.attraction"},
       .prior =
           {.kind = PriorKind::kNormal, .low = -3.0, .high = 3.0, .middle = 0.0, .spread = 1.0},
       .source = "assumption: a test, with a \"quotation\""});
  result.draws = {{0.01, 0.5}, {0.02, -0.25}, {0.04, 1.0 / 3.0}, {0.08, 2.0}, {0.16, -1.0}};
  return result;
}

}  // namespace onward::small
