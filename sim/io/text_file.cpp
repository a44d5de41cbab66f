#include "io/text_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace onward {

FileText read_file(const std::string& path, std::size_t most_bytes) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return {false, "", "it is a folder"};
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return {false, "", errno == 0 ? "it cannot be opened" : std::strerror(errno)};
  std::string text;
  constexpr std::size_t kBlock = 1 << 16;
  std::string block(kBlock, '\0');
  while (text.size() <= most_bytes && file) {
    file.read(block.data(), kBlock);
    text.append(block, 0, static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) return {false, "", "reading it failed"};
  if (text.size() > most_bytes + 1) text.resize(most_bytes + 1);
  return {true, std::move(text), ""};
}

std::string path_beside(const std::string& from, const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(from).parent_path();
  return (folder / path).lexically_normal().string();
}

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return a == b || (std::filesystem::equivalent(a, b, error) && !error);
}

}  // namespace onward
