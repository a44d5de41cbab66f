#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.h"
#include "io/yaml_tree.h"

namespace onward {

/// Gathers the user's mistakes, so that all are told at once.
class Problems {
 public:
  /// More than this many are counted and not kept.
  static constexpr std::size_t kMaxKept = 100;

  void add(const Mark& where, std::string problem, std::string why = "",
           std::string suggestion = "");

  /// A word that should be one of `known`: suggests the nearest, or lists them if none is near.
  /// `problem` names the word, `what` says what `known` are, as in "known parameters".
  void add_unknown(const Mark& where, std::string problem, std::string_view word,
                   std::span<const std::string_view> known, std::string_view what);

  /// Adds a mistake after which nothing else can be read, and throws all.
  [[noreturn]] void refuse(const Mark& where, std::string problem, std::string why = "",
                           std::string suggestion = "");

  bool empty() const { return count_ == 0; }
  std::size_t count() const { return count_; }

  /// Throws what was gathered as an InputError, in order of position, if there is anything.
  void throw_if_any() const;

 private:
  std::vector<Problem> in_order() const;

  std::vector<Problem> kept_;
  std::size_t count_ = 0;
};

/// The word of `known` that `word` is most likely a misspelling of; empty if none is near.
std::string_view nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace onward
