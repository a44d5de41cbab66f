#include "model/choice_draws.h"

#include <algorithm>
#include <optional>
#include <span>

#include "core/distributions.h"
#include "core/lanes.h"
#include "model/purpose.h"
#include "model/state.h"

namespace onward {

namespace {

/// The blocks of a person's errors, drawn together lane after lane.
class ErrorDraws {
 public:
  ErrorDraws(RunKey run, Entity person) : run_(run), person_(person) {}

  /// Position at which the block will be found.
  std::size_t ask(std::uint8_t purpose, std::uint32_t index, std::uint32_t word = 0) {
    EXPECT(index <= kMaxDrawIndex && size_ < kMost);
    auto& words = lanes_[size_ / kLanes].words;
    words[2][size_ % kLanes] = static_cast<std::uint32_t>(purpose) << 24 | index;
    words[3][size_ % kLanes] = word;
    return size_++;
  }
  /// The same for several words, before anything else is asked for: positions 0, 1 and so on.
  void ask_first(std::uint8_t purpose, std::uint32_t index, std::span<const std::uint32_t> some) {
    EXPECT(index <= kMaxDrawIndex && size_ == 0 && some.size() <= kMaxPlaces);
    for (std::size_t first = 0; first < some.size(); first += kLanes) {
      auto& words = lanes_[first / kLanes].words;
      words[2].fill(static_cast<std::uint32_t>(purpose) << 24 | index);
      std::copy_n(some.data() + first, std::min(kLanes, some.size() - first), words[3].begin());
    }
    size_ = some.size();
  }
  std::size_t size() const { return size_; }
  void draw() {
    // Lanes that are left over ask for any numbers.
    while (size_ % kFewLanes != 0) ask(0, 0);
    for (std::size_t i = 0; i < size_; i += kLanes) draw_lanes_of(lanes_[i / kLanes], size_ - i);
  }
  Block at(std::size_t position) const {
    return lanes_[position / kLanes].block(position % kLanes);
  }
  const LaneBlocks& lanes(std::size_t which) const { return lanes_[which]; }

 private:
  void draw_lanes_of(LaneBlocks& blocks, std::size_t left) {
    blocks.words[0].fill(static_cast<std::uint32_t>(person_.value));
    blocks.words[1].fill(static_cast<std::uint32_t>(person_.value >> 32));
    if (left > kFewLanes) {
      draw_in_place(run_, blocks);
    } else {
      draw_few_in_place(run_, blocks);
    }
  }

  static constexpr std::size_t kOthers = 16;  // all that is not drawn once a place or a subnest
  static constexpr std::size_t kMost = 2 * kMaxPlaces + kOthers;
  static_assert(kMost % kLanes == 0);

  RunKey run_;
  Entity person_;
  std::size_t size_ = 0;
  std::array<LaneBlocks, kMost / kLanes> lanes_;
};

/// Where the blocks of a consideration are found. What is not there decides nothing.
struct Positions {
  std::size_t stay = 0;
  std::optional<std::size_t> back;
  std::optional<std::size_t> nest;
  std::size_t subnests = 0;  ///< the first of them, if they have errors of their own
};

/// Whether the person can go back to anywhere.
bool can_go_back(const World& world, const People& people, const Consideration& occasion) {
  if (!occasion.after_refusal) return people.has(occasion.person, Trait::kGenuine);
  return world.group(people.group_of(occasion.person)).can_return != 0.0;
}

Positions ask_for_errors(ErrorDraws& draws, const World& world, const People& people,
                         const Consideration& occasion) {
  Positions at;
  draws.ask_first(purpose::kPlaceError, occasion.key, world.destination_keys);
  at.stay = draws.ask(purpose::kStayError, occasion.key);
  if (can_go_back(world, people, occasion))
    at.back = draws.ask(purpose::kReturnError, occasion.key);
  if (world.needs.nest) at.nest = draws.ask(purpose::kNestError, occasion.key);
  if (!world.needs.subnests) return at;
  at.subnests = draws.size();
  for (const std::uint32_t nest : world.nest_keys)
    draws.ask(purpose::kSubnestError, occasion.key, nest);
  return at;
}

// Lanes of what lasts the person's lifetime, after the four tastes.
constexpr std::size_t kSavingsLane = 4;
constexpr std::size_t kEventsLane = 5;  ///< the first of two
constexpr std::size_t kChildLane = 7;

/// Draws all that lasts the person's lifetime: so many lanes take no longer than one.
LaneBlocks draw_person(const People& people, PersonId id, const Month& month) {
  const Entity entity = people.entity_of(id);
  LaneBlocks blocks;
  for (std::uint32_t i = 0; i < kSavingsLane; ++i) blocks.ask(i, entity, purpose::kTastes, i, 0);
  blocks.ask(kSavingsLane, entity, purpose::kSavings, 0, 0);
  const int year = months_since_arrival(people, id, month) / 12;
  const auto last_year = static_cast<std::uint32_t>(std::max(0, year - 1));
  blocks.ask(kEventsLane, entity, purpose::kDiscrimination, last_year, 0);
  blocks.ask(kEventsLane + 1, entity, purpose::kDiscrimination, static_cast<std::uint32_t>(year),
             0);
  blocks.ask(kChildLane, entity, purpose::kAttributes, 3, 0);
  draw_few_in_place(month.key, blocks);
  return blocks;
}

/// Standard Gumbel numbers of the first `count` blocks.
std::array<double, kMaxPlaces + kLanes> gumbels(const ErrorDraws& draws, std::size_t count) {
  std::array<double, kMaxPlaces + kLanes> all;
  for (std::size_t first = 0; first < count; first += kLanes) {
    const LaneBlocks& blocks = draws.lanes(first / kLanes);
    const auto to = all.begin() + static_cast<std::ptrdiff_t>(first);
    if (count - first > kFewLanes) {
      const LaneDoubles some = gumbel_lanes(blocks);
      std::copy(some.begin(), some.end(), to);
    } else {
      const FewDoubles some = few_gumbel_lanes(blocks);
      std::copy(some.begin(), some.end(), to);
    }
  }
  return all;
}

double nest_error(double scale, double index, const Block& block) {
  return scale * log_positive_stable(index, first_uniform(block), second_uniform(block));
}

/// Errors of the destinations from their `own` ones, with those that they share.
void add_shared_errors(const ErrorDraws& draws, const Positions& at, const World& world,
                       const double* own, PlaceErrors& go) {
  const double lambda = world.parameters().get<"choice.dissimilarity">();
  const double tau = std::min(world.parameters().get<"choice.subnest_dissimilarity">(), lambda);
  const std::size_t places = world.destinations.size();
  const double nest = at.nest ? nest_error(lambda, lambda, draws.at(*at.nest)) : 0.0;
  if (!world.needs.subnests) {
    for (std::size_t d = 0; d < places; ++d) go[d] = nest + tau * own[d];
    return;
  }
  std::array<double, kMaxPlaces> both;  // by subnest: its error with that of the nest
  for (std::size_t i = 0; i < world.nest_keys.size(); ++i)
    both[i] = nest + nest_error(tau, tau / lambda, draws.at(at.subnests + i));
  for (std::size_t d = 0; d < places; ++d)
    go[d] = both[world.nest_of[world.destinations[d].index()]] + tau * own[d];
}

}  // namespace

ChoiceDraws draw_choice(const People& people, const Month& month, const Consideration& occasion) {
  const World& world = month.world;
  ErrorDraws draws(month.key, people.entity_of(occasion.person));
  const Positions at = ask_for_errors(draws, world, people, occasion);
  draws.draw();
  const LaneBlocks person = draw_person(people, occasion.person, month);

  ChoiceDraws drawn;
  const auto own = gumbels(draws, world.destinations.size() + (at.back ? 2 : 1));
  drawn.stay = own[at.stay];
  if (at.back) drawn.back = own[*at.back];
  add_shared_errors(draws, at, world, own.data(), drawn.go);
  const LogNormals& of = world.log_normals[people.group_of(occasion.person).index()];
  const FewDoubles values = log_normal_lanes(of.median, of.spread, person);
  drawn.taste = {values[0], values[1], values[2], values[3]};
  drawn.savings_on_arrival = values[kSavingsLane];
  drawn.discrimination = {person.block(kEventsLane), person.block(kEventsLane + 1)};
  drawn.age_of_child = unit_interval(person.words[0][kChildLane]);
  return drawn;
}

}  // namespace onward
