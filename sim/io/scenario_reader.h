#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "io/problems.h"
#include "io/yaml_tree.h"
#include "model/scenario.h"

namespace onward {

/// Turns the tree of a world (no `extends`) into a scenario in canonical order: places, groups and
/// regions by name, ages by years, products by place and story, changes by date and id, the record
/// by place and year. Errors: InputError with every mistake of the tree.
Scenario read_scenario(const Tree& world);

/// What the parts of the reader share. Each part fills its part of `scenario` and notes mistakes.
struct ReaderContext {
  Scenario scenario;
  Problems problems;
  std::vector<std::string_view> place_names;  ///< sorted, by place
  std::vector<std::string_view> group_names;  ///< sorted, by group
};

/// The place called by a scalar, noted as unknown otherwise.
std::optional<PlaceId> read_place(const Tree& tree, std::string_view what, ReaderContext& context);

/// The places called by a scalar or a list, in order; notes unknown ones and repeated ones.
std::vector<PlaceId> read_where(const Tree& tree, const std::string& what, ReaderContext& context);

/// Levers with one number each, or numbers by group. Calls `store(lever, by_group)` for each that
/// could be read, NaN where a group is not named.
using LeverStore = std::function<void(std::size_t lever, const std::vector<double>& by_group)>;
void read_levers(const Tree& tree, std::string_view what, ReaderContext& context,
                 const LeverStore& store);

/// The parts of a world; see scenario_reader.cpp for their order.
void read_places(const Tree& tree, ReaderContext& context);
void read_groups(const Tree& tree, ReaderContext& context);
void read_communities(const Tree& tree, const Mark& where, ReaderContext& context);
void read_brokers(const Tree& tree, const Mark& where, ReaderContext& context);
void read_parameters(const Tree& tree, ReaderContext& context);
void read_policy(const Tree& tree, ReaderContext& context);
void read_observed(const Tree& tree, const Mark& where, ReaderContext& context);
void read_validation(const Tree& observed, int origin, ReaderContext& context);

}  // namespace onward
