#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "run/summary.h"

namespace onward {

/// What a group's people can be counted among.
enum class ClaimStage : std::uint8_t { kClaims, kProtected, kRefused };
inline constexpr std::array<std::string_view, 3> kClaimStageNames{"claims", "protected", "refused"};

/// Collects each group's claims, its cases that ended in protection (on appeal too) and those that
/// were rejected at first instance, over the whole run.
class GroupOutcomes : public Observer {
 public:
  GroupOutcomes(const MeasureShape& shape, std::uint32_t first_replicate, std::uint32_t replicates);
  void replicate_finished(std::uint32_t replicate, const Measures& measures) override;

  std::size_t groups() const { return groups_; }
  /// Number of the group.
  Estimate number(ClaimStage stage, std::size_t group) const;
  /// Share of the group among all groups, over the replicates in which there is anybody.
  Estimate share(ClaimStage stage, std::size_t group) const;

 private:
  std::size_t cell(std::size_t replicate, ClaimStage stage, std::size_t group) const {
    return (replicate * kClaimStageNames.size() + static_cast<std::size_t>(stage)) * groups_ +
           group;
  }
  std::uint32_t first_;
  std::size_t replicates_;
  std::size_t groups_;
  std::vector<double> numbers_;
};

}  // namespace onward
