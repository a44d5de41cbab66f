#include "run/calibration.h"

#include <algorithm>

#include "core/check.h"
#include "io/provenance.h"
#include "io/study_text.h"
#include "run/prior_scale.h"

namespace onward {

namespace {

std::vector<double> numbers_of(const RoundReport& report) {
  return {report.tolerance,
          report.best,
          report.acceptance,
          report.step,
          static_cast<double>(report.moves),
          static_cast<double>(report.distinct),
          static_cast<double>(report.points)};
}

RoundReport report_of(const double* numbers) {
  return {.tolerance = numbers[0],
          .best = numbers[1],
          .acceptance = numbers[2],
          .step = numbers[3],
          .moves = static_cast<int>(numbers[4]),
          .distinct = static_cast<int>(numbers[5]),
          .points = static_cast<int>(numbers[6])};
}

[[noreturn]] void reject(const std::string& path, const std::string& problem,
                         const std::string& why) {
  throw InputError({.where = {.file = path}, .problem = problem, .why = why, .suggestion = ""});
}

}  // namespace

std::string study_hash(const CalibrationStudy& study) {
  return hash_text(study.resolved + describe_study(study));
}

CalibrationFile to_file(const CalibrationState& state, const CalibrationStudy& study,
                        bool is_done) {
  CalibrationFile file;
  const World world(study.scenario);
  file.study = study.name;
  file.study_hash = study_hash(study);
  file.seen = describe_fit(study.fit, study.scenario);
  for (const FittedParameter& fitted : study.parameters) file.parameters.push_back(fitted.name);
  for (const PlaceId place : world.destinations)
    file.destinations.push_back(world.place(place).name);
  file.first_year = study.fit.years.first;
  file.years = static_cast<std::size_t>(study.fit.years.last - study.fit.years.first + 1);
  file.runs = static_cast<std::size_t>(study.plan.replicates);
  for (const FitPoint& point : state.points) {
    const std::vector<double> value = from_standard(study.parameters, point.standard);
    file.standard.insert(file.standard.end(), point.standard.begin(), point.standard.end());
    file.value.insert(file.value.end(), value.begin(), value.end());
    file.claims.insert(file.claims.end(), point.claims.begin(), point.claims.end());
    file.distance.push_back(point.distance);
    file.round.push_back(point.round);
  }
  for (const std::size_t position : state.population)
    file.population.push_back(static_cast<std::int32_t>(position));
  for (const RoundReport& report : state.rounds) {
    const std::vector<double> numbers = numbers_of(report);
    file.rounds.insert(file.rounds.end(), numbers.begin(), numbers.end());
  }
  file.step = state.step;
  file.bank_begin = static_cast<std::int32_t>(state.bank_begin);
  file.bank_size = static_cast<std::int32_t>(state.bank_size);
  if (is_done) file.posterior = posterior_of(state, study);
  return file;
}

CalibrationState from_file(const CalibrationFile& file, const CalibrationStudy& study,
                           const std::string& path) {
  if (file.study_hash != study_hash(study)) {
    reject(path, "this calibration cannot go on with the study " + study.name,
           "it was made by the study " + file.study +
               ", and the scenario, the parameters or the plan differ");
  }
  CalibrationState state;
  const std::size_t width = study.parameters.size();
  const std::size_t length = file.runs * file.years * file.destinations.size();
  const auto slice = [](const auto& all, std::size_t i, std::size_t n) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(i * n);
    return std::vector(begin, begin + static_cast<std::ptrdiff_t>(n));
  };
  if (file.parameters.size() != width ||
      file.runs != static_cast<std::size_t>(study.plan.replicates))
    reject(path, "the calibration is damaged", "its axes do not fit its study");
  for (std::size_t i = 0; i < file.distance.size(); ++i) {
    state.points.push_back({.standard = slice(file.standard, i, width),
                            .claims = slice(file.claims, i, length),
                            .distance = file.distance[i],
                            .round = file.round[i]});
  }
  for (const std::int32_t position : file.population)
    state.population.push_back(static_cast<std::size_t>(position));
  for (std::size_t i = 0; i < file.rounds.size(); i += kRoundNumbers)
    state.rounds.push_back(report_of(file.rounds.data() + i));
  state.step = file.step;
  state.bank_begin = static_cast<std::size_t>(file.bank_begin);
  state.bank_size = static_cast<std::size_t>(file.bank_size);
  return state;
}

bool calibrate(CalibrationState& state, const CalibrationRun& run, const CalibrationHooks& hooks) {
  const CalibrationPlan& plan = run.runner.study().plan;
  while (state.bank_size == 0 && !is_converged(state, plan)) {
    if (!do_round(state, run)) return false;
    if (hooks.round) hooks.round(state.rounds.back());
    if (hooks.save) hooks.save(state, false);
  }
  if (state.bank_size == 0 && plan.bank > 0 && !fill_bank(state, run)) return false;
  if (hooks.save) hooks.save(state, true);
  return true;
}

}  // namespace onward
