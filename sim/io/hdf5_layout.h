#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/hdf5_handle.h"
#include "model/measures.h"

/// The netCDF-4-compatible layout of run files: axes with their labels, and series over axes.
/// docs/output_format.md specifies it. Errors: Hdf5Error throughout.
namespace onward {

/// Name of the axis over replicates.
inline constexpr std::string_view kReplicateAxis = "replicate";

/// Days from 1970-01-01 to the first day of `month`, the stored value of the axis `month`.
std::int32_t days_of(YearMonth month);

/// The replicates of a file.
struct ReplicateRange {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// The axes of one file or group: a dimension scale each, holding its labels. What HDF5 keeps of
/// who uses which scale is written here: H5DSattach_scale writes the list of a scale anew for each
/// series.
class Hdf5Axes {
 public:
  /// No axes yet.
  Hdf5Axes() = default;
  /// Writes the replicates and the given axes of a run into an empty file or group.
  Hdf5Axes(hid_t where, const MeasureShape& shape, std::span<const Dimension> dimensions,
           ReplicateRange replicates);

  /// Adds an axis that runs do not have; `scale` holds its labels.
  void add(std::string_view name, Hdf5Handle scale, std::string_view unit,
           std::string_view meaning);

  /// Tells HDF5 that these axes are those of a dataset, the slowest first.
  void attach(hid_t dataset, std::span<const std::string_view> names);

  /// Writes which datasets use each scale, without which HDF5 counts none as attached, and closes
  /// the scales. To be called last, once; nothing may be asked afterwards.
  void close();

  hsize_t length(std::string_view name) const { return axes_[position_of(name)].length; }

 private:
  /// That an axis is the `position`-th of a dataset, as HDF5 stores it.
  struct Use {
    hobj_ref_t dataset = 0;
    int position = 0;
    int filling = 0;  ///< HDF5 keeps it, without a name
  };
  struct Axis {
    std::string name;
    hsize_t length = 0;
    Hdf5Handle scale;
    hobj_ref_t reference = 0;
    std::vector<Use> uses;
  };
  std::size_t position_of(std::string_view name) const;
  static void write_uses(const Axis& axis);

  std::vector<Axis> axes_;
};

/// What one series is.
struct SeriesPlan {
  std::string name;
  hid_t type = H5T_NATIVE_INT32;       ///< type of the stored values
  std::vector<std::string_view> axes;  ///< in stored order, the last one fastest
  std::string unit;
  std::string meaning;
  bool is_written_at_once = false;  ///< pieces may hold many replicates
  bool is_compressed = false;       ///< series over replicates are in any case
};

/// Plan of a measured series: the replicate, then the axes of the row.
SeriesPlan plan_series(const MeasureRow& row);

/// Creates an empty dataset with a scale on every axis. Series over replicates and something more
/// are compressed and stored in pieces, of one replicate at most unless written at once.
Hdf5Handle create_series(hid_t file, Hdf5Axes& axes, const SeriesPlan& plan);

}  // namespace onward
