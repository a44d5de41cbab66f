#pragma once

#include <span>
#include <vector>

#include "core/parallel.h"
#include "engine/attention_streams.h"

namespace onward {

/// Heights drawn, as a factor on those needed now: a hazard that grows a little needs no more.
inline constexpr double kSpareReach = 1.25;

/// The candidates of the current block, by month. Only those low enough to be accepted, as things
/// stand, are kept; when a community's hazard outgrows them, the next ones are drawn.
class AttentionCalendar {
 public:
  /// Draws the candidates that people can reach this month and that have not been drawn for this
  /// block yet. `shared` is the hazard shared by a community's people, by community.
  void open(const State& state, const Month& month, const std::vector<double>& shared,
            ThreadTeam& team);

  /// Candidates of month `month`, in an order that says nothing.
  std::span<const Candidate> of_month(int month) const {
    return months_[static_cast<std::size_t>(month % kBlockMonths)];
  }

 private:
  void begin_block(int block);
  void list_newcomers(const State& state, const Month& month, ThreadTeam& team);
  void draw(const State& state, const Month& month, const std::vector<Opening>& openings,
            ThreadTeam& team);

  int block_ = -1;
  std::size_t people_listed_ = 0;
  std::vector<std::vector<PersonId>> attentive_;  ///< by community: people who can ever consider
  std::vector<std::size_t> drawn_;  ///< by community: attentive people drawn in this block
  std::vector<double> reach_;       ///< by community: heights drawn for them
  BlockCandidates months_;
  std::vector<BlockCandidates> found_;  ///< by chunk of openings: memory kept for reuse
};

}  // namespace onward
