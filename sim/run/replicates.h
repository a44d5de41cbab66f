#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "engine/observer.h"
#include "engine/simulate.h"
#include "run/worlds.h"

namespace onward {

/// Which replicates to run, and on how many threads.
struct ReplicatePlan {
  std::uint64_t seed = 1;
  std::uint32_t first = 0;
  std::uint32_t count = 1;
  int threads = 1;
};

/// Called now and then with replicates (and parts of them) finished, out of `total`.
using ProgressCallback = std::function<void(double finished, double total)>;

/// How the threads of a plan are spread.
struct ThreadShares {
  int replicates = 1;  ///< that run at the same time
  int people = 1;      ///< threads on each of them

  bool operator==(const ThreadShares&) const = default;
};

/// Threads work on whole replicates, unless more of them find work among the people of one: in a
/// small world waiting for one another takes longer than the work.
ThreadShares share_threads(const ReplicatePlan& plan, const World& world);

/// Calls `work(replicate, over_people)` once for each replicate of the plan. Ends early, and
/// returns false, once a `work` has returned false.
bool for_each_replicate(const ReplicatePlan& plan, const ThreadShares& shares,
                        const std::function<bool(std::uint32_t, ThreadTeam&)>& work);

/// Runs every replicate in its world and hands its measures to each observer, one call at a time.
/// However the threads are spread, the results are the same bits. Returns false if `stop` said true
/// before the end.
bool run_replicates(const Worlds& worlds, const ReplicatePlan& plan,
                    std::span<Observer* const> observers, const ProgressCallback& progress = {},
                    const std::function<bool()>& stop = {});

}  // namespace onward
