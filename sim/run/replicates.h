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

/// Calls `work(replicate, over_people)` once for each replicate of the plan. Threads work on whole
/// replicates if there are enough of them, otherwise `over_people` has them all. Ends early, and
/// returns false, once a `work` has returned false.
bool for_each_replicate(const ReplicatePlan& plan,
                        const std::function<bool(std::uint32_t, ThreadTeam&)>& work);

/// Runs every replicate in its world and hands its measures to each observer, one call at a time.
/// However the threads are spread, the results are the same bits. Returns false if `stop` said true
/// before the end.
bool run_replicates(const Worlds& worlds, const ReplicatePlan& plan,
                    std::span<Observer* const> observers, const ProgressCallback& progress = {},
                    const std::function<bool()>& stop = {});

}  // namespace onward
