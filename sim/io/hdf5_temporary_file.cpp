#include "io/hdf5_temporary_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace onward {

namespace {

[[noreturn]] void fail_system(const std::string& action) {
  throw Hdf5Error("cannot " + action + ": " + std::strerror(errno));
}

/// A name that no file has yet, taken by creating an empty file.
std::string reserve_name(const std::string& path) {
  const std::string base = path + ".partial-" + std::to_string(::getpid());
  for (int attempt = 0; attempt < 1000; ++attempt) {
    const std::string name = attempt == 0 ? base : base + '-' + std::to_string(attempt);
    const int descriptor = ::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (descriptor >= 0) {
      ::close(descriptor);
      return name;
    }
    if (errno != EEXIST) fail_system("create the file");
  }
  throw Hdf5Error("cannot create the file: too many unfinished files beside it");
}

void sync_to_disk(const std::string& path, bool is_folder) {
  const int descriptor = ::open(path.c_str(), (is_folder ? O_DIRECTORY : 0) | O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail_system("open it to flush it");
  const int result = ::fsync(descriptor);
  const int error = errno;
  ::close(descriptor);
  // Some file systems cannot flush folders; the rename is then as safe as they make it.
  if (result == 0 || is_folder) return;
  errno = error;
  fail_system("flush it to the disk");
}

Hdf5Handle create_file(const std::string& path) {
  const Hdf5Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "make properties");
  constexpr unsigned kOrder = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
  H5Pset_link_creation_order(creation.get(), kOrder);
  H5Pset_attr_creation_order(creation.get(), kOrder);
  H5Pset_obj_track_times(creation.get(), false);
  const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "make properties");
#if H5_VERSION_GE(1, 10, 7)
  // Network file systems without locks must not stop a run; the name is unique anyway.
  H5Pset_file_locking(access.get(), true, true);
#endif
  return {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.get(), access.get()), H5Fclose,
          "create the file"};
}

}  // namespace

Hdf5TemporaryFile::Hdf5TemporaryFile(std::string path) : path_(std::move(path)) {
  std::error_code error;
  const auto status = std::filesystem::status(path_, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    throw Hdf5Error("cannot create the file: the name belongs to a folder or a device");
  }
  temporary_ = reserve_name(path_);
  try {
    file_ = create_file(temporary_);
  } catch (...) {
    ::unlink(temporary_.c_str());
    throw;
  }
}

Hdf5TemporaryFile::~Hdf5TemporaryFile() {
  if (temporary_.empty()) return;
  file_ = Hdf5Handle();
  ::unlink(temporary_.c_str());
}

void Hdf5TemporaryFile::keep() {
  check_hdf5(H5Fflush(file_.get(), H5F_SCOPE_GLOBAL), "write the file");
  file_.close("close the file");
  sync_to_disk(temporary_, false);
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) fail_system("rename it to its name");
  temporary_.clear();
  const std::filesystem::path folder = std::filesystem::path(path_).parent_path();
  sync_to_disk(folder.empty() ? "." : folder.string(), true);
}

}  // namespace onward
