#include <algorithm>

#include <nlohmann/json.hpp>

#include "io/number_text.h"
#include "io/parameter_listing.h"
#include "io/scenario_fields.h"

namespace onward {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kNamePattern = "^[A-Za-z0-9_-]{1,40}$";
constexpr const char* kYearPattern = "^[12][0-9]{3}$|^3000$";

Json reference(std::string_view name) { return {{"$ref", "#/definitions/" + std::string{name}}}; }

Json text_shape() { return {{"type", {"string", "number", "boolean"}}}; }

Json number_shape(double low, double high) {
  return {{"type", "number"}, {"minimum", low}, {"maximum", high}};
}

Json name_shape() { return {{"type", {"string", "integer"}}, {"pattern", kNamePattern}}; }

/// A value, alone or with its remarks.
Json with_remarks(const Json& shape) {
  const Json remark = reference("remark");
  const Json annotated = {{"type", "object"},
                          {"required", {"value"}},
                          {"properties", {{"value", shape}, {"source", remark}, {"note", remark}}},
                          {"additionalProperties", false}};
  return {{"anyOf", {shape, annotated}}};
}

/// A number in this range, with or without remarks, which is defined once for all its uses.
Json number_reference(double low, double high, Json& definitions) {
  const std::string name = "number_" + number_text(low) + "_to_" + number_text(high);
  if (!definitions.contains(name)) definitions[name] = with_remarks(number_shape(low, high));
  return reference(name);
}

/// An object with these properties, open for remarks and closed for anything else.
Json closed_object(Json properties) {
  for (const std::string_view key : kRemarkKeys) properties[std::string{key}] = reference("remark");
  return {{"type", {"object", "null"}},
          {"properties", std::move(properties)},
          {"additionalProperties", false}};
}

/// An object whose keys are names (or years) of the user's choice.
Json map_of(const Json& shape, const char* pattern) {
  Json object = closed_object(Json::object());
  object["patternProperties"] = {{pattern, shape}};
  // Remarks match the pattern of names as well; their own shape is texts.
  if (pattern == kNamePattern) {
    object["patternProperties"] = {{"^(?!(source|note|value)$)[A-Za-z0-9_-]{1,40}$", shape}};
  }
  return object;
}

Json list_of(const Json& shape) { return {{"type", {"array", "null"}}, {"items", shape}}; }

/// `partial`: what a variant may say, where nothing is required. The other definitions serve both.
std::string definition_name(std::string_view name, bool partial) {
  constexpr std::string_view kTwofold[] = {"group",        "groups",      "place",
                                           "destinations", "communities", "brokers",
                                           "observed",     "policy",      "patterns"};
  const bool is_twofold =
      std::find(std::begin(kTwofold), std::end(kTwofold), name) != std::end(kTwofold);
  return std::string{name} + (partial && is_twofold ? "_changes" : "");
}

Json shape_of(const FieldRow& row, bool partial, Json& definitions) {
  switch (row.kind) {
    case FieldKind::kText:
      return with_remarks(text_shape());
    case FieldKind::kName:
      return with_remarks(name_shape());
    case FieldKind::kNumber:
      return number_reference(row.low, row.high, definitions);
    case FieldKind::kWhole: {
      Json shape = number_shape(row.low, row.high);
      shape["type"] = "integer";
      return with_remarks(shape);
    }
    case FieldKind::kSwitch: {
      const Json words = {{"enum", {"yes", "no", "on", "off"}}};
      return with_remarks({{"anyOf", {{{"type", "boolean"}}, words}}});
    }
    case FieldKind::kMonth:
      return with_remarks({{"type", "string"}, {"pattern", "^[123][0-9]{3}-(0[1-9]|1[0-2])$"}});
    case FieldKind::kChoice:
      return with_remarks({{"enum", row.choices}});
    case FieldKind::kNumbersByYear:
      return with_remarks(map_of(number_reference(row.low, row.high, definitions), kYearPattern));
    case FieldKind::kNested:
      return with_remarks(reference(definition_name(row.shape, partial)));
  }
  return {};
}

std::string description_of(const FieldRow& row) {
  std::string text{row.meaning};
  if (!row.unit.empty() && row.unit != "1") text += " [" + std::string{row.unit} + ']';
  return text;
}

Json described(const Json& shape, const std::string& description) {
  if (!shape.contains("$ref")) {
    Json result = shape;
    result["description"] = description;
    return result;
  }
  // What stands beside a reference is ignored, so the reference goes into a list of one.
  return {{"description", description}, {"allOf", Json::array({shape})}};
}

template <class T, std::size_t N>
Json object_of(const std::array<Field<T>, N>& fields, bool partial, Json& definitions) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Field<T>& field : fields) {
    const std::string name{field.row.name};
    properties[name] =
        described(shape_of(field.row, partial, definitions), description_of(field.row));
    if (field.row.required && !partial) required.push_back(name);
  }
  Json object = closed_object(std::move(properties));
  if (!required.empty()) {
    object["type"] = "object";
    object["required"] = std::move(required);
  }
  return object;
}

Json described_number(const NumberRow& row, const Json& shape) {
  FieldRow field;
  field.unit = row.unit;
  field.meaning = row.meaning;
  return described(shape, description_of(field) + "; default " + number_text(row.standard));
}

Json levers_shape(Json& definitions) {
  Json properties = Json::object();
  for (const LeverRow& row : kLeverRows) {
    const Json number = number_reference(row.low, row.high, definitions);
    const Json shape = with_remarks({{"anyOf", {number, map_of(number, kNamePattern)}}});
    properties[std::string{row.name}] = described_number(row, shape);
  }
  return closed_object(std::move(properties));
}

Json parameters_shape(Json& definitions) {
  Json dotted = Json::object();
  Json nested = Json::object();
  for (const NumberRow& row : kParameterRows) {
    const Json shape = described_number(row, number_reference(row.low, row.high, definitions));
    const std::size_t dot = row.name.find('.');
    dotted[std::string{row.name}] = shape;
    nested[std::string{row.name.substr(0, dot)}][std::string{row.name.substr(dot + 1)}] = shape;
  }
  for (const auto& [group, rows] : nested.items()) dotted[group] = closed_object(rows);
  return closed_object(std::move(dotted));
}

Json applications_shape() {
  const Json count = {{"anyOf", {{{"type", "null"}}, number_shape(0, kPeople)}}};
  return map_of(with_remarks(map_of(with_remarks(count), kYearPattern)), kNamePattern);
}

/// A whole list, or edits of one whose entries have ids.
Json edits_shape(std::string_view list, std::string_view entry) {
  const Json entries = list_of(reference(entry));
  const Json edits =
      closed_object({{"add", entries}, {"replace", entries}, {"remove", list_of(name_shape())}});
  return {{"anyOf", {reference(list), edits}}};
}

Json years_shape() { return {{"type", "string"}, {"pattern", "^[123][0-9]{3}-[123][0-9]{3}$"}}; }

/// The definitions that exist in full and as what a variant may say.
void add_twofold(Json& definitions, bool partial) {
  const auto add = [&](std::string_view name, Json shape) {
    definitions[definition_name(name, partial)] = std::move(shape);
  };
  const auto by_name = [&](std::string_view name) {
    return map_of(reference(definition_name(name, partial)), kNamePattern);
  };
  add("group", object_of(kGroupFields, partial, definitions));
  add("groups", by_name("group"));
  add("place", object_of(kPlaceFields, partial, definitions));
  add("destinations", by_name("place"));
  add("communities", object_of(kCommunityFields, partial, definitions));
  add("brokers", object_of(kBrokerFields, partial, definitions));
  add("observed", object_of(kObservedFields, partial, definitions));
}

void add_parts(Json& definitions) {
  definitions["remark"] = text_shape();
  definitions["where"] = {{"anyOf", {name_shape(), list_of(name_shape())}}};
  definitions["change"] = object_of(kPolicyFields, false, definitions);
  definitions["policy"] = list_of(reference("change"));
  definitions["policy_changes"] = edits_shape("policy", "change");
  definitions["pattern"] = object_of(kPatternFields, false, definitions);
  definitions["patterns"] = list_of(reference("pattern"));
  definitions["patterns_changes"] = edits_shape("patterns", "pattern");
  definitions["posteriors"] = list_of(object_of(kPosteriorFields, false, definitions));
  definitions["years"] = years_shape();
  definitions["periods"] = list_of(with_remarks(reference("years")));
  definitions["regions"] = map_of(number_reference(0, kPeople, definitions), kNamePattern);
  definitions["interaction"] = object_of(kInteractionFields, false, definitions);
  definitions["ages"] = list_of(object_of(kAgeFields, false, definitions));
  definitions["products"] = list_of(object_of(kProductFields, false, definitions));
  definitions["levers"] = levers_shape(definitions);
  definitions["parameters"] = parameters_shape(definitions);
  definitions["applications"] = applications_shape();
}

Json changes_shape(Json& definitions) {
  Json changes = object_of(kWorldFields, true, definitions);
  changes["properties"].erase("name");
  changes["properties"].erase("title");
  return changes;
}

}  // namespace

std::string scenario_schema() {
  Json definitions = Json::object();
  definitions["world"] = object_of(kWorldFields, false, definitions);
  definitions["variant"] = object_of(kVariantFields, false, definitions);
  definitions["changes"] = changes_shape(definitions);
  add_parts(definitions);
  add_twofold(definitions, false);
  add_twofold(definitions, true);
  const Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                       {"title", "Onward scenario"},
                       {"description", "Made by `onward params --schema`; do not edit."},
                       {"if", {{"required", {"extends"}}}},
                       {"then", reference("variant")},
                       {"else", reference("world")},
                       {"definitions", std::move(definitions)}};
  return schema.dump(1) + '\n';
}

}  // namespace onward
