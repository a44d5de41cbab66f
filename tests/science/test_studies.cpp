// What the shipped studies may know, and what they fit.
#include <algorithm>

#include "catch.h"
#include "io/hdf5_posterior_file.h"
#include "io/scenario_file.h"
#include "io/study_file.h"

using namespace onward;

namespace {

CalibrationStudy shipped(const std::string& name) {
  return load_study(ONWARD_SOURCE_DIR "/scenarios/studies/" + name + ".yaml");
}

Posterior shipped_posterior(const std::string& name) {
  return read_posterior(ONWARD_SOURCE_DIR "/scenarios/studies/posteriors/" + name + ".h5");
}

}  // namespace

TEST_CASE("the study of 2004-2012 knows no figure counted later", "[calibration]") {
  constexpr int kLastKnown = 2012;
  const CalibrationStudy study = shipped("north-korea-2004-2012");
  CHECK(study.fit.years == YearSpan{2004, kLastKnown});
  for (const ObservedCount& cell : study.scenario.observed) {
    CAPTURE(cell.year);
    CHECK((cell.year <= kLastKnown || !study.fit.sees(cell.place, cell.year)));
  }
  // Every change whose values were read off counts says to which year, and none is later.
  int resting = 0;
  for (const PolicyChange& change : study.scenario.policy) {
    CAPTURE(change.id);
    CHECK(change.rests_on <= kLastKnown);
    resting += change.rests_on > 0 ? 1 : 0;
  }
  CHECK(resting > 10);
}

TEST_CASE("what the studies do not fit has not been set by the record", "[calibration]") {
  for (const char* name : {"north-korea-2004-2015", "north-korea-2004-2012"}) {
    CAPTURE(name);
    const CalibrationStudy study = shipped(name);
    for (std::size_t i = 0; i < kParameterRows.size(); ++i) {
      const auto& parameter = kParameterRows[i];
      CAPTURE(parameter.name);
      const bool is_fitted = std::any_of(
          study.parameters.begin(), study.parameters.end(), [&](const FittedParameter& fitted) {
            return std::count(fitted.targets.begin(), fitted.targets.end(), parameter.name) > 0;
          });
      CHECK((is_fitted || study.scenario.parameters.at(i) == parameter.standard));
    }
  }
  CHECK(shipped("north-korea-2004-2012").parameters == shipped("north-korea-2004-2015").parameters);
}

TEST_CASE("studies without brokers differ from the others in nothing else", "[calibration]") {
  for (const std::string years : {"2015", "2012"}) {
    CAPTURE(years);
    const CalibrationStudy with = shipped("north-korea-2004-" + years);
    const CalibrationStudy without = shipped("north-korea-2004-" + years + "-no-brokers");
    CHECK(without.fit == with.fit);
    CHECK(without.parameters == with.parameters);
    CHECK(without.scenario.brokers.slots == 0);
  }
  for (const char* world : {"no-brokers", "no-brokers-by-2012"}) {
    const std::string changes =
        describe_changes(ONWARD_SOURCE_DIR "/scenarios/studies/" + std::string(world) + ".yaml");
    CHECK(changes.starts_with("brokers.slots: "));
    CHECK(std::count(changes.begin(), changes.end(), '\n') <= 1);
  }
}

TEST_CASE("every change of practice in the reference case says what it rests on", "[calibration]") {
  for (const PolicyChange& change : shipped("north-korea-2004-2015").scenario.policy) {
    CAPTURE(change.id);
    const bool is_read_off_counts = change.id.ends_with("-practice");
    CHECK((!is_read_off_counts || change.rests_on > 0));
  }
}

TEST_CASE("studies fit fewer than thirty numbers, each with a reason", "[calibration]") {
  const CalibrationStudy study = shipped("north-korea-2004-2015");
  CHECK(study.parameters.size() < 30);
  for (const FittedParameter& fitted : study.parameters) {
    CAPTURE(fitted.name);
    CHECK(fitted.source.size() > 20);
  }
}

TEST_CASE("studies that leave a wave out do not see it", "[calibration]") {
  struct Wave {
    const char* study;
    const char* place;
    YearSpan years;
  };
  const CalibrationStudy whole = shipped("north-korea-2004-2015");
  for (const Wave& wave :
       {Wave{"uk", "GBR", {2006, 2009}}, Wave{"canada", "CAN", {2009, 2014}},
        Wave{"belgium", "BEL", {2010, 2014}}, Wave{"netherlands", "NLD", {2011, 2014}}}) {
    CAPTURE(wave.study);
    const CalibrationStudy study =
        shipped("north-korea-without-" + std::string(wave.study) + "-wave");
    CHECK(study.parameters == whole.parameters);
    for (const ObservedCount& cell : study.scenario.observed) {
      const bool is_wave = study.scenario.places[cell.place.index()].name == wave.place &&
                           cell.year >= wave.years.first && cell.year <= wave.years.last;
      CHECK((!is_wave || !study.fit.sees(cell.place, cell.year)));
    }
  }
}

TEST_CASE("the shipped posteriors are those of the shipped studies", "[calibration]") {
  for (const char* name :
       {"north-korea-2004-2015", "north-korea-2004-2012", "north-korea-2004-2015-no-brokers",
        "north-korea-2004-2012-no-brokers"}) {
    CAPTURE(name);
    const CalibrationStudy study = shipped(name);
    const Posterior posterior = shipped_posterior(name);
    CHECK(posterior.study == study.name);
    CHECK(posterior.world_hash == study.world);
    CHECK(posterior.fitted_to == study.fit.years);
    CHECK(posterior.parameters == study.parameters);
    CHECK(posterior.draws.size() == static_cast<std::size_t>(study.plan.draws));
  }
}
