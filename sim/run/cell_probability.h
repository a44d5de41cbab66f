#pragma once

#include <span>

#include "run/predictive_draws.h"

/// The predictive probability of one cell of the observed record: that a whole count from `lower`
/// to `upper` is seen, before small counts are shown as one number.
namespace onward {

/// From draws of claims: the mean over draws of the probability under the observation model, with
/// one more draw that knows little (geometric, with a mean of one above the draws'), so that what
/// no draw shows is improbable and not impossible. docs/decisions/0012-scores.md says why.
double draws_probability(std::span<const double> claims, std::span<const ObservationNoise> noise,
                         const ObservedCount& cell);

/// Of a negative binomial of this mean > 0 and size > 0; its variance is mean + mean^2 / size.
double negative_binomial_probability(double mean, double size, const ObservedCount& cell);

}  // namespace onward
