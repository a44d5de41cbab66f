#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace onward {

/// Memory of `bytes`, at a multiple of `alignment`, for a column that is read here and there: in
/// huge pages where the system has them, if it is large. Errors: std::bad_alloc.
void* allocate_column(std::size_t bytes, std::size_t alignment);
void free_column(void* memory, std::size_t bytes, std::size_t alignment) noexcept;

/// Leaves new elements as the memory is, their members' initial values included, so that a column
/// can be made longer without a pass over it, and threads that fill it are the first to touch it.
template <class T>
struct ColumnAllocator {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
  // Objects of such types are there as soon as there is memory for them (C++20, P0593).
  static_assert(std::is_aggregate_v<T> || std::is_trivially_default_constructible_v<T>);
  using value_type = T;

  ColumnAllocator() = default;
  template <class U>
  explicit ColumnAllocator(const ColumnAllocator<U>&) {}

  T* allocate(std::size_t count) {
    return static_cast<T*>(allocate_column(count * sizeof(T), alignof(T)));
  }
  void deallocate(T* memory, std::size_t count) noexcept {
    free_column(memory, count * sizeof(T), alignof(T));
  }
  template <class U>
  void construct(U*) noexcept {}
  template <class U, class... Arguments>
  void construct(U* at, Arguments&&... arguments) {
    ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
  }
  bool operator==(const ColumnAllocator&) const = default;
};

/// Many things of one kind. `resize` leaves what is new to be filled.
template <class T>
using Column = std::vector<T, ColumnAllocator<T>>;

}  // namespace onward
