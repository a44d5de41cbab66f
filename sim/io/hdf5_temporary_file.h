#pragma once

#include <string>

#include "io/hdf5_handle.h"

namespace onward {

/// A new HDF5 file under a temporary name next to the one it is to have.
/// Errors: std::runtime_error or Hdf5Error, whose message the caller completes with the path.
class Hdf5TemporaryFile {
 public:
  /// Creates PATH.partial-PID, or PATH.partial-PID-N if that exists. Errors: PATH is something
  /// else than a regular file, or the file cannot be created.
  explicit Hdf5TemporaryFile(std::string path);
  /// Removes the file unless `keep` succeeded.
  ~Hdf5TemporaryFile();
  Hdf5TemporaryFile(const Hdf5TemporaryFile&) = delete;
  Hdf5TemporaryFile& operator=(const Hdf5TemporaryFile&) = delete;

  hid_t id() const { return file_.get(); }

  /// To be called as the file grows. Has the system begin to put on the disk what is there, now and
  /// then, without waiting for it: `keep` is then left with less to wait for.
  void grown();

  /// Flushes and closes the file, makes sure that it is on the disk, and renames it to PATH. All
  /// other handles into the file must be closed.
  void keep();

 private:
  std::string path_;
  std::string temporary_;
  int descriptor_ = -1;  ///< of the temporary file, beside HDF5's
  hsize_t begun_ = 0;    ///< bytes that `grown` has dealt with
  Hdf5Handle file_;
};

}  // namespace onward
