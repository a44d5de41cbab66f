#include "io/provenance.h"

#include <array>
#include <cstdio>
#include <ctime>

#if __has_include(<boost/version.hpp>)
#include <boost/version.hpp>
#endif
#if __has_include(<Eigen/Core>)
#include <Eigen/src/Core/util/Macros.h>
#elif __has_include(<eigen3/Eigen/Core>)
#include <eigen3/Eigen/src/Core/util/Macros.h>
#endif

#if __has_include("onward/version.h")
#include "onward/version.h"
#else
namespace onward {
inline constexpr const char* kVersion = "unknown";
inline constexpr const char* kGitCommit = "unknown";
inline constexpr const char* kCompiler = "unknown";
inline constexpr const char* kFlags = "unknown";
}  // namespace onward
#endif

namespace onward {

namespace {

std::string library_versions() {
  std::string text;
#ifdef ONWARD_YAML_CPP_VERSION
  text += "yaml-cpp " ONWARD_YAML_CPP_VERSION;
#else
  text += "yaml-cpp unknown";
#endif
#ifdef EIGEN_WORLD_VERSION
  text += ", Eigen " + std::to_string(EIGEN_WORLD_VERSION) + '.' +
          std::to_string(EIGEN_MAJOR_VERSION) + '.' + std::to_string(EIGEN_MINOR_VERSION);
#endif
#ifdef BOOST_VERSION
  text += ", Boost " + std::to_string(BOOST_VERSION / 100000) + '.' +
          std::to_string(BOOST_VERSION / 100 % 1000) + '.' + std::to_string(BOOST_VERSION % 100);
#endif
  return text;
}

/// Number of bytes of the well-formed UTF-8 sequence at the start of `text`, 0 if there is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return first == 0 ? 0 : 1;
  const std::size_t length = first >= 0xF0 ? 4 : (first >= 0xE0 ? 3 : 2);
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  // The second byte excludes overlong forms, surrogates and code points above 0x10FFFF.
  const unsigned low = first == 0xE0 ? 0xA0 : (first == 0xF0 ? 0x90 : 0x80);
  const unsigned high = first == 0xED ? 0x9F : (first == 0xF4 ? 0x8F : 0xBF);
  if (byte(1) < low || byte(1) > high) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  }
  return length;
}

std::string shell_quoted(std::string_view word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+,-./:=@_";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string_view::npos) {
    return std::string(word);
  }
  std::string quoted = "'";
  for (const char letter : word) {
    if (letter == '\'') {
      quoted += "'\\''";
    } else {
      quoted += letter;
    }
  }
  return quoted + '\'';
}

}  // namespace

Provenance build_provenance() {
  Provenance provenance;
  provenance.program_version = kVersion;
  provenance.git_commit = kGitCommit;
  provenance.compiler = kCompiler;
  provenance.flags = kFlags;
  provenance.libraries = library_versions();
  return provenance;
}

std::string hash_text(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char letter : text) {
    hash ^= static_cast<unsigned char>(letter);
    hash *= 1099511628211ULL;
  }
  std::array<char, 32> digits{};
  std::snprintf(digits.data(), digits.size(), "fnv1a64:%016llx",
                static_cast<unsigned long long>(hash));
  return digits.data();
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    valid += length == 0 ? std::string_view("?") : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return valid;
}

std::string command_line_text(int count, const char* const* arguments) {
  std::string line;
  for (int i = 0; i < count; ++i) {
    if (i > 0) line += ' ';
    line += shell_quoted(arguments[i]);
  }
  return valid_utf8(line);
}

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

}  // namespace onward
