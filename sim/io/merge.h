#pragma once

#include <string>

#include "io/problems.h"
#include "io/yaml_tree.h"

namespace onward {

/// Merges the `changes` of a variant into its base. Maps merge key by key; a list whose entries
/// have an `id` takes `add`, `replace` and `remove`; anything else is replaced whole, also a value
/// with its remarks. Positions stay those of the file that each part comes from.
void merge_changes(Tree& base, const Tree& changes, Problems& problems);

/// Turns dotted names of parameters into maps inside maps, so that each has one place. Notes those
/// that are given twice.
void nest_parameters(Tree& parameters, Problems& problems);

/// Puts the keys of every map into the order of the tables of fields, then of name, and the list of
/// changes of policy into order of date and id.
void put_in_order(Tree& world);

}  // namespace onward
