#include "run/decomposition.h"

#include <algorithm>
#include <limits>

#include "run/held_worlds.h"

namespace onward {

namespace {

using Means = std::span<const double>;

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// Reads effects from the columns' means over replicates; NaN where one is not defined.
struct EffectReader {
  const CountLayout& layout;
  bool has_elsewhere;  ///< some destination is no target
  std::size_t full_years;

  double operator()(Means means, std::size_t world, EffectMeasure measure) const {
    const auto mean = [&](HeldCount count) { return means[layout.held(world, count)]; };
    const auto claims = [&](HeldCount count, std::size_t year) {
      return has_elsewhere && full_years >= year ? mean(count) : kUndefined;
    };
    const double blocked = mean(HeldCount::kBlocked);
    switch (measure) {
      case EffectMeasure::kBlocked:
        return blocked;
      case EffectMeasure::kElsewhere:
        return mean(HeldCount::kElsewhere);
      case EffectMeasure::kShareElsewhere:
        return blocked > 0.0 ? mean(HeldCount::kElsewhere) / blocked : kUndefined;
      case EffectMeasure::kFirstElsewhere:
        return claims(HeldCount::kFirstElsewhere, 1);
      case EffectMeasure::kSecondElsewhere:
        return claims(HeldCount::kSecondElsewhere, 2);
      default:
        return mean(HeldCount::kClaims);
    }
  }
};

/// Full effect less what is left with all held, and less what runs through each channel.
double between_channels(const EffectReader& effect, Means means, EffectMeasure measure) {
  const double full = effect(means, kNoneHeld, measure);
  double sum = full - effect(means, kAllHeld, measure);
  for (std::size_t channel = 0; channel < kPathChannelNames.size(); ++channel)
    sum -= full - effect(means, held_alone(channel), measure);
  return sum;
}

/// Estimates a statistic of the means for each measure.
template <class Statistic>
EffectValues estimate_each(const Resamples& resamples, Statistic statistic) {
  EffectValues values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto measure = static_cast<EffectMeasure>(i);
    values[i] = resamples.estimate([&](Means means) { return statistic(means, measure); });
  }
  return values;
}

}  // namespace

std::optional<Decomposition> decompose(const World& base, const Comparison& comparison,
                                       const Resamples& resamples) {
  const CountLayout& layout = comparison.counts.layout();
  if (layout.held_worlds == 0) return std::nullopt;
  const std::vector<bool>& is_target = comparison.parting.is_target;
  Decomposition result;
  result.years = full_years(base, comparison.parting);
  const EffectReader effect{
      .layout = layout,
      .has_elsewhere = std::find(is_target.begin(), is_target.end(), false) != is_target.end(),
      .full_years = result.years.size()};
  const auto left = [&](std::size_t world) {
    return estimate_each(resamples,
                         [&](Means means, EffectMeasure of) { return effect(means, world, of); });
  };
  const auto more = [&](std::size_t world, std::size_t than) {
    return estimate_each(resamples, [&](Means means, EffectMeasure of) {
      return effect(means, world, of) - effect(means, than, of);
    });
  };
  result.full = left(kNoneHeld);
  result.direct = left(kAllHeld);
  result.through_all = more(kNoneHeld, kAllHeld);
  for (std::size_t channel = 0; channel < kPathChannelNames.size(); ++channel) {
    result.channels.push_back({.left = left(held_alone(channel)),
                               .through = more(kNoneHeld, held_alone(channel)),
                               .alone = more(works_alone(channel), kAllHeld)});
  }
  result.between = estimate_each(resamples, [&](Means means, EffectMeasure of) {
    return between_channels(effect, means, of);
  });
  return result;
}

}  // namespace onward
