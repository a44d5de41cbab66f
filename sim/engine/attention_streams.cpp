#include "engine/attention_streams.h"

#include <algorithm>

#include "core/distributions.h"
#include "core/lanes.h"
#include "core/vectorise.h"
#include "model/purpose.h"

namespace onward {

namespace {

constexpr std::size_t kBatch = 16 * kLanes;  ///< streams that are drawn together
constexpr std::uint32_t kBandBits = 4;
static_assert(kBands <= 1u << kBandBits);
constexpr std::uint32_t kPointBits = 10;  ///< of the number of a point in its stream
constexpr std::uint32_t kMaxPoints = (1u << kPointBits) - 1;

template <class T>
using BatchColumn = std::array<T, kBatch>;

/// Streams and where they have come to, column by column. Rows that no stream has are drawn along
/// with the others of their lanes; what they hold means nothing.
struct Streams {
  alignas(64) BatchColumn<std::uint32_t> low;    ///< half of the entity
  alignas(64) BatchColumn<std::uint32_t> high;   ///< half of the entity
  alignas(64) BatchColumn<std::uint32_t> asked;  ///< purpose, block and band
  alignas(64) BatchColumn<std::uint32_t> next;   ///< piece and number of the next point
  alignas(64) BatchColumn<double> at;            ///< of the last point, in members
  alignas(64) BatchColumn<double> height;        ///< of the last point, 1/month
  alignas(64) BatchColumn<double> floor;         ///< lower edge of the band, 1/month
  alignas(64) BatchColumn<double> width;         ///< of the band, 1/month
  alignas(64) BatchColumn<double> end;           ///< of the piece, in members
  BatchColumn<std::uint32_t> opening;            ///< which it is drawn for

  void move(std::size_t from, std::size_t to) {
    low[to] = low[from];
    high[to] = high[from];
    asked[to] = asked[from];
    next[to] = next[from];
    at[to] = at[from];
    floor[to] = floor[from];
    width[to] = width[from];
    end[to] = end[from];
    opening[to] = opening[from];
  }
};

/// Lets `count` streams go on to their next points.
ONWARD_VECTORISED void draw_points(RunKey key, Streams& streams, std::size_t count) {
  for (std::size_t first = 0; first < count; first += kLanes) {
    LaneBlocks points;
    std::copy_n(&streams.low[first], kLanes, points.words[0].data());
    std::copy_n(&streams.high[first], kLanes, points.words[1].data());
    std::copy_n(&streams.asked[first], kLanes, points.words[2].data());
    std::copy_n(&streams.next[first], kLanes, points.words[3].data());
    draw_in_place(key, points);
    const auto& words = points.words;
    const double* floor = &streams.floor[first];
    const double* width = &streams.width[first];
    std::uint32_t* next = &streams.next[first];
    double* at = &streams.at[first];
    double* height = &streams.height[first];
    for (std::size_t i = 0; i < kLanes; ++i) {
      at[i] += exponential(unit_interval(words[0][i], words[1][i])) / (kBlockMonths * width[i]);
      height[i] = floor[i] + width[i] * unit_interval(words[2][i], words[3][i]);
      ++next[i];
    }
  }
}

/// Draws the points of many streams together: all go on by one point at a time, whichever community
/// and band they belong to.
class StreamBatch {
 public:
  StreamBatch(const Month& month, std::span<const Opening> openings, BlockCandidates& out)
      : key_(month.key), month_(month.index), openings_(openings), out_(out) {
    streams_.width.fill(1.0);
  }

  void begin(Entity community, std::uint32_t opening) {
    while (count_ == kBatch) go_on();
    const Opening& of = openings_[opening];
    const std::size_t i = count_++;
    const auto block = static_cast<std::uint32_t>(month_ / kBlockMonths);
    streams_.low[i] = static_cast<std::uint32_t>(community.value);
    streams_.high[i] = static_cast<std::uint32_t>(community.value >> 32);
    streams_.asked[i] = static_cast<std::uint32_t>(purpose::kCandidates) << 24 |
                        block << kBandBits | static_cast<std::uint32_t>(of.band);
    streams_.next[i] = of.from.piece << kPointBits | of.from.drawn;
    streams_.at[i] = of.from.at;
    streams_.floor[i] = kBandEdges[of.band];
    streams_.width[i] = kBandEdges[of.band + 1] - kBandEdges[of.band];
    streams_.end[i] = static_cast<double>(of.people.size());
    streams_.opening[i] = opening;
    if (of.from.drawn > 0) keep(of, of.from.at, of.from.height);
  }
  void finish() {
    while (count_ > 0) go_on();
  }

 private:
  /// Draws the next point of every stream. Those that have it on their piece close ranks; it is by
  /// lists without branches, because nothing tells beforehand which they are.
  void go_on() {
    draw_points(key_, streams_, count_);
    std::size_t on = 0;
    std::size_t off = 0;
    for (std::uint32_t i = 0; i < count_; ++i) {
      const bool is_on = streams_.at[i] < streams_.end[i];
      on_[on] = i;
      off_[off] = i;
      on += is_on ? 1 : 0;
      off += is_on ? 0 : 1;
    }
    for (std::size_t k = 0; k < off; ++k) save(openings_[streams_.opening[off_[k]]], off_[k]);
    for (std::size_t k = 0; k < on; ++k) {
      const std::uint32_t i = on_[k];
      keep(openings_[streams_.opening[i]], streams_.at[i], streams_.height[i]);
      streams_.move(i, k);
    }
    count_ = on;
  }
  void save(const Opening& opening, std::size_t i) {
    if (opening.to == nullptr) return;
    *opening.to = {.piece = opening.from.piece,
                   .drawn = streams_.next[i] & kMaxPoints,
                   .at = streams_.at[i],
                   .height = streams_.height[i]};
  }
  void keep(const Opening& opening, double at, double height) {
    const auto member = static_cast<std::size_t>(at);
    // Less than kBlockMonths: the largest number below 1 times 12 is rounded down.
    const double since = (at - static_cast<double>(member)) * kBlockMonths;
    const auto when = static_cast<int>(since);
    if (when < month_ % kBlockMonths) return;
    const double start = static_cast<double>(month_ / kBlockMonths) * kBlockMonths;
    out_[static_cast<std::size_t>(when)].push_back(
        {opening.people[member], opening.community.value, start + since, height});
  }

  RunKey key_;
  int month_;
  std::span<const Opening> openings_;
  BlockCandidates& out_;
  std::size_t count_ = 0;
  Streams streams_{};
  BatchColumn<std::uint32_t> on_;   ///< streams whose new point lies on their piece
  BatchColumn<std::uint32_t> off_;  ///< those that are through with it
};

}  // namespace

void draw_openings(const Communities& communities, const Month& month,
                   std::span<const Opening> openings, BlockCandidates& out) {
  StreamBatch batch(month, openings, out);
  for (std::uint32_t i = 0; i < openings.size(); ++i)
    batch.begin(Entity{communities.entity[openings[i].community.index()]}, i);
  batch.finish();
}

std::size_t bands_reached(double bound) {
  std::size_t bands = 0;
  while (bands < kBands && bound > kBandEdges[bands]) ++bands;
  return bands;
}

}  // namespace onward
