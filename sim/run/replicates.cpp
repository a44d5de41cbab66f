#include "run/replicates.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <vector>

#include "model/arrivals.h"

namespace onward {

namespace {

/// People who can consider moving that keep a thread busy: with fewer a second thread gained
/// nothing (globes of 0.1 to 1 million people).
constexpr double kAttentivePerThread = 40'000.0;

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

ThreadShares share_threads(const ReplicatePlan& plan, const World& world) {
  const double busy = std::max(expected_attentive(world) / kAttentivePerThread, 1.0);
  const int people = static_cast<int>(std::min<double>(plan.threads, busy));
  const int replicates = static_cast<int>(std::min<std::uint64_t>(
      static_cast<std::uint64_t>(plan.threads), std::max(plan.count, std::uint32_t{1})));
  if (people > replicates) return {.replicates = 1, .people = people};
  return {.replicates = replicates, .people = 1};
}

bool for_each_replicate(const ReplicatePlan& plan, const ThreadShares& shares,
                        const std::function<bool(std::uint32_t, ThreadTeam&)>& work) {
  ThreadTeam over_replicates(shares.replicates);
  ThreadTeam over_people(shares.people);
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
  const ThreadShares shares = share_threads(plan, worlds.centre());
  return for_each_replicate(plan, shares, [&](std::uint32_t replicate, ThreadTeam& over_people) {
    const auto world = worlds.of(replicate);
    const auto measures = simulate(*world, plan.seed, replicate, over_people, stop,
                                   [&collector] { collector.finish_month(); });
    if (measures) collector.finish(replicate, *measures);
    return measures.has_value();
  });
}

}  // namespace onward
