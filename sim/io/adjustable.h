#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/prior.h"
#include "model/scenario.h"

/// Numbers of a scenario that can be set from outside by a dotted name: any parameter
/// (`attention.base`), and any number of a place, a group or the brokers
/// (`destinations.GBR.attraction`, `groups.direct.restless`, `brokers.reach`).
namespace onward {

/// Such a number of one scenario.
struct Adjustable {
  double low = 0.0;   ///< least value that a scenario file allows
  double high = 0.0;  ///< greatest
  std::string unit;
  std::string meaning;
  double* value = nullptr;  ///< in the scenario that it was looked up in
};

/// The number of this name; nothing if the scenario has none.
std::optional<Adjustable> find_adjustable(Scenario& scenario, std::string_view name);

/// Gives every target of each parameter its value. Every target must be a number of the scenario.
void set_values(Scenario& scenario, const std::vector<FittedParameter>& parameters,
                const std::vector<double>& values);

/// Every name that `find_adjustable` knows for this scenario, sorted.
std::vector<std::string> adjustable_names(const Scenario& scenario);

}  // namespace onward
