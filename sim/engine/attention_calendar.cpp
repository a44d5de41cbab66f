#include "engine/attention_calendar.h"

#include <algorithm>

namespace onward {

namespace {

constexpr std::size_t kMembersPerPart = 131072;
constexpr std::size_t kNewcomersPerChunk = 65536;

/// Enough that their streams fill the lanes, few enough that the threads have the same to do.
std::size_t communities_per_part(const World& world) {
  const auto size = static_cast<std::size_t>(world.scenario.communities.size);
  return std::clamp<std::size_t>(kMembersPerPart / size, 8, 128);
}

}  // namespace

double hazard_bound(const Parameters& parameters, double shared) {
  return parameters.get<"attention.base">() * parameters.get<"attention.push_limit">() + shared;
}

void AttentionCalendar::begin_block(int block) {
  block_ = block;
  drawn_.assign(drawn_.size(), 0);
  reach_.assign(reach_.size(), 0.0);
  streams_.assign(streams_.size(), {});
  for (Part& part : parts_) {
    for (std::vector<Candidate>& candidates : part.months) candidates.clear();
  }
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

/// Whether streams of a community, whose people have hazards of up to `bound`, go on this month;
/// notes that they do.
bool AttentionCalendar::opens(std::size_t community, double bound) {
  if (bound <= reach_[community] && attentive_[community].size() == drawn_[community]) return false;
  reach_[community] = std::max(reach_[community], kBandEdges[bands_reached(bound)]);
  drawn_[community] = attentive_[community].size();
  return true;
}

void AttentionCalendar::open(const State& state, const Month& month,
                             const std::vector<double>& shared, ThreadTeam& team) {
  if (month.index / kBlockMonths != block_) begin_block(month.index / kBlockMonths);
  list_newcomers(state, month, team);
  const std::size_t per_part = communities_per_part(month.world);
  parts_.resize(chunk_count(attentive_.size(), per_part));
  team.for_each_chunk(parts_.size(), [&](std::size_t i) {
    Part& part = parts_[i];
    part.openings.clear();
    const IndexRange range = chunk_range(i, per_part, attentive_.size());
    for (std::size_t c = range.begin; c < range.end; ++c) {
      if (opens(c, hazard_bound(month.parameters(), shared[c]))) list_openings(c, part.openings);
    }
    if (!part.openings.empty()) draw_openings(state.communities, month, part.openings, part.months);
  });
}

CandidateParts AttentionCalendar::of_month(int month) {
  CandidateParts parts;
  parts.reserve(parts_.size());
  for (Part& part : parts_)
    parts.emplace_back(part.months[static_cast<std::size_t>(month % kBlockMonths)]);
  return parts;
}

}  // namespace onward
