#pragma once

#include <string>

/// The tables of the model and of the scenario format, written for people and for programs.
namespace onward {

/// docs/parameters.md: every parameter and every lever.
std::string parameters_markdown();

/// A list of objects with the keys name, kind ("parameter" or "lever"), unit, range ([low, high]),
/// default, meaning and source. No text is empty.
std::string parameters_json();

/// scenarios/scenario.schema.json: a JSON schema (draft 7) of scenario files, for editors.
std::string scenario_schema();

}  // namespace onward
