#include "io/study_file.h"

#include <filesystem>
#include <fstream>

#include "catch.h"
#include "io/study_text.h"
#include "unit/io/io_test_tools.h"

using namespace onward;
using onward_test::kSource;
using onward_test::messages_of;

namespace {

/// Writes a study beside the shipped ones' scenario and gives its path.
std::string write_study(const std::string& text) {
  const auto folder = std::filesystem::temp_directory_path() / "onward-studies";
  std::filesystem::create_directories(folder);
  const std::string path = (folder / "study.yaml").string();
  std::ofstream(path) << "name: study\nscenario: " << kSource << "/scenarios/canada-2013.yaml\n"
                      << text;
  return path;
}

/// The messages about a study with this fit and these parameters.
std::string problems_of(const std::string& text) {
  std::string all;
  for (const std::string& line : messages_of([&] { load_study(write_study(text)); }))
    all += line + '\n';
  return all;
}

const std::string kFit = "fit: {years: 2004-2012}\n";
const std::string kGood =
    "  hazard: {set: attention.base, prior: log-normal, middle: 0.002, spread: 1, source: why}\n";

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a study is read with its priors cut off where its targets end", "[calibration]") {
  const CalibrationStudy study = load_study(write_study(
      kFit + "method: {particles: 40, seed: 7}\nparameters:\n" + kGood +
      "  nest: {set: [choice.dissimilarity, choice.subnest_dissimilarity], prior: logit-normal, "
      "middle: 0.5, spread: 0.5, source: why}\n"));
  REQUIRE(study.parameters.size() == 2);
  CHECK(study.parameters[0].targets == std::vector<std::string>{"attention.base"});
  CHECK(study.parameters[0].prior == Prior{PriorKind::kLogNormal, 0.0, 1.0, 0.002, 1.0});
  CHECK(study.parameters[1].prior.low == 0.05);
  CHECK(study.plan.particles == 40);
  CHECK(study.plan.seed == 7);
  CHECK(describe_fit(study.fit, study.scenario) == "2004-2012");
}

TEST_CASE("a study takes over what it does not say from the one it extends", "[calibration]") {
  const std::string base = kSource + "/scenarios/studies/north-korea-2004-2015.yaml";
  const CalibrationStudy whole = load_study(base);
  const CalibrationStudy part =
      load_study(kSource + "/scenarios/studies/north-korea-without-uk-wave.yaml");
  CHECK(part.parameters == whole.parameters);
  CHECK(part.plan == whole.plan);
  CHECK(part.world == whole.world);
  CHECK(describe_fit(part.fit, part.scenario) == "2004-2015 without GBR,NOR 2006-2009");
}

TEST_CASE("mistakes in studies are told with their place", "[calibration]") {
  const std::string parameters = "parameters:\n";
  CHECK(has(problems_of(kFit + parameters + kGood +
                        "  more: {set: attention.bas, prior: normal, "
                        "middle: 1, spread: 1, source: why}\n"),
            "study.yaml:6:15: parameter 'more' sets the unknown number 'attention.bas'"));
  CHECK(has(problems_of(kFit + parameters + kGood + kGood), "hazard"));
  CHECK(has(problems_of(kFit + parameters +
                        "  x: {set: attention.base, prior: log-normal, middle: 0.1, spread: 1}\n"),
            "has no 'source'"));
  CHECK(has(
      problems_of(kFit + parameters + "  x: {set: attention.base, prior: normal, source: why}\n"),
      "has no 'middle' or no 'spread'"));
  CHECK(has(problems_of(kFit + parameters +
                        "  x: {set: attention.base, prior: uniform, low: 2, "
                        "high: 3, source: why}\n"),
            "has an empty range"));
  CHECK(has(problems_of(kFit + parameters + kGood +
                        "  x: {set: attention.base, prior: uniform, "
                        "low: 0, high: 1, source: why}\n"),
            "'attention.base' is set twice"));
  CHECK(has(problems_of("fit: {years: 1990-1995}\n" + parameters + kGood),
            "the fit sees no cell of the record"));
  CHECK(has(problems_of("fit: {years: 2004-2012, leave_out: [{where: ZZZ, years: 2004-2005}]}\n" +
                        parameters + kGood),
            "unknown place 'ZZZ'"));
  CHECK(has(problems_of(kFit + "method: {particels: 3}\n" + parameters + kGood), "particles"));
  CHECK(has(problems_of(kFit + parameters), "nothing is fitted"));
}

TEST_CASE("a study that extends itself is refused", "[calibration]") {
  const std::string path = write_study("extends: study.yaml\n");
  CHECK(has(messages_of([&] { load_study(path); }).front(), "too many studies"));
}
