#include <nlohmann/json.hpp>

#include "cli/validate_report.h"
#include "io/scenario_fields.h"

namespace onward {

namespace {

using Json = nlohmann::ordered_json;

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}

Json to_json(const ScoreRow& row) {
  return {{"forecast", row.forecast},
          {"target", kQuantities[static_cast<std::size_t>(row.target)]},
          {"period", to_text(row.period)},
          {"origin", row.origin},
          {"held_out", row.held_out},
          {"ard", or_null(row.score.ard)},
          {"log_score", or_null(row.score.log_score)},
          {"crps", or_null(row.score.crps)},
          {"coverage50", or_null(row.score.coverage50)},
          {"coverage90", or_null(row.score.coverage90)}};
}

Json to_json(const PatternResult& result) {
  return {{"name", result.name},
          {"kind", kPatternKinds[static_cast<std::size_t>(result.kind)]},
          {"value", or_null(result.value)},
          {"lo", or_null(result.lo)},
          {"hi", or_null(result.hi)},
          {"low_bound", or_null(result.low_bound)},
          {"high_bound", or_null(result.high_bound)},
          {"holds", or_null(result.holds)},
          {"share_of_replicates", or_null(result.share_of_replicates)}};
}

Json to_json(const HeldOutPattern& pattern) {
  Json json = to_json(pattern.result);
  json["fitted_to"] = to_text(pattern.fitted_to);
  return json;
}

Json to_json(const UsedPosterior& posterior) {
  return {{"fitted_to", to_text(posterior.fitted_to)},
          {"left_out", posterior.left_out},
          {"study", posterior.study},
          {"scenario", posterior.scenario},
          {"draws", posterior.draws}};
}

template <class Item>
Json list_of(const std::vector<Item>& items) {
  Json json = Json::array();
  for (const Item& item : items) json.push_back(to_json(item));
  return json;
}

Json to_json(const std::vector<YearSpan>& periods) {
  Json json = Json::array();
  for (const YearSpan period : periods) json.push_back(to_text(period));
  return json;
}

}  // namespace

std::string validation_json(const World& world, const Validation& validation) {
  Json json;
  json["scenario"] = world.scenario.name;
  json["replicates"] = validation.plan.count;
  json["seed"] = validation.plan.seed;
  json["destinations"] = validation.destinations;
  json["origin"] = validation.origin;
  json["periods"] = to_json(validation.periods);
  json["left_out"] = to_json(validation.left_out);
  json["posteriors"] = list_of(validation.posteriors);
  json["scores"] = list_of(validation.scores);
  json["patterns"] = list_of(validation.patterns);
  json["held_out_patterns"] = list_of(validation.held_out_patterns);
  return json.dump(2) + '\n';
}

}  // namespace onward
