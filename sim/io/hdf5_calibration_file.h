#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace onward {

/// What a calibration file holds: every point that was run, and what is needed to go on. Tables are
/// flat, the last axis fastest.
struct CalibrationFile {
  std::string study;       ///< name
  std::string bank_hash;   ///< hash of the scenario and the parameters
  std::string study_hash;  ///< the same with the cells seen and the plan
  std::string seen;        ///< which cells of the record the distances are about, in words
  std::vector<std::string> parameters;
  std::vector<std::string> destinations;
  int first_year = 0;
  std::size_t years = 0;
  std::size_t runs = 0;                  ///< of each point of the search
  std::vector<double> standard;          ///< point, parameter: on the priors' standard scale
  std::vector<double> value;             ///< point, parameter: as the scenario has it
  std::vector<std::int32_t> claims;      ///< point, run, year, destination
  std::vector<double> distance;          ///< point
  std::vector<std::int32_t> round;       ///< point
  std::vector<std::int32_t> population;  ///< particle: position of its point
  /// round, number: kind, tolerance, best, acceptance, step, moves, distinct, points
  std::vector<double> rounds;
  double step = 1.0;                      ///< of the next round of moves
  std::vector<double> bank_standard;      ///< point of the bank, parameter
  std::vector<double> bank_value;         ///< point of the bank, parameter
  std::vector<std::int32_t> bank_claims;  ///< point of the bank, year, destination

  std::size_t bank_points() const {
    return parameters.empty() ? 0 : bank_standard.size() / parameters.size();
  }
  bool operator==(const CalibrationFile&) const = default;
};

/// Numbers of a round, in the order of CalibrationFile::rounds.
inline constexpr std::size_t kRoundNumbers = 8;

/// Writes a calibration file under a temporary name and renames it: whoever stops the program finds
/// the last whole file. Errors: std::runtime_error with the path.
void write_calibration(const std::string& path, const CalibrationFile& content);

/// Reads a calibration file, which may come from anywhere: everything is checked before it is
/// believed. Errors: InputError with the path.
CalibrationFile read_calibration(const std::string& path);

}  // namespace onward
