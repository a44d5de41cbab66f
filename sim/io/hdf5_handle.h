#pragma once

#include <hdf5.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

/// Thin wrappers of the HDF5 C library: handles that close themselves and calls that throw.
namespace onward {

/// A failed HDF5 call, without the path of the file. `with_hdf5_path` adds the path.
class Hdf5Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Silences HDF5's printing of its error stack on this thread while it lives.
class Hdf5Quiet {
 public:
  Hdf5Quiet();
  ~Hdf5Quiet();
  Hdf5Quiet(const Hdf5Quiet&) = delete;
  Hdf5Quiet& operator=(const Hdf5Quiet&) = delete;

 private:
  H5E_auto2_t function_ = nullptr;
  void* data_ = nullptr;
};

/// The cause that HDF5 gives for its last failure on this thread, such as the operating system's
/// message; empty if there is none.
std::string hdf5_reason();

/// Throws Hdf5Error `cannot ACTION: REASON`.
[[noreturn]] void fail_hdf5(std::string_view action);

/// Passes on the result of an HDF5 call. Errors: Hdf5Error if it is negative.
template <class Result>
Result check_hdf5(Result result, std::string_view action) {
  if (result < 0) fail_hdf5(action);
  return result;
}

/// Owns one HDF5 identifier and closes it.
class Hdf5Handle {
 public:
  using Closer = herr_t (*)(hid_t);

  Hdf5Handle() = default;
  /// Takes over `id`, the result of a call that was to do `action`. Errors: Hdf5Error if negative.
  Hdf5Handle(hid_t id, Closer closer, std::string_view action);
  Hdf5Handle(Hdf5Handle&& other) noexcept;
  Hdf5Handle& operator=(Hdf5Handle&& other) noexcept;
  ~Hdf5Handle();

  hid_t get() const { return id_; }
  bool is_open() const { return id_ >= 0; }

  /// Closes now. Errors: Hdf5Error if HDF5 cannot, for instance because the disk is full.
  void close(std::string_view action);

 private:
  hid_t id_ = -1;
  Closer closer_ = nullptr;
};

/// Calls `work()` with HDF5 silent, and puts `PATH: ` before the message of a failed HDF5 call.
/// Errors: std::runtime_error in place of Hdf5Error; anything else passes.
template <class Work>
auto with_hdf5_path(const std::string& path, Work&& work) {
  const Hdf5Quiet quiet;
  try {
    return std::forward<Work>(work)();
  } catch (const Hdf5Error& error) {
    throw std::runtime_error(path + ": " + error.what());
  }
}

}  // namespace onward
