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

/// A new, empty file under a name that none has yet.
struct NewFile {
  std::string name;
  int descriptor = -1;  ///< open; the owner closes it
};

NewFile create_beside(const std::string& path) {
  const std::string base = path + ".partial-" + std::to_string(::getpid());
  for (int attempt = 0; attempt < 1000; ++attempt) {
    const std::string name = attempt == 0 ? base : base + '-' + std::to_string(attempt);
    const int descriptor = ::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (descriptor >= 0) return {name, descriptor};
    if (errno != EEXIST) fail_system("create the file");
  }
  throw Hdf5Error("cannot create the file: too many unfinished files beside it");
}

void sync_file(int descriptor) {
  if (::fsync(descriptor) != 0) fail_system("flush it to the disk");
}

/// Flushes a folder to the disk. Some file systems cannot; a rename is then as safe as they make
/// it.
void sync_folder(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail_system("open its folder to flush it");
  ::fsync(descriptor);
  ::close(descriptor);
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
  NewFile created = create_beside(path_);
  temporary_ = std::move(created.name);
  descriptor_ = created.descriptor;
  try {
    file_ = create_file(temporary_);
  } catch (...) {
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
    throw;
  }
}

Hdf5TemporaryFile::~Hdf5TemporaryFile() {
  ::close(descriptor_);
  if (temporary_.empty()) return;
  file_ = Hdf5Handle();
  ::unlink(temporary_.c_str());
}

void Hdf5TemporaryFile::grown() {
#ifdef SYNC_FILE_RANGE_WRITE
  constexpr hsize_t kStep = hsize_t{1} << 20;
  hsize_t size = 0;
  check_hdf5(H5Fget_filesize(file_.get(), &size), "measure the file");
  if (size < begun_ + kStep) return;
  // Only begun here: `keep` waits for it, and is told of what failed.
  ::sync_file_range(descriptor_, static_cast<off64_t>(begun_), static_cast<off64_t>(size - begun_),
                    SYNC_FILE_RANGE_WRITE);
  begun_ = size;
#endif
}

void Hdf5TemporaryFile::keep() {
  check_hdf5(H5Fflush(file_.get(), H5F_SCOPE_GLOBAL), "write the file");
  file_.close("close the file");
  sync_file(descriptor_);
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) fail_system("rename it to its name");
  temporary_.clear();
  const std::filesystem::path folder = std::filesystem::path(path_).parent_path();
  sync_folder(folder.empty() ? "." : folder.string());
}

}  // namespace onward
