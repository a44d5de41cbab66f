#pragma once

#include "model/choice.h"
#include "model/choice_errors.h"
#include "model/life.h"

namespace onward {

/// Everything random that one consideration needs.
struct ChoiceDraws {
  double stay = 0.0;  ///< errors of the alternatives that stand alone
  double back = 0.0;
  PlaceErrors go;  ///< errors of the destinations, in order
  Tastes taste;
  double savings_on_arrival = 0.0;  ///< money
  DiscriminationDraws discrimination{};
  double age_of_child = 0.0;  ///< in (0, 1), of those who have come with children
};

/// Draws all of it at once. The bits are those of ChoiceErrors, `tastes`, and the functions of
/// model/life.h that draw for themselves.
ChoiceDraws draw_choice(const People& people, const Month& month, const Consideration& occasion);

}  // namespace onward
