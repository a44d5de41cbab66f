#include "engine/attention_calendar.h"

#include <algorithm>

namespace onward {

namespace {

constexpr std::size_t kCommunitiesPerChunk = 128;
constexpr std::size_t kNewcomersPerChunk = 65536;

}  // namespace

double hazard_bound(const Parameters& parameters, double shared) {
  return parameters.get<"attention.base">() * parameters.get<"attention.push_limit">() + shared;
}

void AttentionCalendar::begin_block(int block) {
  block_ = block;
  drawn_.assign(drawn_.size(), 0);
  reach_.assign(reach_.size(), 0.0);
  streams_.assign(streams_.size(), {});
  for (std::vector<Candidate>& candidates : months_) candidates.clear();
}

void AttentionCalendar::list_newcomers(const State& state, const Month& month, ThreadTeam& team) {
  attentive_.resize(state.communities.size());
  drawn_.resize(attentive_.size(), 0);
  reach_.resize(attentive_.size(), 0.0);
  streams_.resize(attentive_.size() * kBands);
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

/// Lists the streams of a community that do not reach the end of its line yet.
void AttentionCalendar::list_openings(std::size_t community, std::vector<Opening>& openings) {
  const std::span<const PersonId> people(attentive_[community]);
  for (std::size_t band = 0; kBandEdges[band] < reach_[community]; ++band) {
    Stream& last = streams_[community * kBands + band];
    const std::size_t members = members_of_piece(band);
    Stream from = last;
    for (std::size_t begin = from.piece * members; begin < people.size(); begin += members) {
      const auto piece = people.subspan(begin, std::min(members, people.size() - begin));
      const bool is_drawn = from.drawn > 0 && from.at >= static_cast<double>(piece.size());
      if (!is_drawn)
        openings.push_back({.from = from,
                            .to = begin + members < people.size() ? nullptr : &last,
                            .people = piece,
                            .community = CommunityId{community},
                            .band = static_cast<std::uint32_t>(band)});
      from = {.piece = from.piece + 1};
    }
  }
}

void AttentionCalendar::draw(const State& state, const Month& month, ThreadTeam& team) {
  const std::size_t chunks = chunk_count(opening_.size(), kCommunitiesPerChunk);
  if (found_.size() < chunks) found_.resize(chunks);
  team.for_each_chunk(chunks, [&](std::size_t chunk) {
    Found& found = found_[chunk];
    found.openings.clear();
    for (std::vector<Candidate>& candidates : found.months) candidates.clear();
    const IndexRange range = chunk_range(chunk, kCommunitiesPerChunk, opening_.size());
    for (std::size_t i = range.begin; i < range.end; ++i)
      list_openings(opening_[i], found.openings);
    draw_openings(state.communities, month, found.openings, found.months);
  });
  team.for_each_chunk(months_.size(), [&](std::size_t at) {
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
      const std::vector<Candidate>& found = found_[chunk].months[at];
      months_[at].insert(months_[at].end(), found.begin(), found.end());
    }
  });
}

void AttentionCalendar::open(const State& state, const Month& month,
                             const std::vector<double>& shared, ThreadTeam& team) {
  if (month.index / kBlockMonths != block_) begin_block(month.index / kBlockMonths);
  list_newcomers(state, month, team);
  opening_.clear();
  for (std::size_t c = 0; c < attentive_.size(); ++c) {
    const double bound = hazard_bound(month.parameters(), shared[c]);
    if (bound <= reach_[c] && attentive_[c].size() == drawn_[c]) continue;
    reach_[c] = std::max(reach_[c], kBandEdges[bands_reached(bound)]);
    drawn_[c] = attentive_[c].size();
    opening_.push_back(static_cast<std::uint32_t>(c));
  }
  draw(state, month, team);
}

}  // namespace onward
