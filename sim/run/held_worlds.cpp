#include "run/held_worlds.h"

#include <algorithm>

#include "core/check.h"

namespace onward {

namespace {

/// The worlds of one replicate being counted.
struct HeldCounting {
  const WorldPair& worlds;
  const State& base;
  const CountLayout& layout;
  std::span<std::int32_t> row;

  bool is_target(std::size_t destination) const { return worlds.parting.is_target[destination]; }
  void add(std::size_t world, HeldCount count, std::int32_t change) const {
    row[layout.held(world, count)] += change;
  }
};

void count_blocked(const HeldCounting& counting, std::size_t world, const State& state) {
  const int from = counting.worlds.parting.month.value_or(0);
  for (const FateOf& fate : find_fates(counting.base, state, from)) {
    if (!counting.is_target(counting.worlds.base.destination_of[fate.place.index()])) continue;
    if (!is_blocked(fate.fate)) continue;
    counting.add(world, HeldCount::kBlocked, 1);
    if (fate.fate == Fate::kElsewhere) counting.add(world, HeldCount::kElsewhere, 1);
  }
}

/// Adds the claims of a run, or with `sign` -1 takes them off.
void count_claims(const HeldCounting& counting, std::size_t world, const State& state, int sign) {
  const auto counts = state.measures.counts(measure_index<"applications">());
  const MeasureShape& shape = state.measures.shape();
  const std::vector<int> years = full_years(counting.worlds.base, counting.worlds.parting);
  const std::size_t by_month = counts.size() / static_cast<std::size_t>(shape.months);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::int32_t claims = sign * counts[i];
    counting.add(world, HeldCount::kClaims, claims);
    if (counting.is_target(i % by_month / (by_month / counting.layout.destinations))) continue;
    const int year = (shape.start + static_cast<int>(i / by_month)).year();
    if (years.size() > 0 && year == years[0])
      counting.add(world, HeldCount::kFirstElsewhere, claims);
    if (years.size() > 1 && year == years[1])
      counting.add(world, HeldCount::kSecondElsewhere, claims);
  }
}

void count_world(const HeldCounting& counting, std::size_t world, const State& state) {
  count_blocked(counting, world, state);
  count_claims(counting, world, state, 1);
  count_claims(counting, world, counting.base, -1);
}

}  // namespace

PathChannels channels_held(std::size_t world) {
  PathChannels held{};
  if (world == kNoneHeld) return held;
  held.fill(world == kAllHeld || world >= works_alone(0));
  for (std::size_t channel = 0; channel < held.size(); ++channel) {
    if (world == held_alone(channel)) held[channel] = true;
    if (world == works_alone(channel)) held[channel] = false;
  }
  return held;
}

bool tally_held(const WorldPair& worlds, const PairedRun& run, const ReplicateCounts& counts,
                ThreadTeam& team, const std::function<bool()>& stop) {
  EXPECT(run.fork && counts.layout.held_worlds == kHeldWorlds);
  const HeldCounting counting{
      .worlds = worlds, .base = run.base, .layout = counts.layout, .row = counts.row};
  count_world(counting, kNoneHeld, run.variant);
  for (std::size_t world = kNoneHeld + 1; world < kHeldWorlds; ++world) {
    const std::optional<State> state = run_held(*run.fork, channels_held(world), team, stop);
    if (!state) return false;
    count_world(counting, world, *state);
  }
  return true;
}

}  // namespace onward
