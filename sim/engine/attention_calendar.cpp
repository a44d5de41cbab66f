#include "engine/attention_calendar.h"

#include "core/distributions.h"
#include "core/lanes.h"
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

/// Where one person's stream of a band has come to in a block.
struct Stream {
  PersonId person;
  Entity entity;
  std::uint32_t band = 0;
  std::uint32_t ordinal = 0;  ///< of its next point
  double time = 0.0;          ///< of the one before
  double from = 0.0;          ///< heights [from, to) are looked for
  double to = 0.0;
};

/// Goes on to the stream's next point, which is `wait` after the one before. False if it lies
/// beyond the block.
bool advance(Stream& stream, double wait) {
  stream.time += wait / band_width(stream.band);
  return stream.time < kBlockMonths;
}

/// The candidate at the point where the stream is.
Candidate candidate_at(const Stream& stream, int block, const Block& point) {
  const double start = static_cast<double>(block) * kBlockMonths;
  return {stream.person, occasion_key(block, stream.band, stream.ordinal), start + stream.time,
          kBandEdges[stream.band] + band_width(stream.band) * second_uniform(point)};
}

/// Draws the points of many streams together: as many streams as there are lanes go on by one
/// point at a time, whichever person and band they belong to.
class StreamLanes {
 public:
  /// Keeps candidates of `month` and later ones of the block.
  StreamLanes(const Month& month, int block, BlockCandidates& out)
      : key_(month.key), month_(month.index), block_(block), out_(out) {}

  void begin(const Stream& stream) {
    streams_[size_++] = stream;
    while (size_ == kLanes) draw();
  }
  void finish() {
    while (size_ > 0) draw();
  }

 private:
  void draw() {
    for (std::size_t i = 0; i < size_; ++i) {
      const Stream& stream = streams_[i];
      points_.ask(i, stream.entity, purpose::kAttention,
                  occasion_key(block_, stream.band, stream.ordinal), 0);
    }
    draw_in_place(key_, points_);
    const LaneDoubles waits = exponential_lanes(points_);
    std::size_t left = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      Stream& stream = streams_[i];
      if (!advance(stream, waits[i])) continue;
      const Candidate found = candidate_at(stream, block_, points_.block(i));
      if (found.height >= stream.from && found.height < stream.to) keep(found);
      if (++stream.ordinal < kMaxOrdinal) streams_[left++] = stream;
    }
    size_ = left;
  }
  void keep(const Candidate& found) {
    const int when = static_cast<int>(found.time);
    if (when >= month_) out_[static_cast<std::size_t>(when % kBlockMonths)].push_back(found);
  }

  RunKey key_;
  int month_;
  int block_;
  BlockCandidates& out_;
  std::size_t size_ = 0;
  std::array<Stream, kLanes> streams_;
  LaneBlocks points_{};
};

}  // namespace

void draw_candidates(RunKey key, Entity entity, PersonId person, std::size_t band, int block,
                     std::vector<Candidate>& out) {
  Stream stream{.person = person, .entity = entity, .band = static_cast<std::uint32_t>(band)};
  for (; stream.ordinal < kMaxOrdinal; ++stream.ordinal) {
    const Block point =
        draw(key, entity, purpose::kAttention, occasion_key(block, band, stream.ordinal));
    if (!advance(stream, exponential(first_uniform(point)))) return;
    out.push_back(candidate_at(stream, block, point));
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
      if (!can_come_back(state.people.status[id.index()])) continue;
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
  for (std::size_t c = 0; c < attentive_.size(); ++c) {
    const std::span<const PersonId> people(attentive_[c]);
    const double bound = base + shared[c];
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
