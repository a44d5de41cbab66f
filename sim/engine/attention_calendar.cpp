#include "engine/attention_calendar.h"

namespace onward {

namespace {

constexpr std::size_t kOpeningsPerChunk = 128;
constexpr std::size_t kNewcomersPerChunk = 65536;

}  // namespace

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

void AttentionCalendar::draw(const State& state, const Month& month,
                             const std::vector<Opening>& openings, ThreadTeam& team) {
  const std::size_t chunks = chunk_count(openings.size(), kOpeningsPerChunk);
  if (found_.size() < chunks) found_.resize(chunks);
  team.for_each_chunk(chunks, [&](std::size_t chunk) {
    for (std::vector<Candidate>& candidates : found_[chunk]) candidates.clear();
    const IndexRange range = chunk_range(chunk, kOpeningsPerChunk, openings.size());
    const std::span<const Opening> some(openings.data() + range.begin, range.end - range.begin);
    draw_openings(state.people, month, some, found_[chunk]);
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
  draw(state, month, openings, team);
}

}  // namespace onward
