#include "model/claim.h"

#include "model/irregular_stay.h"
#include "model/purpose.h"
#include "model/ruling.h"
#include "model/witness.h"

namespace onward {

Filing draw_claim(const State& state, const Month& month, Move& move) {
  const Parameters& parameters = month.parameters();
  const Block block = luck(state.people, month, purpose::kClaim, move.person, move.place);
  if (first_uniform(block) < parameters.get<"claim.none">())
    return {.stay = draw_stay(state, month, move)};
  const bool declares = move.channel == Channel::kSelf &&
                        state.people.has(move.person, Trait::kRecord) &&
                        second_uniform(block) < parameters.get<"claim.declared">();
  if (declares) move.story = Story::kDeclare;
  schedule_evidence(state, month, move);
  return {.claims = true, .stay = {}};
}

Change take_up(People& people, const Move& move, const Filing& filing) {
  return change_standing(people, move.person, move.place,
                         filing.claims ? Status::kPending : Status::kIrregular);
}

void book_claim(State& state, const Month& month, const Move& move, const Filing& filing) {
  const std::size_t destination = destination_of(month, move);
  const std::size_t group = move.group.index();
  if (!filing.claims) {
    ++state.measures.count<"unclaimed">(month.row(), destination, group);
    tell(state.people, month, move.person, event::Claim{.place = move.place});
    end_journey(state, move, Ending::kIrregular);
    return stay_on(state, month, filing.stay);
  }
  if (move.story == Story::kDeclare) {
    ++state.measures.count<"declared_claims">(month.row(), destination, group);
  } else {
    ++state.measures.count<"applications">(month.row(), destination, group,
                                           static_cast<std::size_t>(move.channel));
  }
  end_journey(state, move, move.story == Story::kDeclare ? Ending::kDeclared : Ending::kClaim);
  tell(state.people, month, move.person,
       event::Claim{move.place, true, move.story, move.ready, move.hasty, move.detained});
}

}  // namespace onward
