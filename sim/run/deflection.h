#pragma once

#include <span>
#include <vector>

#include "run/count_table.h"

namespace onward {

/// Deflection ratios of the columns' means over replicates; NaN where the targets lose nothing or
/// there is no other destination. The two kinds answer different questions and are never mixed.
struct Deflection {
  const CountLayout& layout;
  const std::vector<bool>& is_target;  ///< by destination

  /// Net gains elsewhere over the targets' loss in a year, both against the base world.
  double paired(std::span<const double> means, std::size_t year) const;

  /// Gross gains elsewhere (destinations that lose are left out) over the targets' loss, both
  /// within the variant and against the year `before`: what a statistician can see.
  double year_on_year(std::span<const double> means, std::size_t year, std::size_t before) const;
};

}  // namespace onward
