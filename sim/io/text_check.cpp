#include "io/text_check.h"

#include <algorithm>

#include "io/yaml_tree.h"

namespace onward {

namespace {

/// Number of bytes of the UTF-8 character that starts at `i`, 0 if it is none.
std::size_t character_length(std::string_view text, std::size_t i) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  const unsigned lead = byte(i);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || i + length > text.size()) return 0;
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte(i + k) & 0xc0u) != 0x80u) return 0;
  }
  const unsigned second = byte(i + 1);
  const bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
  const bool surrogate = lead == 0xed && second >= 0xa0;
  const bool too_large = lead == 0xf4 && second >= 0x90;
  return overlong || surrogate || too_large ? 0 : length;
}

/// Whether the character can begin or end a value, a key or a list entry.
bool is_mark(std::string_view text, std::size_t i) {
  constexpr std::string_view kAlways = "\n,:[]{}&*!\"'|>%";
  if (kAlways.find(text[i]) != std::string_view::npos) return true;
  if (text[i] != '-' && text[i] != '?') return false;
  const char next = i + 1 < text.size() ? text[i + 1] : '\n';
  return next == ' ' || next == '\n' || next == '\t' || next == ',' || next == ']' || next == '}';
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
}

[[noreturn]] void refuse(const std::string& name, std::string_view before, std::string problem,
                         std::string why, std::string suggestion = "") {
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  const Position where{name, static_cast<int>(lines) + 1,
                       static_cast<int>(before.size() - line_start) + 1};
  throw InputError(Problem{where, std::move(problem), std::move(why), std::move(suggestion)});
}

std::string without_carriage_returns(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool ends_line = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (!ends_line) result += text[i];
  }
  return result;
}

/// Brackets opened one after the other, seen here because the parser looks for their ends first.
class OpenRun {
 public:
  bool is_too_deep_after(char c) {
    if (c == '[' || c == '{') {
      ++length_;
    } else if (c != ' ' && c != '\n' && c != '\t') {
      length_ = 0;
    }
    return length_ > kMaxDepth;
  }

 private:
  std::size_t length_ = 0;
};

void check_characters(const std::string& text, const std::string& name) {
  const std::string_view view = text;
  std::size_t marks = 0;
  OpenRun run;
  for (std::size_t i = 0; i < view.size();) {
    const std::size_t length = character_length(view, i);
    if (length == 0) {
      refuse(name, view.substr(0, i), "not a text file: a byte that is not UTF-8",
             "scenario files are UTF-8 text", "Save it as UTF-8");
    }
    if (is_control(view[i])) {
      refuse(name, view.substr(0, i), "not a text file: a control character",
             "only tabs and line ends are allowed");
    }
    if (run.is_too_deep_after(view[i])) {
      refuse(name, view.substr(0, i), "nested too deeply",
             "at most " + std::to_string(kMaxDepth) + " maps and lists inside one another");
    }
    marks += is_mark(view, i) ? 1 : 0;
    if (marks > kMaxMarks) {
      refuse(name, view.substr(0, i), "too many lines and values",
             "at most " + std::to_string(kMaxMarks) + " line ends, commas and other separators");
    }
    i += length;
  }
}

}  // namespace

std::string checked_text(std::string_view text, const std::string& name) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.substr(0, 3) == kByteOrderMark) text.remove_prefix(3);
  if (text.size() > kMaxTextBytes) {
    throw InputError(Problem{{name, 0, 0},
                             "the file is too large",
                             "at most " + std::to_string(kMaxTextBytes >> 20) + " MB",
                             ""});
  }
  std::string clean = without_carriage_returns(text);
  // With a last line end the parser gives one kind of error less.
  if (!clean.empty() && clean.back() != '\n') clean += '\n';
  check_characters(clean, name);
  return clean;
}

}  // namespace onward
