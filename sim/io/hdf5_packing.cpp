#include "io/hdf5_packing.h"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <map>
#include <memory>
#include <span>

#include "core/check.h"
#include "core/vectorise.h"
#include "io/hdf5_safe_read.h"

namespace onward {

namespace {

using Bytes = std::vector<unsigned char>;

/// Bytes of a value of every measured series.
constexpr std::size_t kValueSize = 4;

/// Bytes that the packed form of `raw` bytes has at most: a pattern may be missing, and each part
/// has a header.
std::size_t most_packed(std::size_t raw) { return raw + raw / 8 + 1024; }

/// Bytes up to which a piece is packed with the code that deflate has ready for all: to find one
/// for it alone takes longer than all the rest, and saves little. docs/decisions/0017-packing.md
/// has the figures.
constexpr std::size_t kLargestWithFixedCode = 8192;

/// What Adler-32 counts modulo.
constexpr std::uint32_t kAdlerBase = 65521;

/// The Adler-32 of what `before` is the Adler-32 of and `zeros` bytes of 0: the sum of the bytes
/// stays, the sum of these sums grows by it with each byte (RFC 1950, section 8.2).
std::uint32_t adler_with_zeros(std::uint32_t before, std::size_t zeros) {
  const std::uint64_t sum = before & 0xffffu;
  const std::uint64_t sums = before >> 16;
  return static_cast<std::uint32_t>((sums + sum * (zeros % kAdlerBase)) % kAdlerBase << 16 | sum);
}

/// Packs many pieces with the same memory.
class Deflater {
 public:
  /// Appends `raw` and `zeros` bytes of 0 behind it packed, as HDF5's filter reads it (RFC 1950).
  /// The zeros are not gone through: what so many become is remembered.
  void append(std::span<unsigned char> raw, std::size_t zeros, Bytes& packed) {
    const Bytes& end = zeros > 0 ? run_of_zeros(zeros) : nothing_;
    const std::span<const unsigned char> begin = deflated(raw, zeros == 0);
    packed.insert(packed.end(), {0x78, 0x01});
    packed.insert(packed.end(), begin.begin(), begin.end());
    packed.insert(packed.end(), end.begin(), end.end());
    const std::uint32_t sum = adler_with_zeros(isal_adler32(1, raw.data(), raw.size()), zeros);
    for (const int shift : {24, 16, 8, 0})
      packed.push_back(static_cast<unsigned char>(sum >> shift & 0xffu));
  }

 private:
  /// `raw` deflated (RFC 1951) up to the end of a byte, so that more may follow unless it is the
  /// last. The next call overwrites it.
  std::span<const unsigned char> deflated(std::span<unsigned char> raw, bool is_last) {
    const std::size_t most = most_packed(raw.size());
    EXPECT(most < std::numeric_limits<std::uint32_t>::max());
    if (room_.size() < most) room_.resize(most);
    isal_deflate_stateless_init(stream_.get());
    stream_->hist_bits = 0;  // which ISA-L 2.30 does not set
    raw.size() > kLargestWithFixedCode ? use_code_of_its_own() : use_fixed_code();
    stream_->gzip_flag = IGZIP_DEFLATE;
    stream_->end_of_stream = is_last ? 1 : 0;
    stream_->flush = is_last ? NO_FLUSH : FULL_FLUSH;
    stream_->next_in = raw.data();
    stream_->avail_in = static_cast<std::uint32_t>(raw.size());
    stream_->next_out = room_.data();
    stream_->avail_out = static_cast<std::uint32_t>(room_.size());
    const int status = isal_deflate_stateless(stream_.get());
    EXPECT(status == COMP_OK);
    return {room_.data(), stream_->total_out};
  }

  void use_code_of_its_own() {
    stream_->level = 1;
    stream_->level_buf = memory_.data();
    stream_->level_buf_size = static_cast<std::uint32_t>(memory_.size());
  }

  void use_fixed_code() {
    stream_->level = 0;
    const int status = isal_deflate_set_hufftables(stream_.get(), nullptr, IGZIP_HUFFTABLE_STATIC);
    EXPECT(status == COMP_OK);
  }

  /// So many bytes of 0 deflated, as the last part of a piece.
  const Bytes& run_of_zeros(std::size_t count) {
    Bytes& run = runs_of_zeros_[count];
    if (run.empty()) {
      Bytes zeros(count, 0);
      const std::span<const unsigned char> made = deflated(zeros, true);
      run.assign(made.begin(), made.end());
    }
    return run;
  }

  /// All 0 at first: its init leaves members as they are.
  std::unique_ptr<isal_zstream> stream_ = std::make_unique<isal_zstream>();
  Bytes memory_ = Bytes(ISAL_DEF_LVL1_DEFAULT);
  Bytes room_;
  std::map<std::size_t, Bytes> runs_of_zeros_;  ///< by their lengths, which depend on shapes alone
  const Bytes nothing_{};
};

std::uint32_t value_at(const unsigned char* values, std::size_t position) {
  std::uint32_t value = 0;
  std::memcpy(&value, values + position * kValueSize, kValueSize);
  return value;
}

/// Up to which byte values have something but 0: 0 if all are 0.
ONWARD_VECTORISED std::size_t bytes_in_use(const unsigned char* values, std::size_t count) {
  std::uint32_t all = 0;
  for (std::size_t i = 0; i < count; ++i) all |= value_at(values, i);
  std::array<unsigned char, kValueSize> bytes{};
  std::memcpy(bytes.data(), &all, kValueSize);
  std::size_t used = kValueSize;
  while (used > 0 && bytes[used - 1] == 0) --used;
  return used;
}

/// The first bytes of all values, then the second, and so on up to the `used`-th, as HDF5's filter
/// does it. A piece that is not full is filled up with 0.
ONWARD_VECTORISED void shuffle(const unsigned char* values, std::size_t count, std::size_t used,
                               std::span<unsigned char> shuffled) {
  const std::size_t full = shuffled.size() / used;
  for (std::size_t byte = 0; byte < used; ++byte) {
    const std::size_t place =
        std::endian::native == std::endian::little ? byte : kValueSize - 1 - byte;
    unsigned char* const out = shuffled.data() + byte * full;
    for (std::size_t i = 0; i < count; ++i)
      out[i] = static_cast<unsigned char>(value_at(values, i) >> 8 * place);
    std::fill(out + count, out + full, 0);
  }
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

std::vector<hsize_t> PiecePlan::start_of(hsize_t position, std::size_t piece) const {
  std::vector<hsize_t> start(1 + lengths_.size(), 0);
  start[0] = position;
  const std::size_t along = (static_cast<std::size_t>(lengths_[cut_]) - 1) / cut_length_ + 1;
  start[1 + cut_] = piece % along * cut_length_;
  std::size_t rest = piece / along;
  for (std::size_t i = cut_; i-- > 0;) {
    start[1 + i] = rest % lengths_[i];
    rest /= static_cast<std::size_t>(lengths_[i]);
  }
  return start;
}

void PiecePlan::pack(const void* values, PackedPieces& packed) const {
  packed.pieces.clear();
  packed.bytes.clear();
  if (size_ == 0) return;
  thread_local Deflater deflater;
  thread_local Bytes room;
  const std::size_t full = cut_length_ * inner_;
  if (room.size() < full * kValueSize) room.resize(full * kValueSize);
  const auto* bytes = static_cast<const unsigned char*>(values);
  const std::size_t row = static_cast<std::size_t>(lengths_[cut_]) * inner_;
  std::size_t piece = 0;
  for (std::size_t begin = 0; begin < size_; begin += row) {
    for (std::size_t from = 0; from < row; from += full, ++piece) {
      const std::size_t count = std::min(full, row - from);
      const unsigned char* first = bytes + (begin + from) * kValueSize;
      const std::size_t used = bytes_in_use(first, count);
      if (used == 0) continue;
      const std::span shuffled(room.data(), full * used);
      shuffle(first, count, used, shuffled);
      deflater.append(shuffled, (kValueSize - used) * full, packed.bytes);
      packed.pieces.push_back({.number = piece, .end = packed.bytes.size()});
    }
  }
}

void PiecePlan::write(hid_t dataset, hsize_t position, const PackedPieces& packed) const {
  std::size_t begin = 0;
  for (const PackedPieces::Piece& piece : packed.pieces) {
    check_hdf5(H5Dwrite_chunk(dataset, H5P_DEFAULT, 0, start_of(position, piece.number).data(),
                              piece.end - begin, packed.bytes.data() + begin),
               "write a piece");
    begin = piece.end;
  }
}

}  // namespace onward
