#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

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

/// Heights [from, to) of some people's streams that are to be drawn.
struct Opening {
  std::span<const PersonId> people;
  double from;  ///< 1/month
  double to;    ///< 1/month
};

/// Appends the candidates of one (person, band, block), in order of time.
void draw_candidates(RunKey key, Entity entity, PersonId person, std::size_t band, int block,
                     std::vector<Candidate>& out);

/// Appends the candidates of `month` and later months of its block that lie in the openings, of
/// those who can be settled adults by then, in an order that says nothing.
void draw_openings(const People& people, const Month& month, std::span<const Opening> openings,
                   BlockCandidates& out);

/// Number of bands that a hazard of at most `bound` can reach.
std::size_t bands_reached(double bound);

/// Whether the person is old enough to consider moving.
bool is_adult(const People& people, PersonId id, const Month& month);

}  // namespace onward
