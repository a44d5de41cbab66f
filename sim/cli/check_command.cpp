#include <iostream>

#include "cli/command.h"
#include "core/check.h"
#include "io/scenario_file.h"
#include "io/study_file.h"
#include "io/study_text.h"

namespace onward {

namespace {

void check_study(const std::string& path) {
  const CalibrationStudy study = load_study(path);
  std::cout << path << ": good. " << study.name << ": fits " << study.parameters.size()
            << " numbers of " << study.scenario_file << " to "
            << describe_fit(study.fit, study.scenario) << '\n';
}

void check_scenario(const std::string& path) {
  const Scenario scenario = load_scenario(path).scenario;
  std::cout << path << ": good. " << scenario.name << ": " << scenario.months() << " months, "
            << scenario.groups.size() << " groups, " << scenario.places.size() << " places, "
            << scenario.policy.size() << " changes of policy\n"
            << describe_changes(path) << '\n';
}

}  // namespace

int check_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  po::options_description options("options");
  options.add_options()("file", po::value<std::vector<std::string>>(), "scenario and study files");
  po::positional_options_description positional;
  positional.add("file", -1);
  po::variables_map values;
  if (!read_options(arguments, "onward check FILE...", options, positional, values))
    return kExitGood;
  if (values.count("file") == 0) throw UsageError("no file given");

  std::vector<Problem> problems;
  for (const std::string& path : values["file"].as<std::vector<std::string>>()) {
    try {
      is_study(path) ? check_study(path) : check_scenario(path);
    } catch (const InputError& error) {
      problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
  }
  if (!problems.empty()) throw InputError(problems);
  return kExitGood;
}

}  // namespace onward
