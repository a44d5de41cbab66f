#include "engine/attention.h"

#include <algorithm>

#include "core/distributions.h"
#include "core/lanes.h"
#include "core/vectorise.h"
#include "model/life.h"
#include "model/purpose.h"
#include "model/witness.h"

namespace onward {

namespace {

constexpr std::size_t kOpeningsPerChunk = 16;
constexpr std::uint32_t kMaxOrdinal = 1024;

/// Block (10 bits), band (4 bits) and number (10 bits) in the 24 bits of a draw's index.
std::uint32_t occasion_key(int block, std::size_t band, std::uint32_t ordinal) {
  return static_cast<std::uint32_t>(block) << 14 | static_cast<std::uint32_t>(band) << 10 | ordinal;
}

/// Whether a person of this status may live in the place of settlement later in the block.
bool can_come_back(Status status) {
  return status != Status::kRecognised && status != Status::kOther;
}

double hazard_under(double push, const State& state, const Month& month, PersonId id,
                    double shared) {
  const double restless = restlessness(state.people, id, month.parameters());
  const double alone = month.parameters().get<"attention.base">() * push;
  return restless * (alone + contact(state.people, id, month.parameters()) * shared);
}

double personal_hazard(const State& state, const Month& month, PersonId id, double shared) {
  if (age_months(state.people, id, month) < 12.0 * month.parameters().get<"attention.adult_age">())
    return 0.0;
  return hazard_under(push(state.people, id, month), state, month, id, shared);
}

bool is_accepted(const Candidate& candidate, const State& state, const Month& month,
                 double shared) {
  const double largest_push = month.parameters().get<"attention.push_limit">();
  // Rounding keeps the order of sums and products, so this settles most cases for less.
  if (candidate.height >= hazard_under(largest_push, state, month, candidate.person, shared))
    return false;
  return candidate.height < personal_hazard(state, month, candidate.person, shared);
}

void tell_attention(const State& state, const Month& month, PersonId id, double shared) {
  if (!is_watched(state.people, month, id)) return;
  tell(state.people, month, id,
       event::Attention{.own = personal_hazard(state, month, id, 0.0),
                        .shared = restlessness(state.people, id, month.parameters()) * shared});
}

}  // namespace

namespace {

double band_width(std::size_t band) { return kBandEdges[band + 1] - kBandEdges[band]; }

/// Where one person's stream of a band has come to in a block.
struct Stream {
  PersonId person;
  Entity entity;
  std::uint32_t band = 0;
  std::uint32_t ordinal = 0;  ///< of its next point
  double time = 0.0;          ///< of the one before
};

/// The candidate at the stream's next point, which is `wait` after the one before.
Candidate candidate_after(Stream& stream, int block, double wait, const Block& point) {
  stream.time += wait / band_width(stream.band);
  const double start = static_cast<double>(block) * kBlockMonths;
  return {stream.person, occasion_key(block, stream.band, stream.ordinal), start + stream.time,
          kBandEdges[stream.band] + band_width(stream.band) * second_uniform(point)};
}

/// Draws the points of many streams together: as many streams as there are lanes go on by one
/// point at a time, whichever person and band they belong to.
class StreamLanes {
 public:
  StreamLanes(RunKey key, int block, std::vector<Candidate>& out)
      : key_(key), block_(block), out_(out) {}

  void begin(PersonId person, Entity entity, std::size_t band) {
    streams_[size_++] = {
        .person = person, .entity = entity, .band = static_cast<std::uint32_t>(band)};
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
      Stream stream = streams_[i];
      const Candidate found = candidate_after(stream, block_, waits[i], points_.block(i));
      if (stream.time >= kBlockMonths) continue;
      out_.push_back(found);
      if (++stream.ordinal < kMaxOrdinal) streams_[left++] = stream;
    }
    size_ = left;
  }

  RunKey key_;
  int block_;
  std::vector<Candidate>& out_;
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
    const Candidate found =
        candidate_after(stream, block, exponential(first_uniform(point)), point);
    if (stream.time >= kBlockMonths) return;
    out.push_back(found);
  }
}

std::size_t bands_reached(double bound) {
  std::size_t bands = 0;
  while (bands < kBands && bound > kBandEdges[bands]) ++bands;
  return bands;
}

void AttentionCalendar::begin_block(int block) {
  block_ = block;
  drawn_.assign(drawn_.size(), 0);
  opened_.assign(opened_.size(), 0);
  for (std::vector<Candidate>& candidates : months_) candidates.clear();
}

void AttentionCalendar::list_newcomers(const State& state, const Month& month) {
  attentive_.resize(state.communities.size());
  drawn_.resize(attentive_.size(), 0);
  opened_.resize(attentive_.size(), 0);
  for (; people_listed_ < state.people.size(); ++people_listed_) {
    const PersonId id{people_listed_};
    if (restlessness(state.people, id, month.parameters()) == 0.0) continue;
    attentive_[state.people.community_of(id).index()].push_back(id);
  }
}

void AttentionCalendar::draw_streams(const State& state, const Month& month,
                                     std::span<const Opening> openings,
                                     std::vector<Candidate>& out) const {
  StreamLanes lanes(month.key, block_, out);
  for (const Opening& opening : openings) {
    for (const PersonId id : opening.people) {
      if (!can_come_back(state.people.status[id.index()])) continue;
      for (std::size_t band = opening.from; band < opening.to; ++band)
        lanes.begin(id, state.people.entity_of(id), band);
    }
  }
  lanes.finish();
}

void AttentionCalendar::draw_openings(const State& state, const Month& month,
                                      const std::vector<Opening>& openings, ThreadTeam& team) {
  const std::size_t chunks = chunk_count(openings.size(), kOpeningsPerChunk);
  if (found_.size() < chunks) found_.resize(chunks);
  for (std::vector<Candidate>& candidates : found_) candidates.clear();
  team.for_each_chunk(chunks, [&](std::size_t chunk) {
    const IndexRange range = chunk_range(chunk, kOpeningsPerChunk, openings.size());
    const std::span<const Opening> some(openings.data() + range.begin, range.end - range.begin);
    draw_streams(state, month, some, found_[chunk]);
  });
  for (const std::vector<Candidate>& candidates : found_) {
    for (const Candidate& candidate : candidates) {
      const int when = static_cast<int>(candidate.time);
      if (when >= month.index)
        months_[static_cast<std::size_t>(when % kBlockMonths)].push_back(candidate);
    }
  }
}

void AttentionCalendar::open_bands(const State& state, const Month& month,
                                   const std::vector<double>& shared, ThreadTeam& team) {
  if (month.index / kBlockMonths != block_) begin_block(month.index / kBlockMonths);
  list_newcomers(state, month);
  const double base =
      month.parameters().get<"attention.base">() * month.parameters().get<"attention.push_limit">();
  std::vector<Opening> openings;
  for (std::size_t c = 0; c < attentive_.size(); ++c) {
    const std::span<const PersonId> people(attentive_[c]);
    const std::size_t bands = std::max(opened_[c], bands_reached(base + shared[c]));
    // Those drawn before need the bands that open now; newcomers need all that are open.
    if (bands > opened_[c] && drawn_[c] > 0)
      openings.push_back({people.first(drawn_[c]), opened_[c], bands});
    if (people.size() > drawn_[c] && bands > 0)
      openings.push_back({people.subspan(drawn_[c]), 0, bands});
    drawn_[c] = people.size();
    opened_[c] = bands;
  }
  draw_openings(state, month, openings, team);
}

std::span<const Candidate> AttentionCalendar::of_month(int month) const {
  return months_[static_cast<std::size_t>(month % kBlockMonths)];
}

namespace {

/// Talk of one mover among a hundred members, of sure protection: where reinforcement changes
/// nothing.
constexpr double kUnitTalk = 0.01;

/// Talk as it draws attention: reinforced talk counts for more than its sum.
ONWARD_VECTORISED void reinforce(std::vector<double>& talk, double power) {
  if (power == 1.0) return;
  double* all = talk.data();
  const std::size_t count = talk.size();
  for (std::size_t c = 0; c < count; ++c) {
    const double some = all[c] > 0.0 ? all[c] : kUnitTalk;  // of which there is a logarithm
    const double more = kUnitTalk * exact_exp(power * exact_log(some / kUnitTalk));
    all[c] = all[c] > 0.0 ? more : all[c];
  }
}

/// Departures that each community talks of, by the belief in protection where they went.
std::vector<double> heat(const State& state) {
  const auto destinations = static_cast<std::size_t>(state.signals.buzz.cols());
  std::vector<double> all(state.communities.size(), 0.0);
  for (std::size_t c = 0; c < all.size(); ++c) {
    if (state.communities.joined[c] == 0) continue;
    const double* buzz = row_of(state.signals.buzz, c);
    const double* belief = row_of(state.signals.belief, c);
    double sum = 0.0;
    for (std::size_t d = 0; d < destinations; ++d) sum += buzz[d] * belief[d];
    all[c] = sum;
  }
  return all;
}

}  // namespace

std::vector<double> shared_hazards(const State& state, const Month& month) {
  const double contagion = month.parameters().get<"attention.contagion">();
  const double recruiting = month.parameters().get<"attention.recruiting">();
  std::vector<double> hazards = heat(state);
  reinforce(hazards, month.parameters().get<"attention.reinforcement">());
  const std::vector<double> pressures = recruiting_pressures(state.brokers);
  for (std::size_t c = 0; c < hazards.size(); ++c) {
    if (state.communities.joined[c] == 0) continue;
    hazards[c] = contagion * hazards[c] + recruiting * pressures[c];
  }
  return hazards;
}

namespace {

/// The month's candidates that are accepted, of people who can go, ordered by person, then time.
std::vector<Candidate> accepted(const State& state, const Month& month,
                                std::span<const Candidate> candidates,
                                const std::vector<double>& shared) {
  std::vector<Candidate> all;
  for (const Candidate& candidate : candidates) {
    const std::size_t i = candidate.person.index();
    if (state.people.status[i] != Status::kSettled) continue;
    if (state.people.barred[i] > month.index) continue;
    if (is_accepted(candidate, state, month, shared[state.people.community[i]]))
      all.push_back(candidate);
  }
  std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    return a.person != b.person ? a.person < b.person : a.time < b.time;
  });
  return all;
}

}  // namespace

std::vector<Consideration> attend(const State& state, const Month& month,
                                  AttentionCalendar& calendar, ThreadTeam& team) {
  const std::vector<double> shared = shared_hazards(state, month);
  calendar.open_bands(state, month, shared, team);
  std::vector<Consideration> occasions;
  for (const Candidate& candidate :
       accepted(state, month, calendar.of_month(month.index), shared)) {
    const PersonId id = candidate.person;
    if (!occasions.empty() && occasions.back().person == id) continue;
    occasions.push_back({.person = id, .key = candidate.key});
    tell_attention(state, month, id, shared[state.people.community[id.index()]]);
  }
  return occasions;
}

}  // namespace onward
