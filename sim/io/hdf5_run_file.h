#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/hdf5_handle.h"
#include "io/provenance.h"
#include "model/measures.h"
#include "model/prior.h"

namespace onward {

/// One dataset over named axes.
struct RunSeries {
  std::string name;
  std::vector<std::string> axes;     ///< in stored order, the last one fastest
  std::vector<std::size_t> lengths;  ///< of the axes
  bool is_count = true;              ///< whole numbers if so
  std::string unit;
  std::string meaning;

  bool operator==(const RunSeries&) const = default;
};

/// A run file opened for reading. The file may come from anywhere: everything is checked before it
/// is believed, and every size before memory is taken. To be used by one thread at a time.
/// Errors of all functions: InputError where the file is not there, is damaged or is not a run
/// file of a version that this program reads; std::runtime_error where reading values fails. Both
/// name the path.
class RunFile {
 public:
  explicit RunFile(std::string path);

  const std::string& path() const { return path_; }
  const Provenance& provenance() const { return provenance_; }
  /// The resolved scenario from which the run can be made again.
  const std::string& scenario_text() const { return scenario_text_; }
  /// The draws that were run, if the replicates had parameters of their own: replicate r had the
  /// draw r modulo their number.
  const std::optional<Posterior>& posterior() const { return posterior_; }
  const MeasureShape& shape() const { return shape_; }

  /// Every dataset but the axes, in the order of the file.
  const std::vector<RunSeries>& series() const { return series_; }
  /// The series called `name`. Errors also if there is none.
  const RunSeries& find(std::string_view name) const;
  /// The labels of an axis as text; months as YYYY-MM. Errors also if there is no such axis.
  const std::vector<std::string>& labels(std::string_view axis) const;

  /// All values of a series, flattened.
  std::vector<double> read(const RunSeries& series) const;
  /// The values of one replicate of a series whose first axis is the replicate. `replicate` is
  /// numbered as in the run. Errors also if the file does not have it.
  std::vector<double> read_replicate(const RunSeries& series, std::uint32_t replicate) const;
  /// Everything that one replicate measured, as the engine returned it.
  Measures read_measures(std::uint32_t replicate) const;

 private:
  struct Axis {
    std::string name;
    std::vector<std::string> labels;
  };
  RunFile() = default;
  /// Reads what will be read later, to see whether HDF5 survives it.
  void rehearse() const;
  void read_contents();
  void read_provenance();
  void read_axes();
  void read_series(const std::string& name);
  void check_series(const MeasureRow& row) const;
  const Axis* find_axis(std::string_view name) const;
  hsize_t position_of(std::uint32_t replicate) const;

  std::string path_;
  Hdf5Handle file_;
  Provenance provenance_;
  std::string scenario_text_;
  std::optional<Posterior> posterior_;
  MeasureShape shape_;
  std::vector<Axis> axes_;
  std::vector<RunSeries> series_;
};

}  // namespace onward
