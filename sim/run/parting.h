#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/world.h"

namespace onward {

/// Where two worlds part.
struct Parting {
  std::optional<int> month;     ///< the first month in which they differ; nothing if none does
  std::vector<bool> is_target;  ///< by destination: its policy differs
  bool shares_past = true;      ///< whether one can be continued in the other from `month` on
};

/// Throws unless the two scenarios can be joined: they need the same first and last month, and the
/// same places and groups by name. Errors: InputError, one problem at `variant_file`.
void check_comparable(const Scenario& base, const Scenario& variant,
                      const std::string& variant_file);

/// Throws unless one world can take the path of the other: two comparable scenarios need the same
/// arrivals, communities, slots of brokers and interaction too. Errors: InputError, one problem at
/// `variant_file`.
void check_decomposable(const Scenario& base, const Scenario& variant,
                        const std::string& variant_file);

/// Compares everything that two comparable worlds act on. Levers, severities and announcements
/// differ from a month on; anything else (parameters, people, places, brokers, interaction) differs
/// from the first month. If no destination's policy differs but something does, all are targets.
/// When somebody in hiding will be found is known from the start, by all the months to come: where
/// refoulement differs, both are run from the start, though they part later.
Parting find_parting(const World& base, const World& variant);

/// The first two full calendar years from the parting on, fewer if the run ends before.
std::vector<int> full_years(const World& world, const Parting& parting);

}  // namespace onward
