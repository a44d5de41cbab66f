#include "model/choice_errors.h"

#include <algorithm>

#include "core/distributions.h"
#include "core/lanes.h"
#include "model/purpose.h"

namespace onward {

ChoiceErrors::ChoiceErrors(RunKey run, Entity person, std::uint32_t occasion, double lambda,
                           double tau)
    : run_(run),
      person_(person),
      occasion_(occasion),
      lambda_(lambda),
      tau_(std::min(tau, lambda)) {
  const Block block = draw(run_, person_, purpose::kNestError, occasion_);
  nest_error_ = lambda_ * log_positive_stable(lambda_, first_uniform(block), second_uniform(block));
}

double ChoiceErrors::go(std::uint32_t place_key, std::size_t nest, std::uint32_t nest_key) {
  const double u = draw_uniform(run_, person_, purpose::kPlaceError, occasion_, place_key);
  return go_with(gumbel(u), nest, nest_key);
}

double ChoiceErrors::go_with(double eta, std::size_t nest, std::uint32_t nest_key) {
  EXPECT(nest < kMaxPlaces);
  if ((subnest_known_ >> nest & 1) == 0) {
    const Block block = draw(run_, person_, purpose::kSubnestError, occasion_, nest_key);
    subnest_error_[nest] =
        tau_ * log_positive_stable(tau_ / lambda_, first_uniform(block), second_uniform(block));
    subnest_known_ |= std::uint64_t{1} << nest;
  }
  return nest_error_ + subnest_error_[nest] + tau_ * eta;
}

PlaceErrors ChoiceErrors::own(std::span<const std::uint32_t> place_keys) const {
  EXPECT(place_keys.size() <= kMaxPlaces);
  static_assert(kMaxPlaces % kLanes == 0);
  PlaceErrors errors;
  LaneKeys keys;
  keys.entity.fill(person_);
  for (std::size_t first = 0; first < place_keys.size(); first += kLanes) {
    const auto some = place_keys.subspan(first, std::min(kLanes, place_keys.size() - first));
    std::copy(some.begin(), some.end(), keys.word.begin());
    const LaneDoubles drawn = gumbel_lanes(draw_lanes(run_, keys, purpose::kPlaceError, occasion_));
    std::copy(drawn.begin(), drawn.end(), errors.begin() + static_cast<std::ptrdiff_t>(first));
  }
  return errors;
}

double ChoiceErrors::alone(std::uint8_t purpose) const {
  return gumbel(draw_uniform(run_, person_, purpose, occasion_));
}

}  // namespace onward
