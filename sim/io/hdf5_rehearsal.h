#pragma once

#include <functional>
#include <string>

namespace onward {

/// Tries `read`, which reads the file at `path`, in a child process. HDF5 crashes or hangs on some
/// damaged files, and on others fails only after it has spoilt its own memory: a file that the
/// child cannot read must not be read by this process. Must not be called while another thread
/// uses HDF5. Does nothing where no child can be made.
/// Errors: InputError, that of `read` or one that says that the `what` ("run file") is damaged.
void rehearse_reading(const std::string& path, const std::string& what,
                      const std::function<void()>& read);

}  // namespace onward
