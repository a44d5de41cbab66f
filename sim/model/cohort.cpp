#include "model/cohort.h"

#include <algorithm>

#include "core/chance.h"
#include "core/vectorise.h"
#include "model/communities.h"
#include "model/purpose.h"

namespace onward {

namespace {

/// The value of the nearest year in a non-empty table of years.
double nearest_year(const std::map<int, double>& table, int year) {
  const auto after = table.lower_bound(year);
  if (after == table.end()) return std::prev(after)->second;
  if (after == table.begin() || after->first == year) return after->second;
  const auto before = std::prev(after);
  return year - before->first <= after->first - year ? before->second : after->second;
}

double total_share(const std::vector<AgeClass>& classes) {
  double total = 0.0;
  for (const AgeClass& ages : classes) total += ages.share;
  return total;
}

std::size_t age_class(const std::vector<AgeClass>& classes, double total, double u) {
  double left = u * total;
  for (std::size_t k = 0; k < classes.size(); ++k) {
    if (left < classes[k].share) return k;
    left -= classes[k].share;
  }
  return classes.size() - 1;
}

/// The words that pass: a test of uniform numbers that, once failed, fails from there on; about
/// `share` of them do. Looking for the last one asks the very comparison that each person would be
/// put to.
template <class Passes>
PassingWords passing_words(double share, Passes passes) {
  constexpr std::uint64_t kWords = std::uint64_t{1} << 32;
  constexpr std::uint64_t kNear = 2;
  const auto is_good = [&](std::uint64_t word) {
    return passes(unit_interval(static_cast<std::uint32_t>(word)));
  };
  const auto guess =
      static_cast<std::uint64_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(kWords));
  std::uint64_t good = guess > kNear ? guess - kNear : 0;  // words below this pass
  std::uint64_t bad = std::min(guess + kNear, kWords);     // words from this on fail
  if (good > 0 && !is_good(good - 1)) good = 0;
  if (bad < kWords && is_good(bad)) bad = kWords;
  while (good < bad) {
    const std::uint64_t middle = (good + bad) / 2;
    if (is_good(middle)) {
      good = middle + 1;
    } else {
      bad = middle;
    }
  }
  return {static_cast<std::uint32_t>(good - 1), good > 0};
}

using LaneWords = std::array<std::uint32_t, kLanes>;

// Before a loop over lanes: g++ takes loops as short as these apart inside others, and then finds
// nothing left to do for many lanes at once.
#if defined(__GNUC__) && !defined(__clang__)
#define ONWARD_LANES _Pragma("GCC unroll 1")
#else
#define ONWARD_LANES
#endif

/// One for each lane whose word passes, else 0.
inline void test(const LaneWords& words, PassingWords passing, LaneWords& out) {
  const std::uint32_t any = passing.any ? 1 : 0;
  ONWARD_LANES
  for (std::size_t i = 0; i < kLanes; ++i) out[i] = words[i] <= passing.last ? any : 0;
}

}  // namespace

PassingWords words_below(double chance) {
  const std::uint64_t words = Chance(chance).words();
  return {static_cast<std::uint32_t>(words - 1), words > 0};
}

Cohort::Cohort(const World& world, GroupId id, YearMonth arrival)
    : group_(id),
      home_(world.group(id).home),
      arrival_(arrival),
      prefix_(world.group_prefix[id.index()] | static_cast<std::uint64_t>(arrival.count) << 32) {
  const Group& group = world.group(id);
  const LeverValues& levers = world.policy.levers(arrival - world.scenario.start, group.home, id);
  const double total = total_share(group.ages);
  double younger = 0.0;
  ages_.reserve(group.ages.size());
  for (std::size_t k = 0; k < group.ages.size(); ++k) {
    const AgeClass& ages = group.ages[k];
    const auto is_younger = [&](double u) { return age_class(group.ages, total, u) < k; };
    ages_.push_back({.younger = passing_words(younger / total, is_younger),
                     .from = static_cast<std::uint32_t>(12 * ages.from),
                     .span = static_cast<std::uint32_t>(12 * (ages.to - ages.from + 1)),
                     .children = words_below(ages.children),
                     .tertiary = words_below(ages.tertiary)});
    younger += ages.share;
  }
  // Which block and word decide is part of the identity of the draws.
  const double female = group.female.empty() ? 0.5 : nearest_year(group.female, arrival.year());
  const double refused = levers.get<"nationality_refused">();
  const double restless = world.parameters().get<"attention.restless_share">() * group.restless;
  traits_ = {{{0, 2, words_below(female), Trait::kFemale},
              {1, 0, words_below(group.kin), Trait::kKin},
              {1, 3, words_below(group.english), Trait::kEnglish},
              {2, 0, words_below(group.hidden_origin), Trait::kHiddenOrigin},
              {3, 3, words_below(refused), Trait::kNationalityRefused},
              {3, 2, words_below(levers.get<"housing_dispersal">()), Trait::kDispersed},
              {2, 1, words_below(group.record), Trait::kRecord},
              {2, 2, words_below(group.genuine), Trait::kGenuine},
              {2, 3, words_below(restless), Trait::kRestless}}};
  no_record_ = passing_words(refused, [refused](double u) { return !(refused < u); });
  const std::vector<Category>& regions = world.scenario.communities.regions;
  double before = 0.0;
  regions_before_.reserve(regions.size());
  for (std::size_t r = 1; r < regions.size(); ++r) {
    before += regions[r - 1].share;
    const auto is_before = [&](double u) { return region_of(world, u) < r; };
    regions_before_.push_back(passing_words(before / world.region_shares, is_before));
  }
}

/// The attributes of the people in the lanes.
struct Cohort::Attributes {
  LaneWords traits{};
  LaneWords age{};
};

namespace {

inline void give(const LaneWords& passed, Trait trait, LaneWords& traits) {
  const auto bit = static_cast<std::uint32_t>(trait);
  ONWARD_LANES
  for (std::size_t i = 0; i < kLanes; ++i) traits[i] |= bit & (0u - passed[i]);
}

inline void add(const LaneWords& failed, LaneWords& position) {
  ONWARD_LANES
  for (std::size_t i = 0; i < kLanes; ++i) position[i] += 1 - failed[i];
}

/// Puts `value` into the lanes that are here. No branch and no condition, which compilers would
/// take apart lane by lane.
inline void put(const LaneWords& is_here, std::uint32_t value, LaneWords& out) {
  ONWARD_LANES
  for (std::size_t i = 0; i < kLanes; ++i) out[i] ^= (out[i] ^ value) & (0u - is_here[i]);
}

/// What a person's class of age decides.
struct LaneClasses {
  LaneWords from{};  ///< months
  LaneWords span{};
  LaneWords children_last{};  ///< of the words that pass
  LaneWords children_any{};
  LaneWords tertiary_last{};
  LaneWords tertiary_any{};
};

/// A uniform age within the class.
inline void take_ages(const LaneClasses& classes, const LaneWords& words, LaneWords& age) {
  LaneDoubles months;
  ONWARD_LANES
  for (std::size_t i = 0; i < kLanes; ++i)
    months[i] = unit_interval(words[i]) * static_cast<std::int32_t>(classes.span[i]);
  ONWARD_LANES
  for (std::size_t i = 0; i < kLanes; ++i)
    age[i] = classes.from[i] + static_cast<std::uint32_t>(static_cast<std::int32_t>(months[i]));
}

inline void test(const LaneWords& words, const LaneWords& last, const LaneWords& any,
                 LaneWords& out) {
  ONWARD_LANES
  for (std::size_t i = 0; i < kLanes; ++i) out[i] = (words[i] <= last[i] ? 1u : 0u) & any[i];
}

}  // namespace

ONWARD_VECTORISED void Cohort::attribute(const Draws& draws, Attributes& out) const {
  LaneWords passed;
  for (const TraitRow& row : traits_) {
    test(draws[row.block].words[row.word], row.passing, passed);
    give(passed, row.trait, out.traits);
  }
  LaneWords no_record;
  test(draws[3].words[3], no_record_, no_record);
  ONWARD_LANES
  for (std::size_t i = 0; i < kLanes; ++i) {
    const auto bit = static_cast<std::uint32_t>(Trait::kRecord);
    out.traits[i] &= ~(bit & (0u - no_record[i]));
  }
  LaneClasses classes;
  for (const AgeRow& row : ages_) {
    // Later classes take away from earlier ones those who are not younger.
    LaneWords here;
    test(draws[0].words[0], row.younger, here);
    ONWARD_LANES
    for (std::uint32_t& lane : here) lane = 1 - lane;
    put(here, row.from, classes.from);
    put(here, row.span, classes.span);
    put(here, row.children.last, classes.children_last);
    put(here, row.children.any ? 1 : 0, classes.children_any);
    put(here, row.tertiary.last, classes.tertiary_last);
    put(here, row.tertiary.any ? 1 : 0, classes.tertiary_any);
  }
  take_ages(classes, draws[0].words[1], out.age);
  test(draws[1].words[1], classes.children_last, classes.children_any, passed);
  give(passed, Trait::kChildren, out.traits);
  test(draws[1].words[2], classes.tertiary_last, classes.tertiary_any, passed);
  give(passed, Trait::kTertiary, out.traits);
}

namespace {

/// The regions of people who drew these words.
ONWARD_VECTORISED void add_regions(const LaneWords& words, std::span<const PassingWords> before,
                                   LaneWords& regions) {
  LaneWords passed;
  for (const PassingWords& some : before) {
    test(words, some, passed);
    add(passed, regions);
  }
}

/// People of one prefix who follow each other, one in each lane.
LaneKeys keys_from(std::uint64_t prefix, std::uint32_t first) {
  LaneKeys keys;
  for (std::uint32_t lane = 0; lane < kLanes; ++lane) keys.entity[lane] = {prefix | (first + lane)};
  return keys;
}

}  // namespace

Newcomers Cohort::meet(RunKey key, std::uint32_t first, std::size_t count,
                       bool with_stayers) const {
  EXPECT(count <= kMostAtOnce);
  const TraitRow& restless = traits_.back();
  Newcomers all;
  if (!regions_before_.empty()) all.regions.resize(count);
  std::vector<std::uint16_t> numbers(count + kLanes);
  std::size_t listed = 0;
  for (std::size_t begin = 0; begin < count; begin += kLanes) {
    const LaneKeys keys = keys_from(prefix_, first + static_cast<std::uint32_t>(begin));
    const std::size_t size = std::min(kLanes, count - begin);
    if (!regions_before_.empty()) {
      LaneWords regions{};
      add_regions(draw_lanes(key, keys, purpose::kAttributes, 0).words[3], regions_before_,
                  regions);
      std::copy_n(regions.begin(), size, &all.regions[begin]);
    }
    LaneWords has_row;
    has_row.fill(1);
    if (!with_stayers) {
      const auto block = static_cast<std::uint32_t>(restless.block);
      test(draw_lanes(key, keys, purpose::kAttributes, block).words[restless.word],
           restless.passing, has_row);
    }
    for (std::size_t lane = 0; lane < size; ++lane) {
      numbers[listed] = static_cast<std::uint16_t>(begin + lane);
      listed += has_row[lane];
    }
  }
  all.numbers.assign(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(listed));
  return all;
}

void Cohort::draw(People& people, RunKey key, IndexRange rows) const {
  Person newcomer{};
  newcomer.arrived = static_cast<std::uint16_t>(arrival_.count);
  newcomer.group = static_cast<std::uint8_t>(group_.value);
  newcomer.place = static_cast<std::uint8_t>(home_.value);
  newcomer.status = Status::kSettled;
  LaneKeys keys;
  Draws draws;
  for (std::size_t row = rows.begin; row < rows.end; row += kLanes) {
    const std::size_t size = std::min(kLanes, rows.end - row);
    for (std::size_t lane = 0; lane < size; ++lane)
      keys.entity[lane] = {prefix_ | people.numbers[row + lane]};
    for (std::uint32_t which = 0; which < kBlocks; ++which)
      draws[which] = draw_lanes(key, keys, purpose::kAttributes, which);
    Attributes found;
    attribute(draws, found);
    for (std::size_t lane = 0; lane < size; ++lane) {
      Person& person = people.rows[row + lane] = newcomer;
      person.work_rank = draws[3].words[1][lane];
      person.traits = static_cast<std::uint16_t>(found.traits[lane]);
      person.age = static_cast<std::uint16_t>(found.age[lane]);
    }
  }
}

}  // namespace onward
