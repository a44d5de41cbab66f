#include "model/choice_errors.h"

#include <algorithm>

#include "core/distributions.h"
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
  EXPECT(nest < kMaxPlaces);
  if ((subnest_known_ >> nest & 1) == 0) {
    const Block block = draw(run_, person_, purpose::kSubnestError, occasion_, nest_key);
    subnest_error_[nest] =
        tau_ * log_positive_stable(tau_ / lambda_, first_uniform(block), second_uniform(block));
    subnest_known_ |= std::uint64_t{1} << nest;
  }
  const double u = draw_uniform(run_, person_, purpose::kPlaceError, occasion_, place_key);
  return nest_error_ + subnest_error_[nest] + tau_ * gumbel(u);
}

double ChoiceErrors::alone(std::uint8_t purpose) const {
  return gumbel(draw_uniform(run_, person_, purpose, occasion_));
}

}  // namespace onward
