#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/yaml_tree.h"

/// A scenario as a tree: files read, variants merged into their bases, options applied. What the
/// keys mean is left to scenario_reader.h, except for those that steer the merging.
namespace onward {

/// The longest chain of variants.
inline constexpr std::size_t kMaxVariants = 8;

using Overrides = std::vector<std::pair<std::string, std::string>>;

/// A world, and the base it was made from if it is a variant.
struct ResolvedTree {
  Tree world;  ///< complete, in canonical order, parameters nested
  Tree base;   ///< the same of the scenario that it extends; null for a world of its own
};

/// Reads a file and all that it extends. Errors: InputError for files that cannot be read, for
/// `extends` that runs in a circle or too deep, and for edits of what is not there.
ResolvedTree resolve_file(const std::string& path);

/// The worlds of a file and of all that it extends, the file's own first.
std::vector<Tree> resolve_chain(const std::string& path);

/// The same as the world of `resolve_file` for a text without `extends`; `name` is used in
/// positions.
Tree resolve_text(std::string_view text, const std::string& name);

/// Sets parameters by dotted name, as `--set name=value` does.
void apply_overrides(Tree& world, const Overrides& overrides);

/// Writes a tree as YAML that reads back as the same tree, numbers spelt as they were.
std::string emit(const Tree& tree);

}  // namespace onward
