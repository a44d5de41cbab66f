#include "io/hdf5_packing.h"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>

#include "core/check.h"
#include "io/hdf5_safe_read.h"

namespace onward {

namespace {

using Bytes = std::vector<unsigned char>;

/// Bytes of a value of every measured series.
constexpr std::size_t kValueSize = 4;

/// Packs many pieces with the same memory.
class Deflater {
 public:
  /// `raw` packed, as HDF5's filter reads it. It grows by a few bytes if there is no pattern in it.
  Bytes deflated(Bytes& raw) {
    const std::size_t most = raw.size() + raw.size() / 8 + kRoom;
    EXPECT(most < std::numeric_limits<std::uint32_t>::max());
    if (packed_.size() < most) packed_.resize(most);
    isal_deflate_stateless_init(stream_.get());
    stream_->hist_bits = 0;  // which ISA-L 2.30 does not set
    stream_->level = 1;
    stream_->level_buf = memory_.data();
    stream_->level_buf_size = static_cast<std::uint32_t>(memory_.size());
    stream_->gzip_flag = IGZIP_ZLIB;
    stream_->end_of_stream = 1;
    stream_->flush = NO_FLUSH;
    stream_->next_in = raw.data();
    stream_->avail_in = static_cast<std::uint32_t>(raw.size());
    stream_->next_out = packed_.data();
    stream_->avail_out = static_cast<std::uint32_t>(packed_.size());
    const int status = isal_deflate_stateless(stream_.get());
    EXPECT(status == COMP_OK);
    return {packed_.begin(), packed_.begin() + stream_->total_out};
  }

 private:
  static constexpr std::size_t kRoom = 1024;  ///< for headers, whatever the size

  /// All 0 at first: its init leaves members as they are.
  std::unique_ptr<isal_zstream> stream_ = std::make_unique<isal_zstream>();
  Bytes memory_ = Bytes(ISAL_DEF_LVL1_DEFAULT);
  Bytes packed_;
};

/// The first bytes of all values, then the second, and so on, as HDF5's filter does it. A piece
/// that is not full is filled up with 0.
void shuffle(const unsigned char* values, std::size_t count, Bytes& shuffled) {
  const std::size_t full = shuffled.size() / kValueSize;
  unsigned char* const out = shuffled.data();
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t byte = 0; byte < kValueSize; ++byte) {
      out[byte * full + i] = values[i * kValueSize + byte];
    }
  }
  for (std::size_t byte = 0; byte < kValueSize; ++byte) {
    std::fill(out + byte * full + count, out + (byte + 1) * full, 0);
  }
}

bool is_zero(const unsigned char* bytes, std::size_t count) {
  return count == 0 || (bytes[0] == 0 && std::memcmp(bytes, bytes + 1, count - 1) == 0);
}

}  // namespace

std::optional<PiecePlan> PiecePlan::of(hid_t dataset) {
  const Hdf5Handle properties(H5Dget_create_plist(dataset), H5Pclose, "read how it is stored");
  if (H5Pget_layout(properties.get()) != H5D_CHUNKED) return std::nullopt;
  PiecePlan plan;
  plan.lengths_ = dataset_lengths(dataset);
  std::vector<hsize_t> piece(plan.lengths_.size());
  check_hdf5(H5Pget_chunk(properties.get(), static_cast<int>(piece.size()), piece.data()),
             "read its pieces");
  if (piece.size() < 2 || piece[0] != 1) return std::nullopt;
  plan.lengths_.erase(plan.lengths_.begin());
  piece.erase(piece.begin());
  const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "read its type");
  if (H5Tget_size(type.get()) != kValueSize) return std::nullopt;
  // Axes before the cut have pieces of length 1, those behind it are whole.
  while (plan.cut_ + 1 < piece.size() && piece[plan.cut_] == 1) ++plan.cut_;
  plan.cut_length_ = static_cast<std::size_t>(piece[plan.cut_]);
  for (std::size_t i = plan.cut_ + 1; i < piece.size(); ++i) {
    EXPECT(piece[i] == plan.lengths_[i]);
    plan.inner_ *= static_cast<std::size_t>(piece[i]);
  }
  plan.size_ = block_size(plan.lengths_);
  return plan;
}

std::vector<hsize_t> PiecePlan::start_of(std::size_t piece) const {
  std::vector<hsize_t> start(lengths_.size(), 0);
  const std::size_t along = (static_cast<std::size_t>(lengths_[cut_]) - 1) / cut_length_ + 1;
  start[cut_] = piece % along * cut_length_;
  std::size_t rest = piece / along;
  for (std::size_t i = cut_; i-- > 0;) {
    start[i] = rest % lengths_[i];
    rest /= static_cast<std::size_t>(lengths_[i]);
  }
  return start;
}

std::vector<PackedPiece> PiecePlan::pack(const void* values) const {
  std::vector<PackedPiece> packed;
  if (size_ == 0) return packed;
  thread_local Deflater deflater;
  thread_local Bytes shuffled;
  shuffled.resize(cut_length_ * inner_ * kValueSize);
  const auto* bytes = static_cast<const unsigned char*>(values);
  const std::size_t row = static_cast<std::size_t>(lengths_[cut_]) * inner_;
  std::size_t piece = 0;
  for (std::size_t begin = 0; begin < size_; begin += row) {
    for (std::size_t from = 0; from < row; from += cut_length_ * inner_, ++piece) {
      const std::size_t count = std::min(cut_length_ * inner_, row - from);
      const unsigned char* first = bytes + (begin + from) * kValueSize;
      if (is_zero(first, count * kValueSize)) continue;
      shuffle(first, count, shuffled);
      packed.push_back({.start = start_of(piece), .bytes = deflater.deflated(shuffled)});
    }
  }
  return packed;
}

void write_piece(hid_t dataset, hsize_t position, const PackedPiece& piece) {
  std::vector<hsize_t> start{position};
  start.insert(start.end(), piece.start.begin(), piece.start.end());
  check_hdf5(
      H5Dwrite_chunk(dataset, H5P_DEFAULT, 0, start.data(), piece.bytes.size(), piece.bytes.data()),
      "write a piece");
}

}  // namespace onward
