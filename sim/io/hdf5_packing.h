#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "io/hdf5_handle.h"

/// Packs the values of a series outside HDF5, which works for one thread at a time, as its own
/// filters shuffle and deflate do. docs/decisions/0017-packing.md says why.
namespace onward {

/// Pieces of a series, ready to be stored.
struct PackedPieces {
  struct Piece {
    std::size_t number = 0;  ///< among the pieces of a replicate
    std::size_t end = 0;     ///< of its bytes, which begin where those of the one before end
  };
  std::vector<Piece> pieces;
  std::vector<unsigned char> bytes;  ///< as the file holds them
};

/// How the values of one replicate lie in the pieces of a series. Copies may be used by any thread.
class PiecePlan {
 public:
  /// Of an open dataset whose first axis is the replicate. Nothing if it has no other axis, if its
  /// values are not of four bytes or not stored in pieces of one replicate at most. Errors:
  /// Hdf5Error.
  static std::optional<PiecePlan> of(hid_t dataset);

  /// Packs the values of one replicate, which lie in a row as the series has them, in place of
  /// what `packed` had. Pieces that hold nothing but bytes 0 are left out: a file reads what it
  /// does not hold as 0.
  void pack(const void* values, PackedPieces& packed) const;

  /// Stores the packed pieces of the `position`-th replicate of a file. Errors: Hdf5Error.
  void write(hid_t dataset, hsize_t position, const PackedPieces& packed) const;

 private:
  /// Where a piece of the `position`-th replicate lies in its series.
  std::vector<hsize_t> start_of(hsize_t position, std::size_t piece) const;

  std::vector<hsize_t> lengths_;  ///< of the axes but the replicate
  std::size_t cut_ = 0;           ///< the axis along which pieces follow one another
  std::size_t cut_length_ = 1;    ///< of a piece along it
  std::size_t inner_ = 1;         ///< values for one step along it
  std::size_t size_ = 0;
};

}  // namespace onward
