#include "run/group_outcomes.h"

#include <numeric>

namespace onward {

namespace {

/// Mean and central 90 % of values; zeros if there are none.
Estimate estimate_of(const std::vector<double>& values) {
  if (values.empty()) return {};
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  return {.mean = sum / static_cast<double>(values.size()),
          .lo = quantile(values, 0.05),
          .hi = quantile(values, 0.95)};
}

}  // namespace

GroupOutcomes::GroupOutcomes(const MeasureShape& shape, std::uint32_t first_replicate,
                             std::uint32_t replicates)
    : first_(first_replicate),
      replicates_(replicates),
      groups_(shape.groups.size()),
      numbers_(replicates_ * kClaimStageNames.size() * groups_, 0.0) {}

void GroupOutcomes::replicate_finished(std::uint32_t replicate, const Measures& measures) {
  const std::size_t r = replicate - first_;
  const auto add = [&](std::span<const std::int32_t> counts, std::size_t inner, auto stage_of) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] == 0) continue;  // as most are
      const int stage = stage_of(i % inner);
      if (stage < 0) continue;
      numbers_[cell(r, static_cast<ClaimStage>(stage), i / inner % groups_)] += counts[i];
    }
  };
  add(measures.counts(measure_index<"applications">()), kChannelNames.size(),
      [](std::size_t) { return static_cast<int>(ClaimStage::kClaims); });
  add(measures.counts(measure_index<"appeals_won">()), 1,
      [](std::size_t) { return static_cast<int>(ClaimStage::kProtected); });
  add(measures.counts(measure_index<"decisions">()), kOutcomeNames.size(), [](std::size_t outcome) {
    const auto ended = static_cast<Outcome>(outcome);
    if (ended == Outcome::kClosed) return -1;
    return static_cast<int>(ended == Outcome::kRejected ? ClaimStage::kRefused
                                                        : ClaimStage::kProtected);
  });
}

Estimate GroupOutcomes::number(ClaimStage stage, std::size_t group) const {
  std::vector<double> values;
  for (std::size_t r = 0; r < replicates_; ++r)
    values.push_back(numbers_[cell(r, stage, group)]);
  return estimate_of(values);
}

Estimate GroupOutcomes::share(ClaimStage stage, std::size_t group) const {
  std::vector<double> values;
  for (std::size_t r = 0; r < replicates_; ++r) {
    double all = 0.0;
    for (std::size_t g = 0; g < groups_; ++g) all += numbers_[cell(r, stage, g)];
    if (all > 0.0) values.push_back(numbers_[cell(r, stage, group)] / all);
  }
  return estimate_of(values);
}

}  // namespace onward
