#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/column.h"

namespace onward {

/// Many things of one kind, in the order in which they were added, in blocks. A list that grows is
/// not copied, and the memory of one that has gone serves the next: a long column would be given
/// back to the system, which clears it anew for the next one.
template <class T>
class Blocks {
 public:
  static constexpr std::size_t kPerBlock = 1024;

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& operator[](std::size_t i) { return blocks_[i / kPerBlock][i % kPerBlock]; }
  const T& operator[](std::size_t i) const { return blocks_[i / kPerBlock][i % kPerBlock]; }

  /// Takes the memory for the first block, as far as `count` elements need it.
  void reserve(std::size_t count) {
    if (blocks_.empty()) blocks_.emplace_back();
    blocks_.front().reserve(std::min(count, kPerBlock));
  }

  void push_back(const T& value) {
    if (size_ == blocks_.size() * kPerBlock) {
      blocks_.emplace_back();
      blocks_.back().reserve(size_ == 0 ? kFirst : kPerBlock);
    }
    blocks_.back().push_back(value);
    ++size_;
  }

  /// Keeps the first `count` <= size().
  void shrink(std::size_t count) {
    blocks_.resize((count + kPerBlock - 1) / kPerBlock);
    if (count > 0) blocks_.back().resize((count - 1) % kPerBlock + 1);
    size_ = count;
  }

  bool operator==(const Blocks&) const = default;

 private:
  static constexpr std::size_t kFirst = 32;  ///< room of the first block, which grows by doubling

  std::vector<Column<T>> blocks_;
  std::size_t size_ = 0;
};

}  // namespace onward
