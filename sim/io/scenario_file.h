#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/scenario.h"

/// Scenario files, as everything else sees them.
namespace onward {

/// A scenario, and the text that holds all of it.
struct LoadedScenario {
  Scenario scenario;
  std::string
      resolved;  ///< a world without `extends`, in canonical order; reads back to `scenario`
};

/// Reads a scenario file and the files it extends. `overrides` are parameters by dotted name with
/// the text of their values, as `--set name=value` gives them. Errors: InputError with all problems
/// that were found, also for a file that cannot be read.
LoadedScenario load_scenario(
    const std::string& path,
    const std::vector<std::pair<std::string, std::string>>& overrides = {});

/// Reads a scenario from a text without `extends`; `name` stands for the file in positions.
/// Errors: InputError with all problems that were found.
LoadedScenario read_scenario_text(
    const std::string& text, const std::string& name,
    const std::vector<std::pair<std::string, std::string>>& overrides = {});

/// The scenario of a file and each that it extends, the file's own first. Errors: as load_scenario.
std::vector<LoadedScenario> load_chain(const std::string& path);

/// Identity of the world in which numbers are fitted: a hash of a resolved scenario without the
/// numbers themselves (dotted names, as in io/adjustable.h), without sources, notes and the title,
/// and without the keys of `observed` that only say how it is judged. So neither the values that a
/// fit brings nor what is written about them make it another world. Errors: InputError if it is no
/// scenario.
std::string world_hash(const std::string& resolved, const std::vector<std::string>& fitted);

/// What a variant changes against its base, one line for each change; "a world of its own" for a
/// scenario that extends none. Errors: InputError, as load_scenario.
std::string describe_changes(const std::string& path);

/// Whether two scenarios are equal in every value (NaN, "the group keeps its value", equals NaN).
bool is_same(const Scenario& a, const Scenario& b);

}  // namespace onward
