#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/prior.h"
#include "model/scenario.h"

/// Study files: what is fitted, to which part of the record, and with how much work.
/// docs/calibration.md says what each key means.
namespace onward {

/// Years of some destinations that a fit must not see.
struct LeftOut {
  std::vector<PlaceId> where;  ///< all destinations if empty
  YearSpan years;

  bool operator==(const LeftOut&) const = default;
};

/// Which cells of the record a fit sees.
struct FitPlan {
  YearSpan years;
  std::vector<LeftOut> leave_out;

  /// Whether the fit sees this cell.
  bool sees(PlaceId place, int year) const;
  bool operator==(const FitPlan&) const = default;
};

/// Where a posterior is taken from.
enum class Answer : std::uint8_t {
  kPopulation,  ///< the last population of ABC-SMC
  kBank,        ///< the bank, by regression adjustment
};

/// How much work a calibration does. The defaults suit a world of a few dozen parameters.
struct CalibrationPlan {
  int first_draws = 1000;          ///< points drawn from the prior
  int particles = 250;             ///< size of the population after that
  int replicates = 2;              ///< runs of each point
  double keep = 0.5;               ///< share of the population that survives a round
  int most_moves = 10;             ///< moves of a particle in a round
  double least_acceptance = 0.03;  ///< share of accepted moves under which it ends
  int most_points = 60'000;        ///< points after which it ends
  int bank = 3000;                 ///< points of the bank
  double bank_spread = 1.5;  ///< width of its ranges over that of the population's central 90 %
  double bank_keep = 0.3;    ///< share of its runs that answer: the nearest to a record
  Answer answer = Answer::kBank;
  int draws = 200;   ///< of the posterior, if the bank answers
  int checks = 100;  ///< records with known parameters that are asked about
  int seed = 1;

  bool operator==(const CalibrationPlan&) const = default;
};

/// A calibration: a scenario, what is fitted in it, and to what.
struct CalibrationStudy {
  std::string name;
  std::string title;
  std::string scenario_file;  ///< as seen from here
  Scenario scenario;
  std::string world;  ///< identity of the scenario but for what is fitted, see world_hash
  FitPlan fit;
  CalibrationPlan plan;
  std::vector<FittedParameter> parameters;
};

/// Whether a file is a study rather than a scenario: it has the key `fit`. False for what cannot be
/// read at all.
bool is_study(const std::string& path);

/// Reads a study file and its scenario. Errors: InputError with all problems that were found.
CalibrationStudy load_study(const std::string& path);

}  // namespace onward
