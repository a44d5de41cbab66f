#include "io/parameter_listing.h"

#include <nlohmann/json.hpp>
#include <set>

#include "catch.h"
#include "model/levers.h"
#include "model/parameters.h"
#include "unit/io/io_test_tools.h"

using namespace onward;
using onward_test::file_text;
using onward_test::kSource;

TEST_CASE("the committed page and schema are the generated ones") {
  // To renew them: onward params --markdown > docs/parameters.md
  //                onward params --schema > scenarios/scenario.schema.json
  CHECK(file_text(kSource + "/docs/parameters.md") == parameters_markdown());
  CHECK(file_text(kSource + "/scenarios/scenario.schema.json") == scenario_schema());
}

TEST_CASE("every parameter and lever is listed once with every field filled") {
  const auto list = nlohmann::json::parse(parameters_json());
  REQUIRE(list.size() == kParameterRows.size() + kLeverRows.size());
  std::set<std::string> names;
  for (const auto& row : list) {
    REQUIRE(row.size() == 7);
    for (const char* key : {"name", "kind", "unit", "meaning", "source"}) {
      INFO(row["name"] << ' ' << key);
      REQUIRE_FALSE(row[key].get<std::string>().empty());
    }
    REQUIRE(row["range"].size() == 2);
    REQUIRE(row["range"][0].get<double>() <= row["default"].get<double>());
    REQUIRE(row["default"].get<double>() <= row["range"][1].get<double>());
    REQUIRE(names.insert(row["name"]).second);
  }
}

TEST_CASE("every reference of the schema leads somewhere") {
  const auto schema = nlohmann::json::parse(scenario_schema());
  REQUIRE(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
  const auto flat = schema.flatten();
  for (const auto& [path, value] : flat.items()) {
    if (path.size() < 5 || path.substr(path.size() - 5) != "/$ref") continue;
    const std::string target = value.get<std::string>();
    INFO(path << " -> " << target);
    REQUIRE(target.substr(0, 14) == "#/definitions/");
    REQUIRE(schema["definitions"].contains(target.substr(14)));
  }
}
