#pragma once

#include <string>

#include "io/hdf5_handle.h"

/// Opening HDF5 files that come from outside. Errors: InputError with the path throughout.
namespace onward {

/// Throws the user's error about a file.
[[noreturn]] void reject_file(const std::string& path, const std::string& problem,
                              const std::string& why = {}, const std::string& suggestion = {});

/// Refuses what is not there or is no regular file.
void check_is_file(const std::string& path);

/// Opens a file for reading. `what` is what it should be, as "run file".
Hdf5Handle open_hdf5_input(const std::string& path, const std::string& what);

/// Calls `work()` and turns a failed read of `part` into the user's error about a damaged `what`.
template <class Work>
auto reading_input(const std::string& path, const std::string& what, const std::string& part,
                   Work&& work) {
  const Hdf5Quiet quiet;
  try {
    return work();
  } catch (const Hdf5Error& error) {
    reject_file(path, "the " + what + " is damaged or incomplete", part + ": " + error.what());
  }
}

}  // namespace onward
