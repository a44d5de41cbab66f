#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "model/state.h"

namespace onward {

/// Attention is a Poisson process thinned exactly. The range of hazards is cut into bands. For each
/// band and block of months, the blocks of a community's members are laid end to end, and points
/// with a time and a height fall on that line, as dense as the band is wide. A point is a candidate
/// of the member on whose part it falls; it is accepted if its height lies under the member's
/// hazard then. So nothing is drawn for those who have no candidate. The line is cut into pieces of
/// a few points each, with a stream of their own, keyed by (community, band, block, piece): a band
/// that opens late has the candidates that it always had, newcomers lengthen the line, and what
/// lies above a community's reach is never looked at.

/// Lower edges of the bands, 1/month. The last one ends the range: larger hazards count as this.
inline constexpr std::array<double, 14> kBandEdges{0.0,  0.01, 0.02, 0.04, 0.08,  0.16,  0.32,
                                                   0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96};
inline constexpr std::size_t kBands = kBandEdges.size() - 1;
/// Months in a block of candidates, aligned to the start of the run.
inline constexpr int kBlockMonths = 12;

/// A point of a person's process.
struct Candidate {
  PersonId person;
  std::uint32_t community = 0;
  double time = 0.0;    ///< months since the start of the run
  double height = 0.0;  ///< 1/month

  bool operator==(const Candidate&) const = default;
};

/// Candidates of a block, by month.
using BlockCandidates = std::array<std::vector<Candidate>, kBlockMonths>;

/// Candidates of a month, those of some communities in each part.
using CandidateParts = std::vector<std::span<Candidate>>;

/// Members whose parts of the line are one piece: those who have about eight points together, or
/// one.
constexpr std::size_t members_of_piece(std::size_t band) {
  const double points = (kBandEdges[band + 1] - kBandEdges[band]) * kBlockMonths;
  return points < 8.0 ? static_cast<std::size_t>(8.0 / points) : 1;
}

/// How far a stream has been drawn: its next point, which lies on nobody's part yet.
struct Stream {
  std::uint32_t piece = 0;
  std::uint32_t drawn = 0;  ///< points so far, this one included; 0: the stream has not begun
  double at = 0.0;          ///< from the start of the piece, in members
  double height = 0.0;      ///< 1/month
};

/// A stream that is to be drawn as far as a community's line goes.
struct Opening {
  Stream from;
  Stream* to;                        ///< where it is to be kept how far it went
  std::span<const PersonId> people;  ///< of the piece
  CommunityId community;
  std::uint32_t band = 0;
};

/// Appends the candidates of `month` and later months of its block that the openings bring, in an
/// order that says nothing.
void draw_openings(const Communities& communities, const Month& month,
                   std::span<const Opening> openings, BlockCandidates& out);

/// Number of bands that a hazard of at most `bound` can reach.
std::size_t bands_reached(double bound);

}  // namespace onward
