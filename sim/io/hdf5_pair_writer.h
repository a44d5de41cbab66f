#pragma once

#include <memory>
#include <string>

#include "engine/observer.h"
#include "io/data_table.h"
#include "io/run_description.h"

namespace onward {

/// Writes a comparison file: two runs in the groups `base` and `variant`, each laid out as a run
/// file is, and tables at the root. As with RunWriter, the file has a temporary name until `close`.
/// Errors of all functions: std::runtime_error with the path.
class PairWriter {
 public:
  /// Creates the file with everything but the series and the tables. The runs must have the same
  /// axes `replicate`, `month`, `year` and `destination`.
  PairWriter(std::string path, const RunDescription& base, const RunDescription& variant);
  /// Removes the temporary file if `close` was not reached.
  ~PairWriter();
  PairWriter(const PairWriter&) = delete;
  PairWriter& operator=(const PairWriter&) = delete;

  /// Store the replicates of the two runs. Not to be called at the same time.
  Observer& base();
  Observer& variant();

  /// Adds tables and timing, flushes to the disk and gives the file its name. Tables may use the
  /// axes above and those of `content`. All replicates must have been stored. Nothing may be called
  /// afterwards.
  void close(const TableSet& content, const RunTiming& timing);

 private:
  struct File;
  std::string path_;
  std::unique_ptr<File> file_;
};

}  // namespace onward
