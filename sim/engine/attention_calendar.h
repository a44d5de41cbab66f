#pragma once

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

  /// Candidates of month `month`, in parts, in an order that says nothing. Nobody needs them when
  /// the month is over.
  CandidateParts of_month(int month);

 private:
  /// Some communities that lie in a row, and their candidates. Memory is kept for reuse.
  struct Part {
    std::vector<Opening> openings;
    BlockCandidates months;
  };

  void begin_block(int block);
  void list_newcomers(const State& state, const Month& month, ThreadTeam& team);
  bool opens(std::size_t community, double bound);
  void list_openings(std::size_t community, std::vector<Opening>& openings);

  int block_ = -1;
  std::size_t people_listed_ = 0;
  std::vector<std::vector<PersonId>> attentive_;  ///< by community: people who can ever consider
  std::vector<std::size_t> drawn_;  ///< by community: attentive people drawn in this block
  std::vector<double> reach_;       ///< by community: upper edge of the bands drawn for them
  std::vector<Stream> streams_;     ///< by community and band
  std::vector<Part> parts_;         ///< of all communities, in order
};

}  // namespace onward
