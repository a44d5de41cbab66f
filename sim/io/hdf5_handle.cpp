#include "io/hdf5_handle.h"

namespace onward {

Hdf5Quiet::Hdf5Quiet() {
  // HDF5's own clean-up at exit crashes if a file could not be closed because the disk was full.
  // It must be called off before HDF5 starts; later calls do nothing.
  H5dont_atexit();
  H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Hdf5Quiet::~Hdf5Quiet() { H5Eset_auto2(H5E_DEFAULT, function_, data_); }

namespace {

/// Keeps the description of the innermost record, which is visited first.
herr_t keep_first(unsigned position, const H5E_error2_t* record, void* data) {
  if (position == 0 && record->desc != nullptr) *static_cast<std::string*>(data) = record->desc;
  return 0;
}

}  // namespace

std::string hdf5_reason() {
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &reason);
  // HDF5 lists descriptors and addresses of buffers; only the system's message is worth showing.
  constexpr std::string_view kMark = "error message = '";
  const std::size_t mark = reason.find(kMark);
  if (mark == std::string::npos) return reason;
  const std::size_t begin = mark + kMark.size();
  return reason.substr(begin, reason.find('\'', begin) - begin);
}

void fail_hdf5(std::string_view action) {
  const std::string reason = hdf5_reason();
  std::string message = "cannot " + std::string(action);
  if (!reason.empty()) message += ": " + reason;
  throw Hdf5Error(message);
}

Hdf5Handle::Hdf5Handle(hid_t id, Closer closer, std::string_view action)
    : id_(check_hdf5(id, action)), closer_(closer) {}

Hdf5Handle::Hdf5Handle(Hdf5Handle&& other) noexcept
    : id_(std::exchange(other.id_, -1)), closer_(other.closer_) {}

Hdf5Handle& Hdf5Handle::operator=(Hdf5Handle&& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(closer_, other.closer_);
  return *this;
}

Hdf5Handle::~Hdf5Handle() {
  if (is_open()) closer_(id_);
}

void Hdf5Handle::close(std::string_view action) {
  if (!is_open()) return;
  check_hdf5(closer_(std::exchange(id_, -1)), action);
}

}  // namespace onward
