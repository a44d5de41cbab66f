#include "io/parameter_listing.h"

#include <nlohmann/json.hpp>

#include "io/number_text.h"
#include "model/levers.h"
#include "model/parameters.h"

namespace onward {

namespace {

using Json = nlohmann::ordered_json;

Json row_object(const NumberRow& row, const char* kind) {
  return {{"name", row.name},        {"kind", kind},
          {"unit", row.unit},        {"range", {row.low, row.high}},
          {"default", row.standard}, {"meaning", row.meaning},
          {"source", row.source}};
}

/// A cell of a table, in which a bar would end the cell.
std::string cell(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '|') safe += '\\';
    safe += c;
  }
  return ' ' + safe + " |";
}

std::string table_line(const NumberRow& row) {
  const std::string range = number_text(row.low) + " to " + number_text(row.high);
  return '|' + cell('`' + std::string{row.name} + '`') + cell(number_text(row.standard)) +
         cell(range) + cell(row.unit) + cell(row.meaning) + cell(row.source) + '\n';
}

constexpr std::string_view kTableHead =
    "| name | default | range | unit | meaning | source of the default |\n"
    "|---|---|---|---|---|---|\n";

std::string_view first_part(std::string_view name) { return name.substr(0, name.find('.')); }

}  // namespace

std::string parameters_markdown() {
  std::string text =
      "# Parameters and levers\n\n"
      "Made by `onward params --markdown` from the tables in `sim/model/parameters.h` and "
      "`sim/model/levers.h`; do not edit. A unit of 1 marks a pure number; money is in the "
      "scenario's currency.\n\n"
      "A scenario sets parameters under `parameters:`, and a command with `--set name=value`.\n";
  std::string_view group;
  for (const NumberRow& row : kParameterRows) {
    if (first_part(row.name) != group) {
      group = first_part(row.name);
      text += "\n## " + std::string{group} + "\n\n" + std::string{kTableHead};
    }
    text += table_line(row);
  }
  text +=
      "\n## Levers of policy\n\n"
      "A scenario sets levers under `levers:` of a place (from the start) and under `set:` of a "
      "dated change, with one number or numbers by group.\n\n";
  text += kTableHead;
  for (const LeverRow& row : kLeverRows) text += table_line(row);
  return text;
}

std::string parameters_json() {
  Json list = Json::array();
  for (const NumberRow& row : kParameterRows) list.push_back(row_object(row, "parameter"));
  for (const LeverRow& row : kLeverRows) list.push_back(row_object(row, "lever"));
  return list.dump(2) + '\n';
}

}  // namespace onward
