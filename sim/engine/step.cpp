#include "engine/step.h"

#include <numeric>
#include <optional>

#include "core/column.h"
#include "core/fetching.h"
#include "engine/record.h"
#include "engine/setup.h"
#include "model/arrivals.h"
#include "model/choice_ways.h"
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
constexpr std::size_t kAhead = 4;  ///< occasions whose people are fetched while one is visited

/// The communities of those who choose, by occasion.
Column<std::uint32_t> communities_of(const State& state,
                                     const std::vector<Consideration>& occasions,
                                     ThreadTeam& team) {
  Column<std::uint32_t> communities(occasions.size());
  visit_fetched(
      team, {0, occasions.size()}, kOccasionsPerChunk, kAhead,
      [&](std::size_t i) { state.people.prefetch_row(occasions[i].person); },
      [&](std::size_t i) {
        communities[i] = state.people.community_of(occasions[i].person).value;
      });
  return communities;
}

/// The occasions in order of the person's community, those of one community in their own order.
Column<std::uint32_t> by_community(const State& state, const std::vector<Consideration>& occasions,
                                   ThreadTeam& team) {
  const Column<std::uint32_t> communities = communities_of(state, occasions, team);
  std::vector<std::uint32_t> next(state.communities.size() + 1, 0);
  for (const std::uint32_t community : communities) ++next[community + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  Column<std::uint32_t> order(occasions.size());
  for (std::size_t i = 0; i < occasions.size(); ++i)
    order[next[communities[i]]++] = static_cast<std::uint32_t>(i);
  return order;
}

/// Everyone who considers moving chooses by the same state; nobody sees another's choice yet. Those
/// of one community choose one after the other, as they look at the same things.
Column<Choice> choose_all(const State& state, const Month& month,
                          const std::vector<Consideration>& occasions, ThreadTeam& team) {
  Column<Choice> choices(occasions.size());
  const Column<std::uint32_t> order = by_community(state, occasions, team);
  team.for_each_chunk(chunk_count(order.size(), kOccasionsPerChunk), [&](std::size_t chunk) {
    std::optional<CommunityId> here;
    Surroundings around;
    const auto choose_next = [&](std::size_t k) {
      const Consideration& occasion = occasions[order[k]];
      const CommunityId community = state.people.community_of(occasion.person);
      if (here != community) look_around(state, month.world, community, around);
      here = community;
      choices[order[k]] = choose(state, month, occasion, around);
    };
    visit_fetched(
        chunk_range(chunk, kOccasionsPerChunk, order.size()), kAhead,
        [&](std::size_t k) { state.people.prefetch(occasions[order[k]].person); }, choose_next);
  });
  return choices;
}

/// Keeps what people act on this month, if somebody wants it.
void keep_path(Simulation& simulation) {
  if (simulation.path != nullptr) extend_path(*simulation.path, simulation.state);
}

}  // namespace

Simulation begin(const World& world, RunKey key, ThreadTeam& team, bool with_stayers) {
  return {.world = world,
          .key = key,
          .state = initial_state(world, key, team, with_stayers),
          .attention = {}};
}

void step(Simulation& simulation, int month_index, ThreadTeam& team) {
  // 1. Policy: the levers of the month are those that `month` gives to every verb below.
  const Month month{.world = simulation.world,
                    .index = month_index,
                    .key = simulation.key,
                    .witness = simulation.witness,
                    .guide = simulation.guide,
                    .log_departures = simulation.log_departures};
  State& state = simulation.state;

  admit_arrivals(state, month, team);                                       // 2. Arrivals
  live_in_first_asylum(state, month);                                       // 3. Life
  live_at_present_place(state, month, team);                                //
  spread_information(state, month, team);                                   // 4. Information
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
  record(state, month, team);                                               // 10. Record
}

}  // namespace onward
