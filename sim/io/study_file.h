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
  int climbs = 3;                  ///< searches for the most probable point, from different starts
  int generations = 150;           ///< of each climb; 0: no climb
  int offspring = 24;              ///< points of a generation
  int first_draws = 400;           ///< points of which the nearest are the first population
  int particles = 150;             ///< size of the population
  int replicates = 8;              ///< runs of each point of the search
  double keep = 0.5;               ///< share of the population that survives a round
  int most_moves = 3;              ///< moves of a particle in a round
  int settle = 6;                  ///< rounds after the tolerance has reached its floor
  double least_acceptance = 0.03;  ///< share of accepted moves under which it ends
  int most_points = 60'000;        ///< points after which it ends
  int bank = 8000;                 ///< points of the bank, each run once
  double bank_spread = 2.0;  ///< width of its region over that of nine tenths of the population
  double bank_keep = 0.3;  ///< share of it that answers: the points nearest to a record
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
