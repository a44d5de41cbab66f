#include "core/column.h"

#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace onward {

namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;

/// Smaller columns stay in the processor's tables of pages anyway.
bool is_large(std::size_t bytes) { return bytes >= 4 * kHugePage; }

/// What any memory has.
bool is_ordinary(std::size_t alignment) { return alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__; }

}  // namespace

void* allocate_column(std::size_t bytes, std::size_t alignment) {
  if (!is_large(bytes)) {
    return is_ordinary(alignment) ? ::operator new(bytes)
                                  : ::operator new (bytes, std::align_val_t{alignment});
  }
  const std::size_t whole = (bytes + kHugePage - 1) / kHugePage * kHugePage;
  void* memory = ::operator new (whole, std::align_val_t{kHugePage});
#ifdef MADV_HUGEPAGE
  // Refused where the system has none; then the pages are small.
  static_cast<void>(::madvise(memory, whole, MADV_HUGEPAGE));
#endif
  return memory;
}

void free_column(void* memory, std::size_t bytes, std::size_t alignment) noexcept {
  if (is_large(bytes)) {
    ::operator delete (memory, std::align_val_t{kHugePage});
  } else if (is_ordinary(alignment)) {
    ::operator delete(memory);
  } else {
    ::operator delete (memory, std::align_val_t{alignment});
  }
}

}  // namespace onward
