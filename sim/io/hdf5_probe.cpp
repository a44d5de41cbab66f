#include "io/hdf5_probe.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "io/hdf5_handle.h"

namespace onward {

namespace {

/// Seconds after which the child is taken to hang.
constexpr unsigned kMostSeconds = 60;

/// Makes the child die quietly of whatever it dies of.
void prepare_child() {
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGALRM}) {
    ::signal(number, SIG_DFL);
  }
  ::alarm(kMostSeconds);
}

/// HDF5 may have written past the end of its memory and gone on. Giving the memory back is when the C
/// library notices, and ends the child.
void give_memory_back() {
  H5garbage_collect();
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

}  // namespace

bool ends_normally(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child < 0) return true;
  if (child == 0) {
    prepare_child();
    try {
      work();
    } catch (...) {
      // The caller will see the same exception when it does the work itself.
    }
    give_memory_back();
    ::_exit(0);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return true;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace onward
