#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/observer.h"
#include "io/hdf5_handle.h"
#include "io/hdf5_packing.h"
#include "io/hdf5_temporary_file.h"
#include "io/run_description.h"

namespace onward {

/// Writes one run, in the layout of docs/output_format.md, into the root or a group of a file.
/// `path` is what errors call the file.
class RunGroup : public Observer {
 public:
  /// Writes everything but the series into `where`, which lies in `file`. Errors: Hdf5Error.
  RunGroup(std::string path, Hdf5TemporaryFile& file, hid_t where,
           const RunDescription& description);

  /// Stores one replicate, numbered from provenance.first_replicate. Each number once. Errors:
  /// std::runtime_error with the path.
  void replicate_finished(std::uint32_t replicate, const Measures& measures) override;
  /// Packs beside other calls.
  std::function<void()> receive(std::uint32_t replicate, const Measures& measures) override;

  /// Replicates stored so far.
  std::uint32_t finished() const;

  /// Closes the datasets. All replicates must have been stored. Errors: Hdf5Error.
  void close();

 private:
  /// A measured series: where it is stored, and in which pieces if it holds any values.
  struct Series {
    Hdf5Handle dataset;
    std::optional<PiecePlan> pieces;
  };
  /// One number of each replicate, stored when all are known.
  struct Counts {
    Hdf5Handle dataset;
    std::vector<std::int64_t> values;
  };
  /// The packed series of the `position`-th replicate, in the order of kMeasureRows.
  struct Packed {
    std::size_t position = 0;
    std::vector<PackedPieces> series;
    std::size_t bytes = 0;
  };

  Packed pack(std::size_t position, const Measures& measures);
  /// One that was written, to be filled anew, or a new one.
  Packed take_spare();
  /// Takes in a packed replicate, and writes all that wait once they are large enough.
  void keep(Packed packed);
  void write_waiting();

  std::string path_;
  Hdf5TemporaryFile& file_;
  MeasureShape shape_;
  std::uint32_t first_replicate_;
  std::vector<bool> is_finished_;
  std::vector<Packed> waiting_;  ///< to be written
  // Memory that one thread takes and another gives back makes both slower: it is used again.
  std::mutex spare_mutex_;
  std::vector<Packed> spare_;
  std::size_t waiting_bytes_ = 0;
  std::vector<Series> series_;    ///< in the order of kMeasureRows
  std::vector<Counts> counters_;  ///< in the order of kCounters
};

}  // namespace onward
