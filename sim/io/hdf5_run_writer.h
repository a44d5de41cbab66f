#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/observer.h"
#include "io/run_description.h"

namespace onward {

/// Writes a run file. The file has a temporary name, PATH.partial-PID, until `close`; a run that
/// is killed or fails never leaves a file called PATH, and an older PATH stays until then.
/// Errors of all functions: std::runtime_error with the path (folder not writable, disk full).
class RunWriter : public Observer {
 public:
  /// Creates the file with everything but the series.
  RunWriter(std::string path, const RunDescription& description);
  /// Removes the temporary file if `close` was not reached.
  ~RunWriter() override;
  RunWriter(const RunWriter&) = delete;
  RunWriter& operator=(const RunWriter&) = delete;

  /// Stores one replicate, numbered from provenance.first_replicate. Each number once.
  void replicate_finished(std::uint32_t replicate, const Measures& measures) override;
  /// Packs beside other calls.
  std::function<void()> receive(std::uint32_t replicate, const Measures& measures) override;

  /// Replicates stored so far.
  std::uint32_t finished() const;

  /// Adds the timing, flushes to the disk and gives the file its name. All replicates must have
  /// been stored. Nothing may be called afterwards.
  void close(const RunTiming& timing);

 private:
  struct File;
  std::string path_;
  std::unique_ptr<File> file_;
};

}  // namespace onward
