#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace onward {

/// A position in one kind of table. Ids of different kinds do not convert into one another.
template <class Tag>
struct Id {
  std::uint32_t value = 0;

  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : value(static_cast<std::uint32_t>(index)) {}
  constexpr std::size_t index() const { return value; }
  constexpr auto operator<=>(const Id&) const = default;
};

/// A stable 32-bit name for draws: FNV-1a of the text. Positions in lists change; names do not.
constexpr std::uint32_t name_key(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (const char letter : name) {
    hash ^= static_cast<unsigned char>(letter);
    hash *= 16777619u;
  }
  return hash;
}

}  // namespace onward
