#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace onward {

/// Runs the chunks of a loop on a fixed team of threads. What a chunk computes may depend only on
/// its index, and chunks write to places of their own; then the number of threads changes nothing.
class ThreadTeam {
 public:
  /// `threads` >= 1, the calling thread included. With 1 no thread is started.
  explicit ThreadTeam(int threads);
  ~ThreadTeam();
  ThreadTeam(const ThreadTeam&) = delete;
  ThreadTeam& operator=(const ThreadTeam&) = delete;

  int size() const { return threads_; }

  /// Calls `work(i)` once for each i in [0, chunks), in any order, and returns when all are done.
  /// If chunks throw, the exception of the lowest chunk that threw is rethrown. Must not be called
  /// from inside `work` of the same team.
  void for_each_chunk(std::size_t chunks, const std::function<void(std::size_t)>& work);

 private:
  struct Shared;
  int threads_;
  std::unique_ptr<Shared> shared_;
};

/// A team of the calling thread alone. It may be used from several threads at once.
ThreadTeam& one_thread();

/// A half-open range of indices.
struct IndexRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The `chunk`-th range of `chunk_size` indices of [0, count).
inline IndexRange chunk_range(std::size_t chunk, std::size_t chunk_size, std::size_t count) {
  const std::size_t begin = chunk * chunk_size;
  const std::size_t end = begin + chunk_size;
  return {begin, end < count ? end : count};
}

inline std::size_t chunk_count(std::size_t count, std::size_t chunk_size) {
  return (count + chunk_size - 1) / chunk_size;
}

}  // namespace onward
