#include "engine/attention.h"

#include <algorithm>

#include "core/distributions.h"
#include "core/lanes.h"
#include "model/life.h"
#include "model/purpose.h"
#include "model/witness.h"

namespace onward {

namespace {

constexpr std::size_t kOpeningsPerChunk = 128;
constexpr std::size_t kNewcomersPerChunk = 65536;
constexpr std::size_t kCandidatesPerChunk = 1024;
constexpr std::size_t kAhead = 16;  ///< candidates whose people are fetched while others are seen
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

bool is_adult(const People& people, PersonId id, const Month& month) {
  return age_months(people, id, month) >= 12.0 * month.parameters().get<"attention.adult_age">();
}

double personal_hazard(const State& state, const Month& month, PersonId id, double shared) {
  if (!is_adult(state.people, id, month)) return 0.0;
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
  template <class Keep>
  void follow(Entity entity, PersonId person, std::uint32_t ordinal, double time, Keep keep) const {
    for (; ordinal < kMaxOrdinal; ++ordinal) {
      const Block point =
          draw(key, entity, purpose::kAttention, occasion_key(block, band, ordinal));
      time += exponential(first_uniform(point)) / width();
      if (time >= kBlockMonths) return;
      keep(candidate(person, ordinal, time, point));
    }
  }
  /// The streams of at most kLanes people. Most end before their first point.
  template <class Keep>
  void draw_all(const People& people, std::span<const PersonId> some, Keep keep) const {
    LaneKeys keys;
    for (std::size_t i = 0; i < some.size(); ++i) keys.entity[i] = people.entity_of(some[i]);
    const LaneBlocks points =
        draw_lanes(key, keys, purpose::kAttention, occasion_key(block, band, 0));
    const LaneDoubles waits = exponential_lanes(points);
    for (std::size_t i = 0; i < some.size(); ++i) {
      const double time = waits[i] / width();
      if (time >= kBlockMonths) continue;
      keep(candidate(some[i], 0, time, points.block(i)));
      follow(keys.entity[i], some[i], 1, time, keep);
    }
  }
};

}  // namespace

void draw_candidates(RunKey key, Entity entity, PersonId person, std::size_t band, int block,
                     std::vector<Candidate>& out) {
  Streams{key, band, block}.follow(entity, person, 0, 0.0,
                                   [&out](const Candidate& found) { out.push_back(found); });
}

std::size_t bands_reached(double bound) {
  std::size_t bands = 0;
  while (bands < kBands && bound > kBandEdges[bands]) ++bands;
  return bands;
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

void AttentionCalendar::draw_band(const State& state, const Month& month, const Opening& opening,
                                  std::size_t band, std::vector<Candidate>& out) const {
  const Streams streams{month.key, band, block_};
  const auto keep = [&](const Candidate& found) {
    const int when = static_cast<int>(found.time);
    if (found.height < opening.from || found.height >= opening.to || when < month.index) return;
    out.push_back(found);
  };
  const Month last{
      .world = month.world, .index = (block_ + 1) * kBlockMonths - 1, .key = month.key};
  std::array<PersonId, kLanes> some;
  std::size_t size = 0;
  for (const PersonId id : opening.people) {
    if (!can_come_back(state.people.status[id.index()]) || !is_adult(state.people, id, last))
      continue;
    some[size++] = id;
    if (size < kLanes) continue;
    streams.draw_all(state.people, some, keep);
    size = 0;
  }
  if (size > 0) streams.draw_all(state.people, {some.data(), size}, keep);
}

/// Collects what the chunks, each in order, found for a month of the block.
void AttentionCalendar::collect(std::size_t month, std::size_t chunks) {
  std::vector<Candidate>& candidates = months_[month];
  const std::size_t before = candidates.size();
  const double start = static_cast<double>(block_) * kBlockMonths + static_cast<double>(month);
  const auto is_before = [](const Candidate& a, double time) { return a.time < time; };
  for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
    const std::vector<Candidate>& found = found_[chunk];
    const auto from = std::lower_bound(found.begin(), found.end(), start, is_before);
    const auto to = std::lower_bound(from, found.end(), start + 1.0, is_before);
    candidates.insert(candidates.end(), from, to);
  }
  if (candidates.size() == before) return;
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.person != b.person ? a.person < b.person : a.time < b.time;
  });
}

void AttentionCalendar::draw_openings(const State& state, const Month& month,
                                      const std::vector<Opening>& openings, ThreadTeam& team) {
  const std::size_t chunks = chunk_count(openings.size(), kOpeningsPerChunk);
  if (found_.size() < chunks) found_.resize(chunks);
  team.for_each_chunk(chunks, [&](std::size_t chunk) {
    found_[chunk].clear();
    const IndexRange range = chunk_range(chunk, kOpeningsPerChunk, openings.size());
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const Opening& opening = openings[i];
      for (std::size_t band = 0; band < kBands; ++band) {
        if (opening.from >= kBandEdges[band + 1] || opening.to <= kBandEdges[band]) continue;
        draw_band(state, month, opening, band, found_[chunk]);
      }
    }
    std::sort(found_[chunk].begin(), found_[chunk].end(),
              [](const Candidate& a, const Candidate& b) { return a.time < b.time; });
  });
  team.for_each_chunk(months_.size(), [&](std::size_t at) { collect(at, chunks); });
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

namespace {

/// Talk of one mover among a hundred members, of sure protection: where reinforcement changes
/// nothing.
constexpr double kUnitTalk = 0.01;

/// Talk as it draws attention: reinforced talk counts for more than its sum.
double reinforced(double talk, double power) {
  if (power == 1.0 || talk <= 0.0) return talk;
  return kUnitTalk * exact_exp(power * exact_log(talk / kUnitTalk));
}

}  // namespace

std::vector<double> shared_hazards(const State& state, const Month& month) {
  const double contagion = month.parameters().get<"attention.contagion">();
  const double recruiting = month.parameters().get<"attention.recruiting">();
  const double power = month.parameters().get<"attention.reinforcement">();
  const std::size_t destinations = month.world.destinations.size();
  std::vector<double> hazards(state.communities.size(), 0.0);
  for (std::size_t c = 0; c < hazards.size(); ++c) {
    if (state.communities.joined[c] == 0) continue;
    const double* buzz = row_of(state.signals.buzz, c);
    const double* belief = row_of(state.signals.belief, c);
    double heat = 0.0;
    for (std::size_t d = 0; d < destinations; ++d) heat += buzz[d] * belief[d];
    hazards[c] = contagion * reinforced(heat, power) +
                 recruiting * recruiting_pressure(state, CommunityId{c});
  }
  return hazards;
}

namespace {

/// Asks for what deciding on a candidate reads.
void prefetch_candidate(const People& people, const Candidate& candidate) {
  const std::size_t i = candidate.person.index();
  prefetch(people.status, i);
  prefetch(people.barred, i);
  prefetch(people.community, i);
  prefetch(people.traits, i);
  prefetch(people.age, i);
  prefetch(people.arrived, i);
  prefetch(people.number, i);
  prefetch(people.group, i);
  prefetch(people.place, i);
  prefetch(people.work_rank, i);
}

/// Whether the person is there to consider moving, and the candidate accepted.
bool draws_attention(const Candidate& candidate, const State& state, const Month& month,
                     const std::vector<double>& shared) {
  const std::size_t i = candidate.person.index();
  return state.people.status[i] == Status::kSettled && state.people.barred[i] <= month.index &&
         is_accepted(candidate, state, month, shared[state.people.community[i]]);
}

}  // namespace

std::vector<Consideration> attend(const State& state, const Month& month,
                                  AttentionCalendar& calendar, ThreadTeam& team) {
  const std::vector<double> shared = shared_hazards(state, month);
  calendar.open(state, month, shared, team);
  const std::vector<Candidate>& candidates = calendar.of_month(month.index);
  std::vector<std::uint8_t> accepted(candidates.size());
  const std::size_t chunks = chunk_count(candidates.size(), kCandidatesPerChunk);
  team.for_each_chunk(chunks, [&](std::size_t chunk) {
    const IndexRange range = chunk_range(chunk, kCandidatesPerChunk, candidates.size());
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (i + kAhead < range.end) prefetch_candidate(state.people, candidates[i + kAhead]);
      accepted[i] = draws_attention(candidates[i], state, month, shared) ? 1 : 0;
    }
  });
  std::vector<Consideration> occasions;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const PersonId id = candidates[i].person;
    if (accepted[i] == 0 || (!occasions.empty() && occasions.back().person == id)) continue;
    occasions.push_back({.person = id, .key = candidates[i].key});
    tell_attention(state, month, id, shared[state.people.community[id.index()]]);
  }
  return occasions;
}

}  // namespace onward
