#include "io/adjustable.h"

#include <algorithm>
#include <variant>

#include "core/check.h"
#include "io/scenario_fields.h"

namespace onward {

namespace {

/// The plain numbers of an object, by the rows of scenario files.
template <class T, std::size_t N>
std::optional<Adjustable> find_field(const std::array<Field<T>, N>& fields, std::string_view name,
                                     T& object) {
  for (const Field<T>& field : fields) {
    const auto* member = std::get_if<double T::*>(&field.store);
    if (member == nullptr || field.row.kind != FieldKind::kNumber || field.row.name != name)
      continue;
    return Adjustable{.low = field.row.low,
                      .high = field.row.high,
                      .unit = std::string{field.row.unit},
                      .meaning = std::string{field.row.meaning},
                      .value = &(object.**member)};
  }
  return std::nullopt;
}

template <class T, std::size_t N>
void list_fields(const std::array<Field<T>, N>& fields, const std::string& prefix,
                 std::vector<std::string>& names) {
  for (const Field<T>& field : fields) {
    if (std::holds_alternative<double T::*>(field.store) && field.row.kind == FieldKind::kNumber)
      names.push_back(prefix + std::string{field.row.name});
  }
}

/// The thing called `name`.
template <class T>
T* find_named(std::vector<T>& things, std::string_view name) {
  const auto found = std::find_if(things.begin(), things.end(),
                                  [&](const T& thing) { return thing.name == name; });
  return found == things.end() ? nullptr : &*found;
}

/// `NAME.KEY` among things of one kind.
template <class T, std::size_t N>
std::optional<Adjustable> find_member(std::vector<T>& things, const std::array<Field<T>, N>& fields,
                                      std::string_view path) {
  const std::size_t dot = path.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  T* thing = find_named(things, path.substr(0, dot));
  if (thing == nullptr) return std::nullopt;
  return find_field(fields, path.substr(dot + 1), *thing);
}

std::optional<Adjustable> find_parameter(Parameters& parameters, std::string_view name) {
  const std::size_t row = find_row(kParameterRows, name);
  if (row == kParameterRows.size()) return std::nullopt;
  const NumberRow& about = kParameterRows[row];
  return Adjustable{.low = about.low,
                    .high = about.high,
                    .unit = std::string{about.unit},
                    .meaning = std::string{about.meaning},
                    .value = &parameters.reference(row)};
}

}  // namespace

std::optional<Adjustable> find_adjustable(Scenario& scenario, std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view part = name.substr(0, dot);
  const std::string_view rest = name.substr(dot + 1);
  if (part == "destinations") return find_member(scenario.places, kPlaceFields, rest);
  if (part == "groups") return find_member(scenario.groups, kGroupFields, rest);
  if (part == "brokers") return find_field(kBrokerFields, rest, scenario.brokers);
  return find_parameter(scenario.parameters, name);
}

void set_values(Scenario& scenario, const std::vector<FittedParameter>& parameters,
                const std::vector<double>& values) {
  EXPECT(parameters.size() == values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (const std::string& name : parameters[i].targets) {
      const auto target = find_adjustable(scenario, name);
      EXPECT(target.has_value());
      *target->value = values[i];
    }
  }
}

std::vector<std::string> adjustable_names(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const NumberRow& row : kParameterRows) names.emplace_back(row.name);
  for (const Place& place : scenario.places)
    list_fields(kPlaceFields, "destinations." + place.name + '.', names);
  for (const Group& group : scenario.groups)
    list_fields(kGroupFields, "groups." + group.name + '.', names);
  list_fields(kBrokerFields, "brokers.", names);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace onward
