#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/lanes.h"
#include "core/parallel.h"
#include "model/people.h"

namespace onward {

/// Random words that pass a test which fails from some word on: those up to `last`, if any.
struct PassingWords {
  std::uint32_t last = 0;
  bool any = false;
};

/// The words whose uniform number in (0, 1) is below `chance`.
PassingWords words_below(double chance);

/// Some newcomers before they are drawn: where they live, and who of them gets a row.
struct Newcomers {
  std::vector<std::uint16_t> regions;  ///< of each of them; none if there is but one region
  std::vector<std::uint16_t> numbers;  ///< of those who get rows, less that of the first newcomer
};

/// Those of a group who arrive in one month, and what they have in common.
class Cohort {
 public:
  Cohort(const World& world, GroupId group, YearMonth arrival);

  /// Finds out what has to be known of `count` people, numbered from `first`, before they can join
  /// communities: at most kMostAtOnce. Stayers get rows only if it says so.
  Newcomers meet(RunKey key, std::uint32_t first, std::size_t count, bool with_stayers) const;
  static constexpr std::size_t kMostAtOnce = std::size_t{1} << 16;

  /// Draws the people of `people` who lie in `rows`, and whose numbers are there already: settled
  /// at the group's home, in no community yet.
  void draw(People& people, RunKey key, IndexRange rows) const;

 private:
  /// What depends on the class of age.
  struct AgeRow {
    PassingWords younger;    ///< words of people of classes before this one
    std::uint32_t from = 0;  ///< months
    std::uint32_t span = 0;  ///< months
    PassingWords children;
    PassingWords tertiary;
  };
  /// A trait that one word decides.
  struct TraitRow {
    std::size_t block = 0;
    std::size_t word = 0;
    PassingWords passing;
    Trait trait{};
  };
  static constexpr std::size_t kBlocks = 4;
  using Draws = std::array<LaneBlocks, kBlocks>;
  struct Attributes;
  void attribute(const Draws& draws, Attributes& out) const;

  GroupId group_;
  PlaceId home_;
  YearMonth arrival_;
  std::uint64_t prefix_;
  std::vector<AgeRow> ages_;
  std::array<TraitRow, 9> traits_;            ///< the last of them: restless
  PassingWords no_record_;                    ///< words of settlement, by law, that leave no record
  std::vector<PassingWords> regions_before_;  ///< by region but the first: words of those before
};

}  // namespace onward
