#pragma once

#include <functional>

namespace onward {

/// Whether `work` ends by itself when it is tried in a child process, be it with an exception. The
/// HDF5 library crashes or hangs on some damaged files; this keeps that away from the program.
/// Must not be called while another thread uses HDF5. True also where no child can be made.
bool ends_normally(const std::function<void()>& work);

}  // namespace onward
