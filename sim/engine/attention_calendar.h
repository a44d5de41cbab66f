#pragma once

#include <span>
#include <vector>

#include "core/parallel.h"
#include "engine/attention_streams.h"

namespace onward {

/// Hazard that nobody in a community exceeds, 1/month, from the one that its people share.
double hazard_bound(const Parameters& parameters, double shared);

/// The candidates of the current block, by month. Only bands that people can reach, as things
/// stand, are drawn; when a community's hazard outgrows them, the next ones are.
class AttentionCalendar {
 public:
  /// Draws the candidates of this month and later ones of its block that people can reach and that
  /// have not been drawn yet. `shared` is the hazard that a community's people share, by community.
  void open(const State& state, const Month& month, const std::vector<double>& shared,
            ThreadTeam& team);

  /// Candidates of month `month`, in an order that says nothing. Nobody needs them when the month
  /// is over.
  std::span<Candidate> of_month(int month) {
    return months_[static_cast<std::size_t>(month % kBlockMonths)];
  }

 private:
  /// What the openings of some communities bring. Memory is kept for reuse.
  struct Found {
    std::vector<Opening> openings;
    BlockCandidates months;
  };

  void begin_block(int block);
  void list_newcomers(const State& state, const Month& month, ThreadTeam& team);
  void list_openings(std::size_t community, std::vector<Opening>& openings);
  void draw(const State& state, const Month& month, ThreadTeam& team);

  int block_ = -1;
  std::size_t people_listed_ = 0;
  std::vector<std::vector<PersonId>> attentive_;  ///< by community: people who can ever consider
  std::vector<std::size_t> drawn_;  ///< by community: attentive people drawn in this block
  std::vector<double> reach_;       ///< by community: upper edge of the bands drawn for them
  std::vector<Stream> streams_;     ///< by community and band
  BlockCandidates months_;
  std::vector<std::uint32_t> opening_;  ///< communities whose streams go on this month
  std::vector<Found> found_;            ///< by chunk of those
};

}  // namespace onward
