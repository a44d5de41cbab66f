#include "io/hdf5_rehearsal.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <string_view>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "core/check.h"
#include "io/hdf5_handle.h"
#include "io/hdf5_input.h"
#include "io/provenance.h"

namespace onward {

namespace {

/// Seconds after which the child is taken to hang.
constexpr unsigned kMostSeconds = 60;
/// Most bytes that a child says of a file.
constexpr std::size_t kMostBytes = 4096;

/// The byte of memory that was given back; its complement is that of memory not yet written to.
/// Neither makes an address, so that who follows a pointer that was never set dies of it.
constexpr int kUnset = 0x5a;

/// Makes the child die of what is wrong, and quietly.
void prepare_child() {
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGALRM, SIGPIPE}) {
    ::signal(number, SIG_DFL);
  }
  ::alarm(kMostSeconds);
#ifdef __GLIBC__
  ::mallopt(M_PERTURB, kUnset);
#endif
}

/// HDF5 may have written past the end of its memory and gone on. Giving the memory back is when the
/// C library notices, and ends the child.
void give_memory_back() {
  H5garbage_collect();
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

/// What is wrong with a file, for the way from the child: three texts that each end with a zero.
std::string packed(const Problem& problem) {
  std::string text;
  for (const std::string* part : {&problem.problem, &problem.why, &problem.suggestion})
    text.append(part->c_str()).push_back('\0');
  return text;
}

/// The same on arrival; nothing if the texts did not all arrive.
std::optional<Problem> unpacked(std::string_view text, const std::string& path) {
  Problem problem;
  problem.where.file = path;
  for (std::string* part : {&problem.problem, &problem.why, &problem.suggestion}) {
    const std::size_t end = text.find('\0');
    if (end == std::string_view::npos) return std::nullopt;
    *part = valid_utf8(text.substr(0, end));  // it may quote the file
    text.remove_prefix(end + 1);
  }
  return problem;
}

/// Reads, says what is wrong if anything is, and ends the process.
[[noreturn]] void read_and_end(const std::string& what, const std::function<void()>& read,
                               int out) {
  prepare_child();
  std::string said;
  try {
    read();
  } catch (const InputError& error) {
    said = packed(error.problems().front());
  } catch (const std::exception& error) {
    said = packed({.where = {},
                   .problem = "the " + what + " cannot be read",
                   .why = error.what(),
                   .suggestion = {}});
  }
  give_memory_back();
  const bool is_told = said.size() <= kMostBytes &&
                       ::write(out, said.data(), said.size()) == static_cast<ssize_t>(said.size());
  ::_exit(is_told ? 0 : 1);
}

/// What arrives until the other side is closed, or is too long.
std::string receive(int in) {
  std::string text;
  std::array<char, 1024> part;
  while (text.size() <= kMostBytes) {
    const ssize_t size = ::read(in, part.data(), part.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    text.append(part.data(), static_cast<std::size_t>(size));
  }
  return text;
}

/// Waits for the child. Whether it ended by itself.
bool ends_normally(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return true;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

void rehearse_reading(const std::string& path, const std::string& what,
                      const std::function<void()>& read) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return;
  const pid_t child = ::fork();
  if (child == 0) read_and_end(what, read, ends[1]);
  ::close(ends[1]);
  const std::string said = child > 0 ? receive(ends[0]) : std::string();
  ::close(ends[0]);
  if (child < 0) return;
  const bool has_ended = ends_normally(child);
  if (has_ended && said.empty()) return;
  if (const auto problem = unpacked(said, path); has_ended && problem) throw InputError(*problem);
  reject_file(path, "the " + what + " is damaged", "the HDF5 library cannot read it");
}

}  // namespace onward
