#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/parallel.h"
#include "model/state.h"

namespace onward {

/// Attention is a Poisson process thinned exactly. The range of hazards is cut into bands; each
/// person has, in each band and block of months, a stream of candidates of its own: points with a
/// time and a height, as dense as the band is wide. A candidate is accepted if its height lies
/// under the person's hazard then. Streams are keyed by (person, band, block), so a band that
/// opens late has the candidates that it always had, and what lies above anybody's reach is never
/// looked at.

/// Lower edges of the bands, 1/month. The last one ends the range: larger hazards count as this.
inline constexpr std::array<double, 8> kBandEdges{0.0, 0.01, 0.04, 0.16, 0.64, 2.56, 10.24, 40.96};
inline constexpr std::size_t kBands = kBandEdges.size() - 1;
/// Months in a block of candidates, aligned to the start of the run.
inline constexpr int kBlockMonths = 12;

/// Heights drawn, as a factor on those needed now: a hazard that grows a little needs no more.
inline constexpr double kSpareReach = 1.25;

/// A point of a person's process.
struct Candidate {
  PersonId person;
  std::uint32_t key = 0;  ///< names the occasion: block, band and number
  double time = 0.0;      ///< months since the start of the run
  double height = 0.0;    ///< 1/month

  bool operator==(const Candidate&) const = default;
};

/// Candidates of a block, by month.
using BlockCandidates = std::array<std::vector<Candidate>, kBlockMonths>;

/// Appends the candidates of one (person, band, block), in order of time.
void draw_candidates(RunKey key, Entity entity, PersonId person, std::size_t band, int block,
                     std::vector<Candidate>& out);

/// Number of bands that a hazard of at most `bound` can reach.
std::size_t bands_reached(double bound);

/// Whether the person is old enough to consider moving.
bool is_adult(const People& people, PersonId id, const Month& month);

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
  /// Heights [from, to) of some people's streams that are to be drawn.
  struct Opening {
    std::span<const PersonId> people;
    double from;
    double to;
  };
  void begin_block(int block);
  void list_newcomers(const State& state, const Month& month, ThreadTeam& team);
  void draw_streams(const State& state, const Month& month, std::span<const Opening> openings,
                    BlockCandidates& out) const;
  void draw_openings(const State& state, const Month& month, const std::vector<Opening>& openings,
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
