#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "run/trace.h"

namespace onward {

/// Asks for the `number`th person to depart, counted from 0, whoever that is.
struct Mover {
  std::uint32_t number = 0;
};

/// The name of a person: `GROUP:YYYY-MM:NUMBER`, with the month of arrival and a number that counts
/// from 0 within it.
std::string person_name(const World& world, const Portrait& portrait);

/// Reads the name of a person, or `first-mover`, or `mover:NUMBER`. Errors: UsageError, which says
/// who there is.
std::variant<Entity, Mover> read_person_name(const World& world, const std::string& text);

}  // namespace onward
