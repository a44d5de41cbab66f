#include <algorithm>
#include <cmath>
#include <limits>

#include "io/field_reader.h"
#include "io/scenario_fields.h"
#include "io/scenario_reader.h"

/// The part of the reader that deals with places, levers, brokers, parameters and the record.
namespace onward {

namespace {

FieldRow number_field(const NumberRow& row) {
  return {row.name, FieldKind::kNumber, kOptional, row.low, row.high,
          row.unit, row.meaning,        "",        {}};
}

template <class Rows>
std::vector<std::string_view> names_in(const Rows& rows) {
  std::vector<std::string_view> names;
  for (const NumberRow& row : rows) names.push_back(row.name);
  return names;
}

/// The values of one lever by group, NaN where none is given.
std::vector<double> read_by_group(const Tree& tree, const LeverRow& lever, const std::string& what,
                                  ReaderContext& context) {
  const FieldRow row = number_field(lever);
  const auto& names = context.group_names;
  std::vector<double> values(names.size(), std::numeric_limits<double>::quiet_NaN());
  const Tree& value = bare_value(tree, context.problems);
  if (!value.is_map()) {
    const auto number = read_number(value, row, what, context.problems);
    if (number) std::fill(values.begin(), values.end(), *number);
    return values;
  }
  if (!lever.by_group) {
    context.problems.add(value.where, what + " is given by group",
                         "it is the same for all groups of a place", "Write one number");
    return values;
  }
  bool any = false;
  for (const Entry& entry : value.entries) {
    if (check_remark(entry, context.problems)) continue;
    any = true;
    const auto found = std::lower_bound(names.begin(), names.end(), entry.key);
    if (found == names.end() || *found != entry.key) {
      context.problems.add_unknown(entry.where,
                                   what + " names the unknown group " + quote(entry.key), entry.key,
                                   names, "known groups");
      continue;
    }
    const auto number = read_number(entry.value, row, joined(what, entry.key), context.problems);
    if (number) values[static_cast<std::size_t>(found - names.begin())] = *number;
  }
  if (!any) context.problems.add(value.where, what + " is empty", "a number, or numbers by group");
  return values;
}

Place read_one_place(const Entry& entry, ReaderContext& context) {
  Place place;
  place.name = entry.key;
  place.levers.resize(context.group_names.size());
  const std::string what = "place " + quote(entry.key);
  const Tree& map = bare_value(entry.value, context.problems);
  if (!read_fields(map, kPlaceFields, what, entry.where, place, context.problems)) return place;
  const Tree* levers = map.find("levers");
  if (levers == nullptr) return place;
  read_levers(*levers, joined(what, "levers"), context,
              [&](std::size_t lever, const std::vector<double>& by_group) {
                for (std::size_t g = 0; g < by_group.size(); ++g) {
                  if (!std::isnan(by_group[g])) place.levers[g].values[lever] = by_group[g];
                }
              });
  return place;
}

/// Empty if its place could not be read.
std::optional<ProductPlan> read_product(const Tree& tree, const std::string& what,
                                        ReaderContext& context) {
  ProductPlan product;
  const Tree& map = bare_value(tree, context.problems);
  if (!read_fields(map, kProductFields, what, tree.where, product, context.problems)) return {};
  const Tree* destination = map.find("destination");
  if (destination == nullptr) return std::nullopt;
  const auto place = read_place(*destination, joined(what, "destination"), context);
  if (!place) return std::nullopt;
  product.place = *place;
  if (context.scenario.places[place->index()].asylum) return product;
  context.problems.add(
      destination->where,
      joined(what, "destination") + " is " + quote(context.place_names[place->index()]),
      "brokers sell routes to places that take asylum claims");
  return std::nullopt;
}

void read_products(const Tree& tree, ReaderContext& context) {
  constexpr std::string_view kWhat = "products";
  std::vector<ProductPlan>& products = context.scenario.brokers.products;
  const Tree& list = bare_value(tree, context.problems);
  if (!check_list(list, kWhat, context.problems)) return;
  std::map<std::pair<PlaceId, Story>, Mark> seen;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const Tree& item = list.items[i];
    const std::string what = "product " + std::to_string(i + 1);
    const auto product = read_product(item, what, context);
    if (!product) continue;
    products.push_back(*product);
    const auto [first, is_new] =
        seen.emplace(std::pair{product->place, product->story}, item.where);
    if (is_new) continue;
    context.problems.add(item.where, what + " repeats a destination and story",
                         "they were at line " + std::to_string(first->second.line));
  }
  std::sort(products.begin(), products.end(), [](const ProductPlan& a, const ProductPlan& b) {
    return std::pair{a.place, a.story} < std::pair{b.place, b.story};
  });
}

void add_unknown_parameter(const Mark& where, const std::string& name, Problems& problems) {
  static const std::vector<std::string_view> kNames = names_in(kParameterRows);
  std::vector<std::string_view> known = kNames;
  const std::string group = name.substr(0, name.find('.')) + '.';
  const auto is_other = [&](std::string_view other) {
    return other.substr(0, group.size()) != group;
  };
  const bool has_group = !std::all_of(known.begin(), known.end(), is_other);
  // All parameters are too many to list; those of the same group are not.
  if (has_group && nearest(name, known).empty()) std::erase_if(known, is_other);
  problems.add_unknown(where, "unknown parameter " + quote(name), name, known, "known parameters");
}

/// Reads the parameters of a map and of the maps inside it, whose names are parts of dotted names.
void read_parameter_group(const Tree& map, const std::string& prefix, ReaderContext& context) {
  for (const Entry& entry : map.entries) {
    if (check_remark(entry, context.problems)) continue;
    const std::string name = prefix + entry.key;
    const bool is_group = entry.value.is_map() && entry.value.find("value") == nullptr;
    const std::size_t row = find_row(kParameterRows, name);
    if (row < kParameterRows.size()) {
      const auto number =
          read_number(entry.value, number_field(kParameterRows[row]), name, context.problems);
      if (number) context.scenario.parameters.set_at(row, *number);
    } else if (is_group) {
      read_parameter_group(entry.value, name + '.', context);
    } else {
      add_unknown_parameter(entry.where, name, context.problems);
    }
  }
}

}  // namespace

void read_levers(const Tree& tree, std::string_view what, ReaderContext& context,
                 const LeverStore& store) {
  static const std::vector<std::string_view> kNames = names_in(kLeverRows);
  const Tree& map = bare_value(tree, context.problems);
  if (!check_map(map, what, context.problems)) return;
  for (const Entry& entry : map.entries) {
    if (check_remark(entry, context.problems)) continue;
    const auto found = std::find(kNames.begin(), kNames.end(), entry.key);
    if (found == kNames.end()) {
      context.problems.add_unknown(entry.where,
                                   "unknown lever " + quote(entry.key) + " in " + std::string{what},
                                   entry.key, kNames, "known levers");
      continue;
    }
    const auto lever = static_cast<std::size_t>(found - kNames.begin());
    store(lever, read_by_group(entry.value, kLeverRows[lever], joined(what, entry.key), context));
  }
}

void read_places(const Tree& tree, ReaderContext& context) {
  const Tree& map = bare_value(tree, context.problems);
  for (const Entry& entry : map.entries) {
    if (!is_remark(entry.key)) context.scenario.places.push_back(read_one_place(entry, context));
  }
  std::sort(context.scenario.places.begin(), context.scenario.places.end(),
            [](const Place& a, const Place& b) { return a.name < b.name; });
}

void read_brokers(const Tree& tree, const Mark& where, ReaderContext& context) {
  const Tree& map = bare_value(tree, context.problems);
  read_fields(map, kBrokerFields, "brokers", where, context.scenario.brokers, context.problems);
  if (const Tree* products = map.find("products")) read_products(*products, context);
}

void read_parameters(const Tree& tree, ReaderContext& context) {
  const Tree& map = bare_value(tree, context.problems);
  if (check_map(map, "parameters", context.problems)) read_parameter_group(map, "", context);
}

}  // namespace onward
