#include "core/machine_memory.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>
#include <string>

#ifdef __unix__
#include <sys/resource.h>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace onward {

namespace {

constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();

/// The number after `name` in a file of lines `name: number kB`, bytes.
std::optional<std::uint64_t> named_kilobytes(const char* path, const std::string& name) {
  std::ifstream file(path);
  std::string word;
  while (file >> word) {
    std::uint64_t kilobytes = 0;
    if (word == name && file >> kilobytes) return kilobytes * 1024;
  }
  return std::nullopt;
}

/// The number that a file holds; nothing for "max" or no file.
std::optional<std::uint64_t> number_in(const std::string& path) {
  std::ifstream file(path);
  std::uint64_t number = 0;
  if (file >> number) return number;
  return std::nullopt;
}

/// What a control group with these two files still gives.
std::uint64_t left_in_group(const std::string& limit_file, const std::string& usage_file) {
  const auto limit = number_in(limit_file);
  if (!limit) return kUnlimited;
  const std::uint64_t used = number_in(usage_file).value_or(0);
  return *limit > used ? *limit - used : 0;
}

/// A container sees its own group at the root: both places are looked at.
std::uint64_t left_in_groups() {
  std::uint64_t left = kUnlimited;
  const auto look = [&left](const std::string& folder, const char* limit, const char* usage) {
    left = std::min(left, left_in_group(folder + limit, folder + usage));
  };
  const std::string root = "/sys/fs/cgroup";
  std::ifstream groups("/proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const std::string path = line.substr(second + 1);
    for (const std::string& at : {path, std::string()}) {
      if (controllers.empty()) look(root + at, "/memory.max", "/memory.current");
      if (controllers == "memory")
        look(root + "/memory" + at, "/memory.limit_in_bytes", "/memory.usage_in_bytes");
    }
  }
  return left;
}

std::uint64_t left_to_process() {
#ifdef __unix__
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return kUnlimited;
  const std::uint64_t used = named_kilobytes("/proc/self/status", "VmSize:").value_or(0);
  return limit.rlim_cur > used ? limit.rlim_cur - used : 0;
#else
  return kUnlimited;
#endif
}

}  // namespace

std::uint64_t available_memory() {
  const std::uint64_t machine =
      named_kilobytes("/proc/meminfo", "MemAvailable:").value_or(kUnlimited);
  return std::min({machine, left_in_groups(), left_to_process()});
}

std::uint64_t peak_memory() { return named_kilobytes("/proc/self/status", "VmHWM:").value_or(0); }

void keep_freed_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);  // the largest that it takes
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}

}  // namespace onward
