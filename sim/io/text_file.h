#pragma once

#include <string>
#include <string_view>

namespace onward {

/// The bytes of a file, or the reason why it cannot be read (then `is_read` is false).
struct FileText {
  bool is_read = false;
  std::string text;  ///< at most `most_bytes` + 1 bytes, enough to see that a file is too large
  std::string why;
};

/// Reads a file whole, or its first `most_bytes` + 1 bytes.
FileText read_file(const std::string& path, std::size_t most_bytes);

/// `path` as seen from the folder of the file `from`; absolute paths stay as they are.
std::string path_beside(const std::string& from, const std::string& path);

/// The same file as `path` beside the file `from`, as seen from the folder of the file `to`.
/// Written as it was where the folders are one, and for absolute paths.
std::string path_seen_from(const std::string& to, const std::string& from, const std::string& path);

/// Whether two paths lead to one file, however they are written.
bool is_same_file(const std::string& a, const std::string& b);

}  // namespace onward
