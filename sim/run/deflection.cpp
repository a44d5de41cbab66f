#include "run/deflection.h"

#include <algorithm>
#include <limits>

namespace onward {

namespace {

/// Gains elsewhere over the loss of the targets, `change(d)` being the change at a destination.
template <class Change>
double gains_over_loss(const std::vector<bool>& is_target, Change change, bool gross) {
  double gains = 0.0;
  double loss = 0.0;
  bool has_others = false;
  for (std::size_t d = 0; d < is_target.size(); ++d) {
    if (is_target[d]) {
      loss -= change(d);
    } else {
      has_others = true;
      gains += gross ? std::max(0.0, change(d)) : change(d);
    }
  }
  return has_others && loss > 0.0 ? gains / loss : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

double Deflection::paired(std::span<const double> means, std::size_t year) const {
  const auto change = [&](std::size_t d) {
    return means[layout.claims(Side::kVariant, year, d)] -
           means[layout.claims(Side::kBase, year, d)];
  };
  return gains_over_loss(is_target, change, false);
}

double Deflection::year_on_year(std::span<const double> means, std::size_t year,
                                std::size_t before) const {
  const auto change = [&](std::size_t d) {
    return means[layout.claims(Side::kVariant, year, d)] -
           means[layout.claims(Side::kVariant, before, d)];
  };
  return gains_over_loss(is_target, change, true);
}

}  // namespace onward
