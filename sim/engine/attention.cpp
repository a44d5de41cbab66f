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

/// The streams of one band in one block.
struct Streams {
  RunKey key;
  std::size_t band;
  int block;

  double low() const { return kBandEdges[band]; }
  double width() const { return kBandEdges[band + 1] - kBandEdges[band]; }

  Candidate candidate(PersonId person, std::uint32_t ordinal, double time,
                      const Block& point) const {
    const double start = static_cast<double>(block) * kBlockMonths;
    return {person, occasion_key(block, band, ordinal), start + time,
            low() + width() * second_uniform(point)};
  }
  /// Goes on with a person's stream at its `ordinal`-th point; the one before was at `time`.
  void follow(Entity entity, PersonId person, std::uint32_t ordinal, double time,
              std::vector<Candidate>& out) const {
    for (; ordinal < kMaxOrdinal; ++ordinal) {
      const Block point =
          draw(key, entity, purpose::kAttention, occasion_key(block, band, ordinal));
      time += exponential(first_uniform(point)) / width();
      if (time >= kBlockMonths) return;
      out.push_back(candidate(person, ordinal, time, point));
    }
  }
  /// The streams of at most kLanes people. Most end before their first point.
  void draw_all(const People& people, std::span<const PersonId> some,
                std::vector<Candidate>& out) const {
    LaneKeys keys;
    for (std::size_t i = 0; i < some.size(); ++i) keys.entity[i] = people.entity_of(some[i]);
    const LaneBlocks points =
        draw_lanes(key, keys, purpose::kAttention, occasion_key(block, band, 0));
    const LaneDoubles waits = exponential_lanes(points);
    for (std::size_t i = 0; i < some.size(); ++i) {
      const double time = waits[i] / width();
      if (time >= kBlockMonths) continue;
      out.push_back(candidate(some[i], 0, time, points.block(i)));
      follow(keys.entity[i], some[i], 1, time, out);
    }
  }
};

}  // namespace

void draw_candidates(RunKey key, Entity entity, PersonId person, std::size_t band, int block,
                     std::vector<Candidate>& out) {
  Streams{key, band, block}.follow(entity, person, 0, 0.0, out);
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

void AttentionCalendar::draw_band(const State& state, const Month& month,
                                  std::span<const Opening> openings, std::size_t band,
                                  std::vector<Candidate>& out) const {
  const Streams streams{month.key, band, block_};
  std::array<PersonId, kLanes> some;
  std::size_t size = 0;
  for (const Opening& opening : openings) {
    if (band < opening.from || band >= opening.to) continue;
    for (const PersonId id : opening.people) {
      if (!can_come_back(state.people.status[id.index()])) continue;
      some[size++] = id;
      if (size < kLanes) continue;
      streams.draw_all(state.people, some, out);
      size = 0;
    }
  }
  if (size > 0) streams.draw_all(state.people, {some.data(), size}, out);
}

void AttentionCalendar::draw_openings(const State& state, const Month& month,
                                      const std::vector<Opening>& openings, ThreadTeam& team) {
  const std::size_t chunks = chunk_count(openings.size(), kOpeningsPerChunk);
  if (found_.size() < chunks) found_.resize(chunks);
  for (std::vector<Candidate>& candidates : found_) candidates.clear();
  team.for_each_chunk(chunks, [&](std::size_t chunk) {
    const IndexRange range = chunk_range(chunk, kOpeningsPerChunk, openings.size());
    const std::span<const Opening> some(openings.data() + range.begin, range.end - range.begin);
    for (std::size_t band = 0; band < kBands; ++band)
      draw_band(state, month, some, band, found_[chunk]);
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

const std::vector<Candidate>& AttentionCalendar::of_month(int month) {
  std::vector<Candidate>& candidates = months_[static_cast<std::size_t>(month % kBlockMonths)];
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.person != b.person ? a.person < b.person : a.time < b.time;
  });
  return candidates;
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

std::vector<Consideration> attend(const State& state, const Month& month,
                                  AttentionCalendar& calendar, ThreadTeam& team) {
  const std::vector<double> shared = shared_hazards(state, month);
  calendar.open_bands(state, month, shared, team);
  std::vector<Consideration> occasions;
  for (const Candidate& candidate : calendar.of_month(month.index)) {
    const PersonId id = candidate.person;
    if (state.people.status[id.index()] != Status::kSettled) continue;
    if (state.people.barred[id.index()] > month.index) continue;
    if (!occasions.empty() && occasions.back().person == id) continue;
    const double talk = shared[state.people.community[id.index()]];
    if (!is_accepted(candidate, state, month, talk)) continue;
    occasions.push_back({.person = id, .key = candidate.key});
    tell_attention(state, month, id, talk);
  }
  return occasions;
}

}  // namespace onward
