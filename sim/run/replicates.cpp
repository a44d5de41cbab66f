#include "run/replicates.h"

#include <atomic>
#include <mutex>

namespace onward {

namespace {

/// Collects finished replicates from any thread.
class Collector {
 public:
  Collector(std::span<Observer* const> observers, const ProgressCallback& progress, double total)
      : observers_(observers), progress_(progress), total_(total) {}

  void finish(std::uint32_t replicate, const Measures& measures) {
    const std::lock_guard lock(mutex_);
    for (Observer* observer : observers_) observer->replicate_finished(replicate, measures);
    finished_ += 1.0;
    if (progress_) progress_(finished_, total_);
  }

 private:
  std::mutex mutex_;
  std::span<Observer* const> observers_;
  const ProgressCallback& progress_;
  double total_;
  double finished_ = 0.0;
};

}  // namespace

bool for_each_replicate(const ReplicatePlan& plan,
                        const std::function<bool(std::uint32_t, ThreadTeam&)>& work) {
  const bool enough = plan.count >= static_cast<std::uint32_t>(plan.threads);
  ThreadTeam over_replicates(enough ? plan.threads : 1);
  ThreadTeam over_people(enough ? 1 : plan.threads);
  std::atomic<bool> stopped{false};
  over_replicates.for_each_chunk(plan.count, [&](std::size_t i) {
    if (!stopped && !work(plan.first + static_cast<std::uint32_t>(i), over_people)) stopped = true;
  });
  return !stopped;
}

bool run_replicates(const Worlds& worlds, const ReplicatePlan& plan,
                    std::span<Observer* const> observers, const ProgressCallback& progress,
                    const std::function<bool()>& stop) {
  Collector collector(observers, progress, plan.count);
  return for_each_replicate(plan, [&](std::uint32_t replicate, ThreadTeam& over_people) {
    const auto world = worlds.of(replicate);
    const auto measures = simulate(*world, plan.seed, replicate, over_people, stop);
    if (measures) collector.finish(replicate, *measures);
    return measures.has_value();
  });
}

}  // namespace onward
