#pragma once

#include <string>

namespace onward {

/// Writes a run file as CSV tables for spreadsheets into `directory`, which is made if needed:
/// one file per series, `claims_by_year.csv` (mean and quantiles over replicates beside the
/// record) and `run.csv` (where the run comes from). docs/output_format.md describes the columns.
/// A table appears under its name only when it is complete. Errors: those of RunFile, and
/// std::runtime_error with the path where a file cannot be written.
void export_csv(const std::string& run_file, const std::string& directory);

}  // namespace onward
