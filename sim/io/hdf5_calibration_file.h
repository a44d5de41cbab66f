#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace onward {

/// What a calibration file holds: every point that was run, and what is needed to go on. Tables are
/// flat, the last axis fastest.
struct CalibrationFile {
  std::string study;       ///< name
  std::string bank_hash;   ///< hash of the scenario, the parameters and the runs of a point
  std::string study_hash;  ///< the same with the cells seen and the plan
  std::string seen;        ///< which cells of the record the distances are about, in words
  std::vector<std::string> parameters;
  std::vector<std::string> destinations;
  int first_year = 0;
  std::size_t years = 0;
  std::size_t runs = 0;                  ///< of each point
  std::vector<double> standard;          ///< point, parameter: on the priors' standard scale
  std::vector<double> value;             ///< point, parameter: as the scenario has it
  std::vector<std::int32_t> claims;      ///< point, run, year, destination
  std::vector<double> distance;          ///< point
  std::vector<std::int32_t> round;       ///< point
  std::vector<std::int32_t> population;  ///< particle: position of its point
  /// round, number: tolerance, best, acceptance, step, moves, distinct, points
  std::vector<double> rounds;
  double step = 1.0;  ///< of the next round
  std::int32_t bank_begin = 0;
  std::int32_t bank_size = 0;

  bool operator==(const CalibrationFile&) const = default;
};

/// Numbers of a round, in the order of CalibrationFile::rounds.
inline constexpr std::size_t kRoundNumbers = 7;

/// Writes a calibration file under a temporary name and renames it: whoever stops the program finds
/// the last whole file. Errors: std::runtime_error with the path.
void write_calibration(const std::string& path, const CalibrationFile& content);

/// Reads a calibration file, which may come from anywhere: everything is checked before it is
/// believed. Errors: InputError with the path.
CalibrationFile read_calibration(const std::string& path);

}  // namespace onward
