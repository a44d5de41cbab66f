#include <algorithm>

#include "io/scenario_tree.h"

namespace onward {

namespace {

constexpr std::size_t kStep = 2;  // columns of indentation

bool is_plain_letter(char c) {
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == '+';
}

/// Whether a text written without quotes reads back as itself, anywhere.
bool is_plain(const std::string& text) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_plain_letter)) return false;
  const char first = text.front();
  if (first == '-' || first == '.' || first == '+') {
    return text.size() > 1 && text != "---" && text != "...";
  }
  constexpr std::string_view kNulls[] = {"null", "Null", "NULL"};
  return std::find(std::begin(kNulls), std::end(kNulls), text) == std::end(kNulls);
}

void write_quoted(const std::string& text, std::string& out) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  out += '"';
}

void write_text(const std::string& text, bool quoted, std::string& out) {
  if (!quoted && is_plain(text)) {
    out += text;
  } else {
    write_quoted(text, out);
  }
}

void write_block(const Tree& tree, std::size_t indent, std::string& out);

/// What follows `key:` or `-`, with the line's end.
void write_value(const Tree& tree, std::size_t indent, std::string& out) {
  const bool is_block = !tree.entries.empty() || !tree.items.empty();
  if (is_block) {
    out += '\n';
    return write_block(tree, indent, out);
  }
  out += ' ';
  switch (tree.kind) {
    case Tree::Kind::kNull:
      out += "null";
      break;
    case Tree::Kind::kScalar:
      write_text(tree.text, tree.quoted, out);
      break;
    case Tree::Kind::kMap:
      out += "{}";
      break;
    case Tree::Kind::kList:
      out += "[]";
      break;
  }
  out += '\n';
}

void write_item(const Tree& item, std::size_t indent, std::string& out) {
  const std::size_t start = out.size();
  if (item.entries.empty() && item.items.empty()) {
    out.append(indent + 1, ' ');
    write_value(item, indent, out);
  } else {
    write_block(item, indent + kStep, out);
  }
  out[start + indent] = '-';  // in place of the first space of the item's first line
}

void write_block(const Tree& tree, std::size_t indent, std::string& out) {
  for (const Entry& entry : tree.entries) {
    out.append(indent, ' ');
    write_text(entry.key, false, out);
    out += ':';
    write_value(entry.value, indent + kStep, out);
  }
  for (const Tree& item : tree.items) write_item(item, indent, out);
}

}  // namespace

std::string emit(const Tree& tree) {
  std::string out;
  if (tree.entries.empty() && tree.items.empty()) {
    write_value(tree, 0, out);
    return out.substr(1);  // without the space after a key that is not there
  }
  write_block(tree, 0, out);
  return out;
}

}  // namespace onward
