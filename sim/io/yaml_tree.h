#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.h"

/// YAML text as a plain tree that remembers where each value came from. Nothing here knows what a
/// scenario is.
namespace onward {

/// What a hostile or mistaken file may ask for at most. The limits keep the worst file under a
/// second and 200 MB; tests/unit/io/test_yaml_limits.cpp measures it.
inline constexpr std::size_t kMaxTextBytes = std::size_t{4} << 20;
inline constexpr std::size_t kMaxDepth = 32;        ///< maps and lists inside one another
inline constexpr std::size_t kMaxValues = 200'000;  ///< keys and values, aliases written out
inline constexpr std::size_t kMaxWidth = 2500;      ///< entries of one map or list
inline constexpr std::size_t kMaxMarks = 400'000;   ///< characters that can separate values

/// A position that shares the name of its file with all others of the file.
struct Mark {
  std::shared_ptr<const std::string> file;
  int line = 0;    ///< one-based; 0 if there is no position inside the source
  int column = 0;  ///< one-based, in bytes

  Position position() const { return {file ? *file : std::string{}, line, column}; }
};

/// A mark on a whole source rather than a place in it.
Mark mark_of_source(std::string name);

struct Entry;

/// A YAML value.
struct Tree {
  enum class Kind { kNull, kScalar, kMap, kList };

  Kind kind = Kind::kNull;
  bool quoted = false;  ///< a scalar that was written in quotes or as a block
  Mark where;
  std::string text;            ///< of a scalar
  std::vector<Entry> entries;  ///< of a map, as written; no key comes twice
  std::vector<Tree> items;     ///< of a list

  bool is_null() const { return kind == Kind::kNull; }
  bool is_scalar() const { return kind == Kind::kScalar; }
  bool is_map() const { return kind == Kind::kMap; }
  bool is_list() const { return kind == Kind::kList; }

  /// The value of a key of a map; null if there is none or this is no map.
  const Tree* find(std::string_view key) const;
  Tree* find(std::string_view key);

  /// How many keys and values it holds, itself included.
  std::size_t count() const;
};

/// A key of a map with its value.
struct Entry {
  std::string key;
  Mark where;  ///< of the key
  Tree value;
};

/// A scalar that somebody other than a file wrote.
Tree make_scalar(std::string text, Mark where);

/// Reads the one document of a text. `name` is used in positions. Line ends may be LF or CRLF, and
/// a byte order mark is skipped. Errors: InputError for text that is not UTF-8 or holds control
/// characters, for what YAML does not allow, and for what a scenario never needs: several
/// documents, keys that come twice or are not plain names, tags, merge keys, and anything over the
/// limits above.
Tree parse_yaml(std::string_view text, const std::string& name);

/// A text fit for a message: one line, at most about 60 bytes, without control characters.
std::string abbreviate(std::string_view text);

/// The same, in single quotes.
std::string quote(std::string_view text);

}  // namespace onward
