#pragma once

#include "run/count_table.h"

namespace onward {

/// The two moments of a blocked departure.
enum class Moment : std::uint8_t {
  kBlocked,  ///< when the person departs to a target in the base
  kInstead,  ///< when the person departs in the variant, if at all
};
inline constexpr std::size_t kMoments = 2;

/// For each replicate, blocked people by moment, month of the run and response. Kept apart from
/// CountTable, which is resampled.
class MonthTable {
 public:
  MonthTable(int months, std::size_t replicates)
      : width_(static_cast<std::size_t>(months) * kMonthCells), counts_(replicates * width_, 0) {}

  /// Position in a row; the response runs fastest.
  static std::size_t cell(Moment moment, int month, Response response) {
    return static_cast<std::size_t>(month) * kMonthCells +
           static_cast<std::size_t>(moment) * kResponseNames.size() +
           static_cast<std::size_t>(response);
  }
  std::span<std::int32_t> row(std::size_t replicate) {
    return {counts_.data() + replicate * width_, width_};
  }
  std::span<const std::int32_t> row(std::size_t replicate) const {
    return {counts_.data() + replicate * width_, width_};
  }

  bool operator==(const MonthTable&) const = default;

 private:
  static constexpr std::size_t kMonthCells = kMoments * kResponseNames.size();

  std::size_t width_;
  std::vector<std::int32_t> counts_;
};

}  // namespace onward
