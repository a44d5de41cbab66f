#include "run/comparison.h"

#include <algorithm>
#include <mutex>

#include "run/held_worlds.h"

namespace onward {

namespace {

/// Takes in finished replicates from any thread.
class PairCollector {
 public:
  PairCollector(Comparison& comparison, const PairObservers& observers,
                const ProgressCallback& progress)
      : comparison_(comparison), observers_(observers), progress_(progress) {}

  void finish(std::uint32_t replicate, const PairedRun& run, const DelayCounts& delays) {
    std::vector<std::function<void()>> rest;
    for (Observer* observer : observers_.base)
      rest.push_back(observer->receive(replicate, run.base.measures));
    for (Observer* observer : observers_.variant)
      rest.push_back(observer->receive(replicate, run.variant.measures));
    const std::lock_guard lock(mutex_);
    for (const auto& work : rest) work();
    for (const auto& [months, count] : delays) comparison_.delays[months] += count;
    finished_ += 1.0;
    if (progress_) progress_(finished_, comparison_.plan.count);
  }

 private:
  std::mutex mutex_;
  Comparison& comparison_;
  const PairObservers& observers_;
  const ProgressCallback& progress_;
  double finished_ = 0.0;
};

}  // namespace

std::optional<Comparison> compare(const Worlds& bases, const Worlds& variants,
                                  const ComparisonPlan& what, const PairObservers& observers,
                                  const ProgressCallback& progress,
                                  const std::function<bool()>& stop) {
  const ReplicatePlan& plan = what.replicates;
  const Parting parting = find_parting(bases.centre(), variants.centre());
  CountLayout layout = count_layout(bases.centre());
  if (what.decompose) layout.held_worlds = kHeldWorlds;
  const bool runs_held = what.decompose && parting.month;
  Comparison comparison{.parting = parting,
                        .plan = plan,
                        .placebos = parting.month ? std::min(plan.count, kMaxPlacebos) : 0,
                        .counts = CountTable(layout, plan.count),
                        .months = MonthTable(bases.centre().scenario.months(), plan.count),
                        .delays = {}};
  PairCollector collector(comparison, observers, progress);
  const auto run_one = [&](std::uint32_t replicate, ThreadTeam& over_people) {
    const std::uint32_t row = replicate - plan.first;
    const auto base = bases.of(replicate);
    const auto variant = variants.of(replicate);
    const WorldPair worlds{.base = *base, .variant = *variant, .parting = parting};
    const PairExtras extras{.placebo = row < comparison.placebos, .fork = runs_held};
    const auto run = run_pair(worlds, run_key(plan.seed, replicate), extras, over_people, stop);
    if (!run) return false;
    DelayCounts delays;
    const ReplicateCounts counts{.layout = layout,
                                 .row = comparison.counts.row(row),
                                 .months = comparison.months.row(row),
                                 .delays = delays};
    tally(worlds, *run, counts);
    if (runs_held && !tally_held(worlds, *run, counts, over_people, stop)) return false;
    collector.finish(replicate, *run, delays);
    return true;
  };
  if (!for_each_replicate(plan, share_threads(plan, bases.centre()), run_one)) return std::nullopt;
  return comparison;
}

}  // namespace onward
