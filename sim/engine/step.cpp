#include "engine/step.h"

#include "core/fetching.h"
#include "engine/record.h"
#include "engine/setup.h"
#include "model/commitment.h"
#include "model/information.h"
#include "model/journey.h"
#include "model/life.h"
#include "model/path.h"
#include "model/procedure.h"
#include "model/resettlement.h"

namespace onward {

namespace {

constexpr std::size_t kOccasionsPerChunk = 64;
constexpr std::size_t kAhead = 4;  ///< occasions whose people are fetched while one chooses

/// Everyone who considers moving chooses by the same state; nobody sees another's choice yet.
std::vector<Choice> choose_all(const State& state, const Month& month,
                               const std::vector<Consideration>& occasions, ThreadTeam& team) {
  std::vector<Choice> choices(occasions.size());
  visit_fetched(
      team, {0, occasions.size()}, kOccasionsPerChunk, kAhead,
      [&](std::size_t i) { state.people.prefetch(occasions[i].person); },
      [&](std::size_t i) { choices[i] = choose(state, month, occasions[i]); });
  return choices;
}

/// Keeps what people act on this month, if somebody wants it.
void keep_path(Simulation& simulation) {
  if (simulation.path != nullptr) extend_path(*simulation.path, simulation.state);
}

}  // namespace

Simulation begin(const World& world, RunKey key, ThreadTeam& team) {
  return {.world = world, .key = key, .state = initial_state(world, key, team), .attention = {}};
}

void step(Simulation& simulation, int month_index, ThreadTeam& team) {
  // 1. Policy: the levers of the month are those that `month` gives to every verb below.
  const Month month{.world = simulation.world,
                    .index = month_index,
                    .key = simulation.key,
                    .witness = simulation.witness,
                    .guide = simulation.guide};
  State& state = simulation.state;

  admit_arrivals(state, month, team);                                       // 2. Arrivals
  live_in_first_asylum(state, month);                                       // 3. Life
  live_at_present_place(state, month);                                      //
  spread_information(state, month);                                         // 4. Information
  review_brokers(state, month);                                             // 5. Brokers
  follow_brokers(state, month);                                             //    (another world's)
  renew_quota(state, month);                                                //    and quotas
  keep_path(simulation);                                                    //
  const auto occasions = attend(state, month, simulation.attention, team);  // 6. Attention
  const auto choices = choose_all(state, month, occasions, team);           // 7. Choice
  commit(state, month, choices, team);                                      // 8. Commitment,
  prepare(state, month, team);                                              //    journey
  travel(state, month, team);                                               //    and claim
  adjudicate(state, month, team);                                           // 9. Procedure
  record(state, month);                                                     // 10. Record
}

}  // namespace onward
