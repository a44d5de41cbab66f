#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "core/check.h"

namespace onward_test {

/// Folder of this source tree.
inline const std::string kSource = ONWARD_SOURCE_DIR;

/// A whole file.
inline std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The messages of the InputError that `action` throws; empty if it throws none.
template <class Action>
std::vector<std::string> messages_of(Action action) {
  std::vector<std::string> messages;
  try {
    action();
  } catch (const onward::InputError& error) {
    for (const onward::Problem& problem : error.problems()) messages.push_back(to_text(problem));
  }
  return messages;
}

}  // namespace onward_test
