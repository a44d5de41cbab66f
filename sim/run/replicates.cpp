#include "run/replicates.h"

#include <atomic>
#include <mutex>
#include <vector>

namespace onward {

namespace {

/// Collects finished replicates from any thread, and tells how far all are.
class Collector {
 public:
  Collector(std::span<Observer* const> observers, const ProgressCallback& progress,
            std::uint32_t replicates, int months)
      : observers_(observers),
        progress_(progress),
        months_(months),
        total_(static_cast<std::int64_t>(replicates) * months) {}

  /// A month of a replicate is over.
  void finish_month() {
    const std::lock_guard lock(mutex_);
    ++finished_;
    if (progress_) progress_(in_replicates(finished_), in_replicates(total_));
  }
  void finish(std::uint32_t replicate, const Measures& measures) {
    std::vector<std::function<void()>> rest;
    for (Observer* observer : observers_) rest.push_back(observer->receive(replicate, measures));
    const std::lock_guard lock(mutex_);
    for (const auto& work : rest) work();
  }

 private:
  double in_replicates(std::int64_t months) const {
    return static_cast<double>(months) / static_cast<double>(months_);
  }

  std::mutex mutex_;
  std::span<Observer* const> observers_;
  const ProgressCallback& progress_;
  int months_;
  std::int64_t total_;
  std::int64_t finished_ = 0;  ///< months, of all replicates
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
  Collector collector(observers, progress, plan.count, worlds.centre().scenario.months());
  return for_each_replicate(plan, [&](std::uint32_t replicate, ThreadTeam& over_people) {
    const auto world = worlds.of(replicate);
    const auto measures = simulate(*world, plan.seed, replicate, over_people, stop,
                                   [&collector] { collector.finish_month(); });
    if (measures) collector.finish(replicate, *measures);
    return measures.has_value();
  });
}

}  // namespace onward
