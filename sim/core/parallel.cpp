#include "core/parallel.h"

#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "core/check.h"

namespace onward {

namespace {

/// Waits a little without going to sleep, letting others have the processor: waking up takes longer
/// than most pauses between the pieces of a month.
template <class IsTrue>
void wait_awake(IsTrue is_true) {
  constexpr int kTurns = 200;
  for (int i = 0; i < kTurns && !is_true(); ++i) std::this_thread::yield();
}

}  // namespace

struct ThreadTeam::Shared {
  std::mutex mutex;
  std::condition_variable work_came;
  std::condition_variable all_done;
  std::vector<std::thread> helpers;
  const std::function<void(std::size_t)>* work = nullptr;
  std::size_t chunks = 0;
  std::atomic<std::size_t> next{0};
  std::atomic<unsigned> round{0};  ///< changed under the mutex alone, as are the next two
  std::atomic<std::size_t> busy{0};
  std::atomic<bool> stop{false};
  std::exception_ptr error;
  std::size_t error_chunk = 0;

  void take_chunks() {
    for (std::size_t i = next.fetch_add(1); i < chunks; i = next.fetch_add(1)) {
      try {
        (*work)(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (error == nullptr || i < error_chunk) {
          error = std::current_exception();
          error_chunk = i;
        }
      }
    }
  }

  void help() {
    unsigned seen = 0;
    for (;;) {
      wait_awake([&] { return stop || round != seen; });
      {
        std::unique_lock lock(mutex);
        work_came.wait(lock, [&] { return stop || round != seen; });
        if (stop) return;
        seen = round;
      }
      take_chunks();
      const std::lock_guard lock(mutex);
      if (--busy == 0) all_done.notify_one();
    }
  }
};

ThreadTeam::ThreadTeam(int threads) : threads_(threads), shared_(std::make_unique<Shared>()) {
  EXPECT(threads >= 1);
  for (int i = 1; i < threads; ++i) shared_->helpers.emplace_back([this] { shared_->help(); });
}

ThreadTeam::~ThreadTeam() {
  {
    const std::lock_guard lock(shared_->mutex);
    shared_->stop = true;
  }
  shared_->work_came.notify_all();
  for (std::thread& helper : shared_->helpers) helper.join();
}

void ThreadTeam::for_each_chunk(std::size_t chunks, const std::function<void(std::size_t)>& work) {
  if (threads_ == 1 || chunks <= 1) {
    for (std::size_t i = 0; i < chunks; ++i) work(i);
    return;
  }
  Shared& shared = *shared_;
  {
    const std::lock_guard lock(shared.mutex);
    shared.work = &work;
    shared.chunks = chunks;
    shared.next = 0;
    shared.busy = shared.helpers.size();
    shared.error = nullptr;
    ++shared.round;
  }
  shared.work_came.notify_all();
  shared.take_chunks();
  wait_awake([&] { return shared.busy == 0; });
  std::unique_lock lock(shared.mutex);
  shared.all_done.wait(lock, [&] { return shared.busy == 0; });
  if (shared.error) std::rethrow_exception(shared.error);
}

ThreadTeam& one_thread() {
  static ThreadTeam team(1);
  return team;
}

}  // namespace onward
