#include "engine/attention_calendar.h"

#include "core/distributions.h"
#include "core/lanes.h"
#include "core/vectorise.h"
#include "model/purpose.h"

namespace onward {

namespace {

constexpr std::size_t kOpeningsPerChunk = 128;
constexpr std::size_t kNewcomersPerChunk = 65536;
constexpr std::uint32_t kMaxOrdinal = 1024;

/// Block (10 bits), band (4 bits) and number (10 bits) in the 24 bits of a draw's index.
std::uint32_t occasion_key(int block, std::size_t band, std::uint32_t ordinal) {
  return static_cast<std::uint32_t>(block) << 14 | static_cast<std::uint32_t>(band) << 10 | ordinal;
}

/// Whether a person of this status may live in the place of settlement later in the block.
bool can_come_back(Status status) {
  return status != Status::kRecognised && status != Status::kOther;
}

double band_width(std::size_t band) { return kBandEdges[band + 1] - kBandEdges[band]; }

/// A stream of one person and band, and the heights that are looked for.
struct Stream {
  PersonId person;
  Entity entity;
  std::uint32_t band = 0;
  double from = 0.0;  ///< heights [from, to) are looked for
  double to = 0.0;
};

/// Where the streams in the lanes have come to in a block.
struct LaneStreams {
  LaneBlocks asked;   ///< for the next points
  LaneDoubles time;   ///< of the next points, once they are drawn
  LaneDoubles width;  ///< of the bands
  LaneDoubles edge;   ///< lower ones of the bands
  LaneDoubles from;
  LaneDoubles to;
  LaneDoubles height;                        ///< of the next points
  std::array<std::uint64_t, kLanes> lasts;   ///< 1 if the point lies in the block, else 0
  std::array<std::uint64_t, kLanes> wanted;  ///< 1 if it also has a height that is looked for
};

/// Lets every stream go on to its next point.
inline void advance(LaneStreams& lanes, const LaneBlocks& points, const LaneDoubles& waits) {
  const auto& words = points.words;
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double time = lanes.time[i] + waits[i] / lanes.width[i];
    const double height = lanes.edge[i] + lanes.width[i] * unit_interval(words[2][i], words[3][i]);
    const std::uint64_t lasts = time < kBlockMonths ? 1 : 0;
    const std::uint64_t above = height >= lanes.from[i] ? 1 : 0;
    const std::uint64_t below = height < lanes.to[i] ? 1 : 0;
    lanes.time[i] = time;
    lanes.height[i] = height;
    lanes.lasts[i] = lasts;
    lanes.wanted[i] = lasts & above & below;
  }
}

/// Draws the points of many streams together: as many streams as there are lanes go on by one
/// point at a time, whichever person and band they belong to.
class StreamLanes {
 public:
  /// Keeps candidates of `month` and later ones of the block.
  StreamLanes(const Month& month, int block, BlockCandidates& out)
      : key_(month.key), month_(month.index), block_(block), out_(out) {
    for (std::size_t i = 0; i < kLanes; ++i) idle_[i] = i;
    // What idle lanes draw means nothing, but is drawn.
    lanes_.asked = {};
    lanes_.time.fill(kBlockMonths);
    lanes_.width.fill(1.0);
    lanes_.edge.fill(0.0);
    lanes_.from.fill(0.0);
    lanes_.to.fill(0.0);
  }

  void begin(const Stream& stream) {
    while (idle_count_ == 0) draw();
    const std::size_t lane = idle_[--idle_count_];
    person_[lane] = stream.person;
    ordinal_[lane] = 0;
    lanes_.asked.ask(lane, stream.entity, purpose::kAttention, occasion_key(block_, stream.band, 0),
                     0);
    lanes_.time[lane] = 0.0;
    lanes_.width[lane] = band_width(stream.band);
    lanes_.edge[lane] = kBandEdges[stream.band];
    lanes_.from[lane] = stream.from;
    lanes_.to[lane] = stream.to;
  }
  void finish() {
    while (idle_count_ < kLanes) draw();
  }

 private:
  ONWARD_VECTORISED void draw() {
    LaneBlocks points = lanes_.asked;
    draw_in_place(key_, points);
    advance(lanes_, points, exponential_lanes(points));
    idle_count_ = 0;
    for (std::size_t i = 0; i < kLanes; ++i) {
      if (lanes_.wanted[i] != 0) keep(i);
      // The number of a point is the last part of what is asked for.
      ++lanes_.asked.words[2][i];
      const bool goes_on = lanes_.lasts[i] != 0 && ++ordinal_[i] < kMaxOrdinal;
      idle_[idle_count_] = i;
      idle_count_ += goes_on ? 0 : 1;
      if (!goes_on) lanes_.time[i] = kBlockMonths;
    }
  }
  void keep(std::size_t lane) {
    const double time = static_cast<double>(block_) * kBlockMonths + lanes_.time[lane];
    const int when = static_cast<int>(time);
    if (when < month_) return;
    const std::uint32_t key = lanes_.asked.words[2][lane] & kMaxDrawIndex;
    out_[static_cast<std::size_t>(when % kBlockMonths)].push_back(
        {person_[lane], key, time, lanes_.height[lane]});
  }

  RunKey key_;
  int month_;
  int block_;
  BlockCandidates& out_;
  std::size_t idle_count_ = kLanes;
  std::array<std::size_t, kLanes> idle_;
  std::array<PersonId, kLanes> person_;
  std::array<std::uint32_t, kLanes> ordinal_{};
  LaneStreams lanes_;
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

std::size_t bands_reached(double bound) {
  std::size_t bands = 0;
  while (bands < kBands && bound > kBandEdges[bands]) ++bands;
  return bands;
}

bool is_adult(const People& people, PersonId id, const Month& month) {
  return age_months(people, id, month) >= 12.0 * month.parameters().get<"attention.adult_age">();
}

void AttentionCalendar::begin_block(int block) {
  block_ = block;
  drawn_.assign(drawn_.size(), 0);
  reach_.assign(reach_.size(), 0.0);
  for (std::vector<Candidate>& candidates : months_) candidates.clear();
}

void AttentionCalendar::list_newcomers(const State& state, const Month& month, ThreadTeam& team) {
  attentive_.resize(state.communities.size());
  drawn_.resize(attentive_.size(), 0);
  reach_.resize(attentive_.size(), 0.0);
  const std::size_t count = state.people.size() - people_listed_;
  std::vector<std::vector<PersonId>> found(chunk_count(count, kNewcomersPerChunk));
  team.for_each_chunk(found.size(), [&](std::size_t chunk) {
    const IndexRange range = chunk_range(chunk, kNewcomersPerChunk, count);
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const PersonId id{people_listed_ + i};
      if (restlessness(state.people, id, month.parameters()) > 0.0) found[chunk].push_back(id);
    }
  });
  for (const std::vector<PersonId>& some : found) {
    for (const PersonId id : some) attentive_[state.people.community_of(id).index()].push_back(id);
  }
  people_listed_ = state.people.size();
}

void AttentionCalendar::draw_streams(const State& state, const Month& month,
                                     std::span<const Opening> openings,
                                     BlockCandidates& out) const {
  const Month last{
      .world = month.world, .index = (block_ + 1) * kBlockMonths - 1, .key = month.key};
  StreamLanes lanes(month, block_, out);
  for (const Opening& opening : openings) {
    const std::size_t reached = bands_reached(opening.to);
    std::size_t first = 0;
    while (first < reached && kBandEdges[first + 1] <= opening.from) ++first;
    for (const PersonId id : opening.people) {
      if (!can_come_back(state.people.rows[id.index()].status)) continue;
      if (!is_adult(state.people, id, last)) continue;
      Stream stream{.person = id,
                    .entity = state.people.entity_of(id),
                    .from = opening.from,
                    .to = opening.to};
      for (std::size_t band = first; band < reached; ++band) {
        stream.band = static_cast<std::uint32_t>(band);
        lanes.begin(stream);
      }
    }
  }
  lanes.finish();
}

void AttentionCalendar::draw_openings(const State& state, const Month& month,
                                      const std::vector<Opening>& openings, ThreadTeam& team) {
  const std::size_t chunks = chunk_count(openings.size(), kOpeningsPerChunk);
  if (found_.size() < chunks) found_.resize(chunks);
  team.for_each_chunk(chunks, [&](std::size_t chunk) {
    for (std::vector<Candidate>& candidates : found_[chunk]) candidates.clear();
    const IndexRange range = chunk_range(chunk, kOpeningsPerChunk, openings.size());
    const std::span<const Opening> some(openings.data() + range.begin, range.end - range.begin);
    draw_streams(state, month, some, found_[chunk]);
  });
  team.for_each_chunk(months_.size(), [&](std::size_t at) {
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
      const std::vector<Candidate>& found = found_[chunk][at];
      months_[at].insert(months_[at].end(), found.begin(), found.end());
    }
  });
}

void AttentionCalendar::open(const State& state, const Month& month,
                             const std::vector<double>& shared, ThreadTeam& team) {
  if (month.index / kBlockMonths != block_) begin_block(month.index / kBlockMonths);
  list_newcomers(state, month, team);
  const double base =
      month.parameters().get<"attention.base">() * month.parameters().get<"attention.push_limit">();
  std::vector<Opening> openings;
  const std::size_t communities = attentive_.size();
  for (std::size_t c = 0; c < communities; ++c) {
    const std::span<const PersonId> people(attentive_[c]);
    const double bound = base + shared[c];
    if (bound <= reach_[c] && people.size() == drawn_[c]) continue;
    const double reach = bound > reach_[c] ? kSpareReach * bound : reach_[c];
    // Those drawn before need the heights that open now; newcomers need all that are open.
    if (reach > reach_[c] && drawn_[c] > 0)
      openings.push_back({people.first(drawn_[c]), reach_[c], reach});
    if (people.size() > drawn_[c] && reach > 0.0)
      openings.push_back({people.subspan(drawn_[c]), 0.0, reach});
    drawn_[c] = people.size();
    reach_[c] = reach;
  }
  draw_openings(state, month, openings, team);
}

}  // namespace onward
