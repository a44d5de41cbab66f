#include "engine/attention_streams.h"

#include <algorithm>

#include "core/distributions.h"
#include "core/fetching.h"
#include "core/lanes.h"
#include "core/vectorise.h"
#include "model/purpose.h"

namespace onward {

namespace {

constexpr std::uint32_t kMaxOrdinal = 1024;
constexpr std::size_t kAhead = 16;           ///< people who are fetched while others are listed
constexpr std::size_t kBatch = 16 * kLanes;  ///< streams that are drawn together

/// Block (10 bits), band (4 bits) and number (10 bits) in the 24 bits of a draw's index.
std::uint32_t occasion_key(int block, std::size_t band, std::uint32_t ordinal) {
  return static_cast<std::uint32_t>(block) << 14 | static_cast<std::uint32_t>(band) << 10 | ordinal;
}

std::size_t band_of(std::uint32_t key) { return key >> 10 & 0xf; }

/// Whether a person of this status may live in the place of settlement later in the block.
bool can_come_back(Status status) {
  return status != Status::kRecognised && status != Status::kOther;
}

double band_width(std::size_t band) { return kBandEdges[band + 1] - kBandEdges[band]; }

template <class T>
using BatchColumn = std::array<T, kBatch>;

/// Whose a stream is, and for which opening it is drawn.
struct Owner {
  PersonId person;
  std::uint32_t opening;
};

/// Streams and where they have come to, column by column. Rows that no stream has are drawn along
/// with the others of their lanes; what they hold means nothing.
struct Streams {
  alignas(64) BatchColumn<std::uint32_t> low;    ///< half of the entity
  alignas(64) BatchColumn<std::uint32_t> high;   ///< half of the entity
  alignas(64) BatchColumn<std::uint32_t> asked;  ///< purpose and index of the next point
  alignas(64) BatchColumn<double> time;   ///< of the last point, since the start of the block
  alignas(64) BatchColumn<double> width;  ///< of the band
  BatchColumn<Owner> owner;

  void move(std::size_t from, std::size_t to) {
    low[to] = low[from];
    high[to] = high[from];
    asked[to] = asked[from];
    time[to] = time[from];
    width[to] = width[from];
    owner[to] = owner[from];
  }
};

/// Lets `count` streams go on to their next points, of which it writes the heights above the lower
/// edges of the bands.
ONWARD_VECTORISED void draw_points(RunKey key, Streams& streams, std::size_t count,
                                   double* height) {
  for (std::size_t first = 0; first < count; first += kLanes) {
    LaneBlocks points;
    std::copy_n(&streams.low[first], kLanes, points.words[0].data());
    std::copy_n(&streams.high[first], kLanes, points.words[1].data());
    std::copy_n(&streams.asked[first], kLanes, points.words[2].data());
    points.words[3].fill(0);
    draw_in_place(key, points);
    const auto& words = points.words;
    double* time = &streams.time[first];
    const double* width = &streams.width[first];
    double* above = height + first;
    for (std::size_t i = 0; i < kLanes; ++i) {
      time[i] += exponential(unit_interval(words[0][i], words[1][i])) / width[i];
      above[i] = width[i] * unit_interval(words[2][i], words[3][i]);
    }
  }
}

/// Draws the points of many streams together: all go on by one point at a time, whichever person
/// and band they belong to.
class StreamBatch {
 public:
  StreamBatch(const Month& month, std::span<const Opening> openings, BlockCandidates& out)
      : key_(month.key), month_(month.index), openings_(openings), out_(out) {
    streams_.width.fill(1.0);
  }

  void begin(PersonId person, Entity entity, std::size_t opening, std::size_t band) {
    while (count_ == kBatch) go_on();
    const std::size_t i = count_++;
    streams_.low[i] = static_cast<std::uint32_t>(entity.value);
    streams_.high[i] = static_cast<std::uint32_t>(entity.value >> 32);
    streams_.asked[i] = static_cast<std::uint32_t>(purpose::kAttention) << 24 |
                        occasion_key(month_ / kBlockMonths, band, 0);
    streams_.time[i] = 0.0;
    streams_.width[i] = band_width(band);
    streams_.owner[i] = {person, static_cast<std::uint32_t>(opening)};
  }
  void finish() {
    while (count_ > 0) go_on();
  }

 private:
  /// Draws the next point of every stream. Those that have it in the block close ranks; it is by
  /// lists without branches, because nothing tells beforehand which they are.
  void go_on() {
    draw_points(key_, streams_, count_, height_.data());
    std::size_t inside = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      inside_[inside] = static_cast<std::uint32_t>(i);
      inside += streams_.time[i] < kBlockMonths ? 1 : 0;
    }
    keep(list_wanted(inside));
    count_ = 0;
    for (std::size_t k = 0; k < inside; ++k) {
      streams_.move(inside_[k], count_);
      const std::uint32_t next = ++streams_.asked[count_];
      count_ += next % kMaxOrdinal != 0 ? 1 : 0;
    }
  }
  /// Of the first `count` points inside the block, lists those at heights that are looked for.
  std::size_t list_wanted(std::size_t count) {
    std::size_t wanted = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const std::uint32_t i = inside_[k];
      const double height = kBandEdges[band_of(streams_.asked[i])] + height_[i];
      const Opening& opening = openings_[streams_.owner[i].opening];
      height_[i] = height;
      wanted_[wanted] = i;
      wanted += static_cast<int>(height >= opening.from) & static_cast<int>(height < opening.to);
    }
    return wanted;
  }
  void keep(std::size_t count) {
    const double start = static_cast<double>(month_ / kBlockMonths) * kBlockMonths;
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t i = wanted_[k];
      const double time = start + streams_.time[i];
      const int when = static_cast<int>(time);
      if (when < month_) continue;
      out_[static_cast<std::size_t>(when % kBlockMonths)].push_back(
          {streams_.owner[i].person, streams_.asked[i] & kMaxDrawIndex, time, height_[i]});
    }
  }

  RunKey key_;
  int month_;
  std::span<const Opening> openings_;
  BlockCandidates& out_;
  std::size_t count_ = 0;
  Streams streams_{};
  BatchColumn<double> height_;         ///< of the points just drawn
  BatchColumn<std::uint32_t> inside_;  ///< streams whose point lies in the block
  BatchColumn<std::uint32_t> wanted_;  ///< those whose point is looked for
};

}  // namespace

void draw_candidates(RunKey key, Entity entity, PersonId person, std::size_t band, int block,
                     std::vector<Candidate>& out) {
  const double start = static_cast<double>(block) * kBlockMonths;
  double time = 0.0;
  for (std::uint32_t ordinal = 0; ordinal < kMaxOrdinal; ++ordinal) {
    const std::uint32_t index = occasion_key(block, band, ordinal);
    const Block point = draw(key, entity, purpose::kAttention, index);
    time += exponential(first_uniform(point)) / band_width(band);
    if (time >= kBlockMonths) return;
    out.push_back(
        {person, index, start + time, kBandEdges[band] + band_width(band) * second_uniform(point)});
  }
}

void draw_openings(const People& people, const Month& month, std::span<const Opening> openings,
                   BlockCandidates& out) {
  const int block = month.index / kBlockMonths;
  const Month last{.world = month.world, .index = (block + 1) * kBlockMonths - 1, .key = month.key};
  StreamBatch batch(month, openings, out);
  for (std::size_t at = 0; at < openings.size(); ++at) {
    const Opening& opening = openings[at];
    const std::size_t reached = bands_reached(opening.to);
    std::size_t first = 0;
    while (first < reached && kBandEdges[first + 1] <= opening.from) ++first;
    const auto begin_streams = [&](std::size_t i) {
      const PersonId id = opening.people[i];
      if (!can_come_back(people.rows[id.index()].status) || !is_adult(people, id, last)) return;
      const Entity entity = people.entity_of(id);
      for (std::size_t band = first; band < reached; ++band) batch.begin(id, entity, at, band);
    };
    visit_fetched(
        {0, opening.people.size()}, kAhead,
        [&](std::size_t i) { people.prefetch(opening.people[i]); }, begin_streams);
  }
  batch.finish();
}

std::size_t bands_reached(double bound) {
  std::size_t bands = 0;
  while (bands < kBands && bound > kBandEdges[bands]) ++bands;
  return bands;
}

bool is_adult(const People& people, PersonId id, const Month& month) {
  return age_months(people, id, month) >= 12.0 * month.parameters().get<"attention.adult_age">();
}

}  // namespace onward
