#include "run/calibration.h"

#include <algorithm>

#include "core/check.h"
#include "io/provenance.h"
#include "io/study_text.h"
#include "run/abc_smc.h"
#include "run/bank_draws.h"
#include "run/climb.h"
#include "run/prior_scale.h"

namespace onward {

namespace {

std::vector<double> numbers_of(const RoundReport& report) {
  return {static_cast<double>(report.kind),
          report.tolerance,
          report.best,
          report.acceptance,
          report.step,
          static_cast<double>(report.moves),
          static_cast<double>(report.distinct),
          static_cast<double>(report.points)};
}

/// The numbers of a round from a file, which may hold anything.
RoundReport report_of(const double* numbers) {
  const auto whole = [](double number) { return static_cast<int>(std::clamp(number, 0.0, 2e9)); };
  return {.kind = static_cast<RoundKind>(std::min(whole(numbers[0]), 2)),
          .tolerance = numbers[1],
          .best = numbers[2],
          .acceptance = numbers[3],
          .step = numbers[4],
          .moves = whole(numbers[5]),
          .distinct = whole(numbers[6]),
          .points = whole(numbers[7])};
}

/// Hash of what makes two banks of the same kind.
std::string bank_hash(const CalibrationStudy& study) {
  return hash_text(study.world + describe_parameters(study));
}

/// Hash of all that decides what is run, but for how long it may go on.
std::string study_hash(const CalibrationStudy& study) {
  return hash_text(study.world + describe_parameters(study) + describe_search(study));
}

[[noreturn]] void reject(const std::string& path, const std::string& problem,
                         const std::string& why) {
  throw InputError({.where = {.file = path}, .problem = problem, .why = why, .suggestion = ""});
}

/// A part of a flat table.
template <class T>
std::vector<T> slice(const std::vector<T>& all, std::size_t begin, std::size_t count) {
  const auto from = all.begin() + static_cast<std::ptrdiff_t>(begin);
  return {from, from + static_cast<std::ptrdiff_t>(count)};
}

/// Of runs that follow one another in a table, the claims in the years of the study, which the
/// file must hold.
std::vector<std::int32_t> claims_of(const CalibrationFile& file, const CalibrationStudy& study,
                                    const std::vector<std::int32_t>& table, std::size_t first_run,
                                    std::size_t runs) {
  const YearSpan years = study.fit.years;
  const std::size_t width = file.destinations.size();
  const auto count = static_cast<std::size_t>(years.last - years.first + 1);
  const auto first = static_cast<std::size_t>(years.first - file.first_year);
  std::vector<std::int32_t> claims;
  for (std::size_t run = first_run; run < first_run + runs; ++run) {
    const std::size_t begin = (run * file.years + first) * width;
    const std::vector<std::int32_t> part = slice(table, begin, count * width);
    claims.insert(claims.end(), part.begin(), part.end());
  }
  return claims;
}

CalibrationState state_of(const CalibrationFile& file, const CalibrationStudy& study,
                          const std::string& path) {
  CalibrationState state;
  const std::size_t width = study.parameters.size();
  if (file.parameters.size() != width ||
      file.destinations.size() != World(study.scenario).destinations.size())
    reject(path, "the calibration is damaged", "its axes do not fit its study");
  for (std::size_t i = 0; i < file.distance.size(); ++i) {
    state.points.push_back({.standard = slice(file.standard, i * width, width),
                            .claims = claims_of(file, study, file.claims, i * file.runs, file.runs),
                            .distance = file.distance[i],
                            .round = file.round[i]});
  }
  for (const std::int32_t position : file.population)
    state.population.push_back(static_cast<std::size_t>(position));
  for (std::size_t i = 0; i < file.rounds.size(); i += kRoundNumbers)
    state.rounds.push_back(report_of(file.rounds.data() + i));
  state.step = file.step;
  for (std::size_t i = 0; i < file.bank_points(); ++i) {
    state.bank.push_back({.standard = slice(file.bank_standard, i * width, width),
                          .claims = claims_of(file, study, file.bank_claims, i, 1)});
  }
  return state;
}

}  // namespace

CalibrationFile to_file(const CalibrationState& state, const CalibrationStudy& study) {
  CalibrationFile file;
  const World world(study.scenario);
  file.study = study.name;
  file.bank_hash = bank_hash(study);
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
  for (const BankPoint& point : state.bank) {
    const std::vector<double> value = from_standard(study.parameters, point.standard);
    file.bank_standard.insert(file.bank_standard.end(), point.standard.begin(),
                              point.standard.end());
    file.bank_value.insert(file.bank_value.end(), value.begin(), value.end());
    file.bank_claims.insert(file.bank_claims.end(), point.claims.begin(), point.claims.end());
  }
  return file;
}

CalibrationState take_up(const CalibrationFile& file, const CalibrationStudy& study,
                         const std::string& path) {
  if (file.study_hash != study_hash(study)) {
    reject(path, "this calibration cannot go on with the study " + study.name,
           "it was made by the study " + file.study +
               ", and the scenario, the parameters or the plan differ");
  }
  CalibrationState state = state_of(file, study, path);
  if (state.points.size() < climbed_points(study.plan, state.rounds.size()))
    reject(path, "the calibration is damaged", "it has fewer points than its rounds ran");
  if (!state.population.empty() && state.rounds.size() <= climb_rounds(study.plan))
    reject(path, "the calibration is damaged", "it has a population before its climbs have ended");
  if (!state.bank.empty() && state.population.empty())
    reject(path, "the calibration is damaged", "it has a bank and no population");
  return state;
}

CalibrationState take_bank(const CalibrationFile& file, const CalibrationStudy& study,
                           const std::string& path) {
  const int last = file.first_year + static_cast<int>(file.years) - 1;
  if (file.bank_hash != bank_hash(study)) {
    reject(
        path, "this bank does not fit the study " + study.name,
        "it was made by the study " + file.study + ", and the scenario or the parameters differ");
  }
  if (file.bank_points() == 0) reject(path, "this calibration has no bank", "it has not ended");
  if (study.fit.years.first < file.first_year || study.fit.years.last > last) {
    reject(path, "this bank does not hold the years of the study " + study.name,
           "it holds " + std::to_string(file.first_year) + '-' + std::to_string(last));
  }
  CalibrationState state = state_of(file, study, path);
  state.rounds.clear();
  return state;
}

CalibrationAnswer answer_of(const CalibrationState& state, const CalibrationStudy& study) {
  CalibrationAnswer answer{
      .posterior = posterior_of(state, study), .bank = {}, .sample = {}, .recovered = {}};
  if (state.bank.empty()) return answer;
  answer.bank.emplace(state, study);
  answer.sample =
      ask_bank(*answer.bank,
               {.summary = answer.bank->record(), .left_out = -1, .keep = study.plan.bank_keep});
  const auto records = std::min(static_cast<std::size_t>(study.plan.checks),
                                static_cast<std::size_t>(answer.bank->points()));
  if (records > 0) answer.recovered = check_recovery(*answer.bank, records, study.plan.bank_keep);
  for (const Recovery& recovery : answer.recovered)
    answer.posterior.recovered.push_back(std::min(1.0, recovery.contraction));
  if (study.plan.answer == Answer::kPopulation) return answer;
  answer.posterior.draws =
      draw_values(answer.sample, study.parameters, static_cast<std::size_t>(study.plan.draws));
  shuffle(answer.posterior.draws);
  return answer;
}

bool calibrate(CalibrationState& state, const CalibrationRun& run, const CalibrationHooks& hooks) {
  const CalibrationPlan& plan = run.runner.study().plan;
  while (state.bank.empty() && !is_converged(state, run.runner.study())) {
    if (!do_round(state, run)) return false;
    if (hooks.round) hooks.round(state.rounds.back());
    if (hooks.save) hooks.save(state);
  }
  if (state.bank.empty() && plan.bank > 0 && !fill_bank(state, run)) return false;
  if (hooks.save) hooks.save(state);
  return true;
}

}  // namespace onward
