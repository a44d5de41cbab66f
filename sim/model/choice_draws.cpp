#include "model/choice_draws.h"

#include <algorithm>
#include <optional>

#include "core/distributions.h"
#include "core/lanes.h"
#include "model/purpose.h"
#include "model/state.h"

namespace onward {

namespace {

/// Blocks of one person, drawn together lane after lane.
class PersonDraws {
 public:
  PersonDraws(RunKey run, Entity person) : run_(run), person_(person) {}

  /// Position at which the block will be found.
  std::size_t ask(std::uint8_t purpose, std::uint32_t index, std::uint32_t word = 0) {
    EXPECT(index <= kMaxDrawIndex && size_ < kMost);
    lanes_[size_ / kLanes].ask(size_ % kLanes, person_, purpose, index, word);
    return size_++;
  }
  void draw() {
    // Lanes that are left over ask for any numbers.
    for (std::size_t i = size_; i % kLanes != 0; ++i)
      lanes_[i / kLanes].ask(i % kLanes, person_, 0, 0, 0);
    for (std::size_t i = 0; i < size_; i += kLanes) draw_in_place(run_, lanes_[i / kLanes]);
  }
  Block at(std::size_t position) const {
    return lanes_[position / kLanes].block(position % kLanes);
  }
  const LaneBlocks& lanes(std::size_t which) const { return lanes_[which]; }

 private:
  static constexpr std::size_t kOthers = 16;  // all that is not drawn once a place or a subnest
  static constexpr std::size_t kMost = 2 * kMaxPlaces + kOthers;
  static_assert(kMost % kLanes == 0);

  RunKey run_;
  Entity person_;
  std::size_t size_ = 0;
  std::array<LaneBlocks, kMost / kLanes> lanes_;
};

constexpr std::size_t kLogNormals = 5;  // four tastes and the savings on arrival

/// Where the blocks of a consideration are found. What is not there decides nothing.
struct Positions {
  std::size_t stay = 0;
  std::size_t back = 0;
  std::size_t nest = 0;
  std::size_t subnests = 0;  ///< the first of them, if they have errors of their own
  std::array<std::optional<std::size_t>, kLogNormals> log_normals;
  std::optional<std::size_t> discrimination;  ///< the first of two
  std::optional<std::size_t> child;
};

/// Log standard deviations of the tastes and of the savings on arrival.
FewDoubles spreads(const Parameters& parameters, const Group& group) {
  return {parameters.get<"choice.protection_spread">(), parameters.get<"choice.diaspora_spread">(),
          parameters.get<"choice.school_spread">(), parameters.get<"choice.cost_spread">(),
          group.savings_spread};
}

Positions ask_for_errors(PersonDraws& draws, const World& world, std::uint32_t occasion,
                         bool subnests_differ) {
  Positions at;
  for (const std::uint32_t place : world.destination_keys)  // from position 0 on
    draws.ask(purpose::kPlaceError, occasion, place);
  at.stay = draws.ask(purpose::kStayError, occasion);
  at.back = draws.ask(purpose::kReturnError, occasion);
  at.nest = draws.ask(purpose::kNestError, occasion);
  if (!subnests_differ) return at;
  at.subnests = at.nest + 1;
  for (const std::uint32_t nest : world.nest_keys)
    draws.ask(purpose::kSubnestError, occasion, nest);
  return at;
}

/// Asks for what lasts the person's lifetime, as far as it decides anything.
void ask_for_person(PersonDraws& draws, const People& people, PersonId id, const Month& month,
                    Positions& at) {
  const FewDoubles spread = spreads(month.parameters(), month.world.group(people.group_of(id)));
  for (std::uint32_t i = 0; i < kLogNormals; ++i) {
    if (spread[i] == 0.0) continue;
    at.log_normals[i] = i < 4 ? draws.ask(purpose::kTastes, i) : draws.ask(purpose::kSavings, 0);
  }
  if (month.parameters().get<"choice.discrimination">() != 0.0) {
    const int year = months_since_arrival(people, id, month) / 12;
    at.discrimination =
        draws.ask(purpose::kDiscrimination, static_cast<std::uint32_t>(std::max(0, year - 1)));
    draws.ask(purpose::kDiscrimination, static_cast<std::uint32_t>(year));
  }
  if (people.has(id, Trait::kChildren)) at.child = draws.ask(purpose::kAttributes, 3);
}

/// Standard Gumbel numbers of the first `count` blocks.
std::array<double, kMaxPlaces + kLanes> gumbels(const PersonDraws& draws, std::size_t count) {
  std::array<double, kMaxPlaces + kLanes> all;
  for (std::size_t first = 0; first < count; first += kLanes) {
    const LaneDoubles some = gumbel_lanes(draws.lanes(first / kLanes));
    std::copy(some.begin(), some.end(), all.begin() + static_cast<std::ptrdiff_t>(first));
  }
  return all;
}

/// Tastes and savings on arrival: log-normal, with the medians and spreads of parameters and group.
void draw_log_normals(ChoiceDraws& drawn, const PersonDraws& draws, const Positions& at,
                      const Parameters& parameters, const Group& group) {
  FewDoubles u;
  FewDoubles v;
  u.fill(0.5);
  v.fill(0.5);
  for (std::size_t i = 0; i < kLogNormals; ++i) {
    if (!at.log_normals[i]) continue;
    const Block block = draws.at(*at.log_normals[i]);
    u[i] = first_uniform(block);
    v[i] = second_uniform(block);
  }
  const FewDoubles medians{parameters.get<"choice.protection">(),
                           parameters.get<"choice.diaspora">(), parameters.get<"choice.school">(),
                           parameters.get<"choice.cost">(), group.savings};
  const FewDoubles values =
      log_normal_lanes(medians, spreads(parameters, group), normal_lanes(u, v));
  drawn.taste = {values[0], values[1], values[2], values[3]};
  drawn.savings_on_arrival = values[4];
}

double nest_error(double scale, double index, const Block& block) {
  return scale * log_positive_stable(index, first_uniform(block), second_uniform(block));
}

}  // namespace

ChoiceDraws draw_choice(const People& people, const Month& month, const Consideration& occasion) {
  const World& world = month.world;
  const Parameters& parameters = month.parameters();
  const double lambda = parameters.get<"choice.dissimilarity">();
  const double tau = std::min(parameters.get<"choice.subnest_dissimilarity">(), lambda);
  PersonDraws draws(month.key, people.entity_of(occasion.person));
  Positions at = ask_for_errors(draws, world, occasion.key, tau < lambda);
  ask_for_person(draws, people, occasion.person, month, at);
  draws.draw();

  ChoiceDraws drawn;
  const std::size_t places = world.destinations.size();
  const auto own = gumbels(draws, places + 2);
  drawn.stay = own[at.stay];
  drawn.back = own[at.back];
  const double nest = nest_error(lambda, lambda, draws.at(at.nest));
  std::array<double, kMaxPlaces> both;  // by subnest: its error with that of the nest
  for (std::size_t i = 0; i < world.nest_keys.size(); ++i)
    both[i] = tau < lambda ? nest + nest_error(tau, tau / lambda, draws.at(at.subnests + i)) : nest;
  for (std::size_t d = 0; d < places; ++d)
    drawn.go[d] = both[world.nest_of[world.destinations[d].index()]] + tau * own[d];
  draw_log_normals(drawn, draws, at, parameters, world.group(people.group_of(occasion.person)));
  if (at.discrimination)
    drawn.discrimination = {draws.at(*at.discrimination), draws.at(*at.discrimination + 1)};
  if (at.child) drawn.age_of_child = unit_interval(draws.at(*at.child)[0]);
  return drawn;
}

}  // namespace onward
