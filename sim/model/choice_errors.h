#pragma once

#include <array>
#include <cstdint>

#include "model/people.h"

namespace onward {

/// One error for each destination.
using PlaceErrors = std::array<double, kMaxPlaces>;

/// Errors of the nested logit, one by one; `draw_choice` gives the same bits all at once. They are
/// drawn as themselves (Cardell 1997): staying has a standard Gumbel error; a destination has
/// lambda * log S1 + tau * log S2 + tau * eta with S1 positive-stable of index lambda shared by all
/// destinations, S2 of index tau / lambda shared by a subnest, and eta standard Gumbel. Then choice
/// probabilities are those of the nested logit with dissimilarities lambda and tau <= lambda.
class ChoiceErrors {
 public:
  ChoiceErrors(RunKey run, Entity person, std::uint32_t occasion, double lambda, double tau);

  /// Error of a destination; its draws are keyed by the names of the place and of its subnest.
  double go(std::uint32_t place_key, std::size_t nest, std::uint32_t nest_key);
  /// Error of an alternative that stands alone.
  double alone(std::uint8_t purpose) const;

 private:
  RunKey run_;
  Entity person_;
  std::uint32_t occasion_;
  double lambda_;
  double tau_;
  double nest_error_;
  std::array<double, kMaxPlaces> subnest_error_;
  std::uint64_t subnest_known_ = 0;
};

}  // namespace onward
