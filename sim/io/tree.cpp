#include <algorithm>
#include <utility>

#include "io/yaml_tree.h"

namespace onward {

Mark mark_of_source(std::string name) {
  return {std::make_shared<const std::string>(std::move(name)), 0, 0};
}

const Tree* Tree::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

Tree* Tree::find(std::string_view key) { return const_cast<Tree*>(std::as_const(*this).find(key)); }

std::size_t Tree::count() const {
  std::size_t count = 1;
  for (const Entry& entry : entries) count += 1 + entry.value.count();
  for (const Tree& item : items) count += item.count();
  return count;
}

Tree make_scalar(std::string text, Mark where) {
  Tree tree;
  tree.kind = Tree::Kind::kScalar;
  tree.text = std::move(text);
  tree.where = std::move(where);
  return tree;
}

std::string abbreviate(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::size_t length = std::min(text.size(), kLongest);
  // Do not cut inside a character of several bytes.
  while (length < text.size() && length > 0 &&
         (static_cast<unsigned char>(text[length]) & 0xc0u) == 0x80u) {
    --length;
  }
  std::string result{text.substr(0, length)};
  for (char& c : result) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return length < text.size() ? result + "..." : result;
}

std::string quote(std::string_view text) { return '\'' + abbreviate(text) + '\''; }

}  // namespace onward
