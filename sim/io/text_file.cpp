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

std::string path_seen_from(const std::string& to, const std::string& from,
                           const std::string& path) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(to).parent_path().lexically_normal();
  const bool is_one_folder = folder == fs::path(from).parent_path().lexically_normal();
  if (path.empty() || is_one_folder || fs::path(path).is_absolute()) return path;
  const fs::path whole = path_beside(from, path);
  const fs::path seen = folder.empty() ? whole : whole.lexically_relative(folder);
  return seen.empty() ? fs::absolute(whole).lexically_normal().string() : seen.string();
}

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return a == b || (std::filesystem::equivalent(a, b, error) && !error);
}

}  // namespace onward
