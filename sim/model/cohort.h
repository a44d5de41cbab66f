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

/// Those of a group who arrive in one month, and what they have in common.
class Cohort {
 public:
  Cohort(const World& world, GroupId group, YearMonth arrival);

  /// Draws the people numbered from `first` into the rows `rows` of `people`, which has them
  /// already: settled at the group's home, with the region of residence in place of the community.
  void draw(People& people, RunKey key, std::uint32_t first, IndexRange rows) const;

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
  std::array<TraitRow, 9> traits_;
  PassingWords no_record_;                    ///< words of settlement, by law, that leave no record
  std::vector<PassingWords> regions_before_;  ///< by region but the first: words of those before
};

}  // namespace onward
