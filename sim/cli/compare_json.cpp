#include <nlohmann/json.hpp>

#include "cli/compare_report.h"

namespace onward {

namespace {

using Json = nlohmann::ordered_json;

Json to_json(const MeanInterval& value) {
  return {{"mean", value.mean}, {"lo", value.lo}, {"hi", value.hi}};
}

Json to_json(const Estimate& value) {
  return {{"mean", value.mean}, {"lo", value.lo}, {"hi", value.hi}};
}

Json to_json(const Difference& value) {
  Json json = to_json(value.mean);
  json["q05"] = value.q05;
  json["q95"] = value.q95;
  return json;
}

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}

Json or_null(const std::optional<MeanInterval>& value) { return value ? to_json(*value) : Json(); }

/// The means alone, null where undefined.
Json means_of(const std::vector<std::optional<MeanInterval>>& values) {
  Json json = Json::array();
  for (const auto& value : values) json.push_back(value ? Json(value->mean) : Json());
  return json;
}

Json intervals_of(const std::vector<std::optional<MeanInterval>>& values) {
  Json json = Json::array();
  for (const auto& value : values)
    json.push_back(value ? Json{{"lo", value->lo}, {"hi", value->hi}} : Json());
  return json;
}

Json applications_json(const ComparisonFindings& findings) {
  const ComparisonSummary& summary = findings.summary;
  Json json = Json::object();
  for (std::size_t d = 0; d < summary.destinations.size(); ++d) {
    Json& of = json[summary.destinations[d]] = {
        {"base", Json::array()}, {"variant", Json::array()}, {"difference", Json::array()}};
    for (std::size_t y = 0; y < summary.years.size(); ++y) {
      of["base"].push_back(to_json(findings.base_claims.claims(y, d)));
      of["variant"].push_back(to_json(findings.variant_claims.claims(y, d)));
      of["difference"].push_back(to_json(summary.claims[d][y]));
    }
  }
  return json;
}

Json people_json(const Displacement& displacement) {
  Json json{{"blocked", to_json(displacement.blocked)}};
  for (std::size_t i = 0; i < kResponseNames.size(); ++i)
    json[std::string(kResponseNames[i])] = or_null(displacement.shares[i]);
  json["departures"] = to_json(displacement.departures);
  return json;
}

Json displacement_json(const ComparisonSummary& summary) {
  Json json = people_json(summary.displacement.front());
  json["by_destination"] = Json::object();
  for (std::size_t d = 0; d < summary.destinations.size(); ++d)
    json["by_destination"][summary.destinations[d]] = or_null(summary.elsewhere[d]);
  json["elsewhere_other_category"] = or_null(summary.elsewhere_other_category);
  json["censored"] = or_null(summary.censored);
  json["stopped"] = or_null(summary.stopped);
  json["median_months_delayed"] = or_null(summary.delayed_months);
  json["median_months_earlier"] = or_null(summary.earlier_months);
  return json;
}

Json by_group_json(const ComparisonSummary& summary) {
  Json json = Json::object();
  json["groups"] = Json::object();
  for (const Displacement& displacement : summary.displacement) {
    Json& place = displacement.is_group ? json["groups"] : json;
    place[displacement.name] = people_json(displacement);
  }
  return json;
}

/// Mean persons by destination of the first departure and what they do in the other world.
Json fates_json(const ComparisonFindings& findings, Side side) {
  const CountTable& counts = findings.comparison.counts;
  const CountLayout& layout = counts.layout();
  const std::vector<std::string>& names = findings.summary.destinations;
  const auto mean = [&counts](std::size_t column) {
    std::int64_t sum = 0;
    for (std::size_t r = 0; r < counts.rows(); ++r) sum += counts.row(r)[column];
    return static_cast<double>(sum) / static_cast<double>(counts.rows());
  };
  Json json = Json::object();
  for (std::size_t d = 0; d < names.size(); ++d) {
    Json& of = json[names[d]] = Json::object();
    for (std::size_t f = 0; f < static_cast<std::size_t>(Fate::kElsewhere); ++f)
      of[std::string(kFateNames[f])] = mean(layout.fate(side, d, static_cast<Fate>(f)));
    Json& elsewhere = of["elsewhere"] = Json::object();
    for (std::size_t e = 0; e < names.size(); ++e) {
      if (e != d) elsewhere[names[e]] = mean(layout.elsewhere(side, d, e));
    }
  }
  return json;
}

Json to_json(const Effect& effect) {
  return {{"base", or_null(effect.base)},
          {"variant", or_null(effect.variant)},
          {"difference", or_null(effect.difference)}};
}

Json to_json(const std::vector<Effect>& by_year) {
  Json json = Json::array();
  for (const Effect& effect : by_year) json.push_back(to_json(effect));
  return json;
}

Json effects_json(const ComparisonSummary& summary) {
  Json json{{"brokers", to_json(summary.brokers)},
            {"later_departures", to_json(summary.later_departures)},
            {"onward_moves", to_json(summary.onward_moves)},
            {"pending", Json::object()},
            {"protection_rate", Json::object()}};
  for (std::size_t d = 0; d < summary.destinations.size(); ++d) {
    json["pending"][summary.destinations[d]] = to_json(summary.pending[d]);
    json["protection_rate"][summary.destinations[d]] = to_json(summary.protection_rate[d]);
  }
  return json;
}

Json placebo_json(const ComparisonFindings& findings) {
  const Churn& churn = findings.summary.churn;
  Json json{{"replicates", findings.comparison.placebos},
            {"churn", or_null(churn.overall)},
            {"churn_at_targets", or_null(churn.targets)}};
  for (std::size_t i = 0; i < kResponseNames.size(); ++i)
    json[std::string(kResponseNames[i])] = or_null(churn.by_response[i]);
  return json;
}

Json variance_json(const ComparisonSummary& summary) {
  Json json = Json::object();
  for (std::size_t d = 0; d < summary.destinations.size(); ++d)
    json[summary.destinations[d]] = or_null(summary.variance_reduction[d]);
  return json;
}

Json effects_json(const EffectValues& values) {
  Json json = Json::object();
  for (std::size_t i = 0; i < values.size(); ++i)
    json[std::string(kEffectMeasureNames[i])] = or_null(values[i]);
  return json;
}

Json decomposition_json(const Decomposition& decomposition) {
  Json json = Json::array();
  const auto add = [&](std::string_view channel, const EffectValues& through) -> Json& {
    json.push_back({{"channel", channel},
                    {"effect", effects_json(decomposition.full)},
                    {"left", Json()},
                    {"through", effects_json(through)},
                    {"alone", Json()}});
    return json.back();
  };
  for (std::size_t channel = 0; channel < decomposition.channels.size(); ++channel) {
    const ChannelPart& part = decomposition.channels[channel];
    Json& of = add(kPathChannelNames[channel], part.through);
    of["left"] = effects_json(part.left);
    of["alone"] = effects_json(part.alone);
  }
  add("all", decomposition.through_all)["left"] = effects_json(decomposition.direct);
  add("between", decomposition.between);
  return json;
}

}  // namespace

std::string comparison_json(const ComparisonFindings& findings) {
  const ComparisonSummary& summary = findings.summary;
  Json json;
  json["base"] = findings.base.scenario.name;
  json["variant"] = findings.variant.scenario.name;
  json["replicates"] = findings.comparison.plan.count;
  json["seed"] = findings.comparison.plan.seed;
  json["years"] = summary.years;
  json["parting"] = summary.parting ? Json(to_text(*summary.parting)) : Json();
  json["targets"] = summary.targets;
  json["applications"] = applications_json(findings);
  json["displacement"] = displacement_json(summary);
  json["by_group"] = by_group_json(summary);
  json["fates"] = {{"base", fates_json(findings, Side::kBase)},
                   {"variant", fates_json(findings, Side::kVariant)}};
  json["reverse_flow"] = to_json(summary.reverse_flow);
  json["abroad"] = to_json(summary.abroad);
  json["deflection_ratio"] = {{"paired", means_of(summary.paired_ratio)},
                              {"year_on_year", means_of(summary.year_on_year_ratio)},
                              {"base_year", or_null(summary.base_year)},
                              {"paired_interval", intervals_of(summary.paired_ratio)},
                              {"year_on_year_interval", intervals_of(summary.year_on_year_ratio)}};
  json["effects"] = effects_json(summary);
  json["churn"] = summary.churn.overall ? Json(summary.churn.overall->mean) : Json();
  json["placebo"] = placebo_json(findings);
  json["variance_reduction"] = variance_json(summary);
  json["variance_years"] = summary.variance_years;
  json["decomposition"] =
      summary.decomposition ? decomposition_json(*summary.decomposition) : Json();
  return json.dump(2) + '\n';
}

}  // namespace onward
