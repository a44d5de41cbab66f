#include <cstdio>
#include <iostream>

#include "cli/command.h"
#include "io/parameter_listing.h"
#include "model/levers.h"
#include "model/parameters.h"

namespace onward {

namespace {

void print_row(const NumberRow& row, const char* kind) {
  std::printf("%-32s %-10s %10g  [%g, %g] %s\n    %.*s\n", std::string(row.name).c_str(), kind,
              row.standard, row.low, row.high, std::string(row.unit).c_str(),
              static_cast<int>(row.meaning.size()), row.meaning.data());
}

}  // namespace

int params_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  po::options_description options("options");
  options.add_options()("markdown", "as the page docs/parameters.md")("json", "as JSON")(
      "schema", "the JSON schema of scenario files");
  po::variables_map values;
  const std::string usage = "onward params [--markdown | --json | --schema]";
  if (!read_options(arguments, usage, options, {}, values)) return kExitGood;
  if (values.count("markdown") + values.count("json") + values.count("schema") > 1) {
    throw UsageError("--markdown, --json and --schema exclude one another");
  }
  if (values.count("markdown") != 0) {
    std::cout << parameters_markdown();
  } else if (values.count("json") != 0) {
    std::cout << parameters_json();
  } else if (values.count("schema") != 0) {
    std::cout << scenario_schema();
  } else {
    for (const NumberRow& row : kParameterRows) print_row(row, "parameter");
    for (const LeverRow& row : kLeverRows) print_row(row, "lever");
  }
  return kExitGood;
}

}  // namespace onward
