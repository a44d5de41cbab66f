#include "engine/attention_streams.h"

#include <algorithm>
#include <cmath>

#include "catch.h"
#include "core/distributions.h"
#include "core/random.h"
#include "model/purpose.h"
#include "support/attention.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

namespace {

/// All candidates of a block whose heights a hazard of `bound` can reach, and of the bands begun.
std::vector<Candidate> candidates_of(const Stage& stage, double bound, int block) {
  AttentionCalendar calendar;
  ThreadTeam team(1);
  calendar.open(stage.state, stage.month(block * kBlockMonths), hazards(stage.state, bound), team);
  std::vector<Candidate> all;
  for (int month = 0; month < kBlockMonths; ++month) {
    const auto some = together(calendar.of_month(month));
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

/// The candidates of one stream, drawn point by point.
void draw_stream(const Stage& stage, std::span<const PersonId> people, std::size_t band,
                 std::uint32_t piece, std::vector<Candidate>& out) {
  const Entity community{stage.state.communities.entity[0]};
  const double width = kBandEdges[band + 1] - kBandEdges[band];
  double at = 0.0;
  for (std::uint32_t point = 0;; ++point) {
    const Block block = draw(stage.key, community, purpose::kCandidates,
                             static_cast<std::uint32_t>(band), piece << 10 | point);
    at += exponential(first_uniform(block)) / (kBlockMonths * width);
    if (at >= static_cast<double>(people.size())) return;
    out.push_back({people[static_cast<std::size_t>(at)], 0, kBlockMonths * (at - std::floor(at)),
                   kBandEdges[band] + width * second_uniform(block)});
  }
}

}  // namespace

TEST_CASE("Candidates of a band are as many as the band is wide, uniform in time and height") {
  const std::size_t people = sample_size(20'000);
  const Stage stage(crowd(people));
  const std::vector<Candidate> all = candidates_of(stage, 0.6, 3);
  for (const std::size_t band : {std::size_t{0}, std::size_t{3}, std::size_t{6}}) {
    const double low = kBandEdges[band];
    const double width = kBandEdges[band + 1] - low;
    std::vector<std::size_t> found(people, 0);
    std::vector<double> counts(80, 0.0), times, heights;
    for (const Candidate& candidate : all) {
      if (candidate.height < low || candidate.height >= low + width) continue;
      ++found[candidate.person.index()];
      times.push_back((candidate.time - 36.0) / 12.0);
      heights.push_back((candidate.height - low) / width);
    }
    for (const std::size_t count : found) counts[std::min<std::size_t>(count, 79)] += 1.0;
    std::vector<double> expected;
    double chance = std::exp(-12.0 * width);
    for (int k = 0; k < 80; ++k) {
      expected.push_back(static_cast<double>(people) * chance);
      chance *= 12.0 * width / (k + 1);
    }
    const auto uniform = [](double x) { return std::clamp(x, 0.0, 1.0); };
    CAPTURE(band);
    CHECK(chi_square_excess(counts, expected) < 1.0);
    CHECK(kolmogorov_excess(times, uniform) < 1.0);
    CHECK(kolmogorov_excess(heights, uniform) < 1.0);
  }
}

TEST_CASE("Candidates of a member say nothing of those of the next") {
  const std::size_t people = sample_size(20'000);
  const Stage stage(crowd(people));
  std::vector<std::size_t> found(people, 0);
  for (const Candidate& candidate : candidates_of(stage, 0.001, 0)) {
    if (candidate.height < kBandEdges[1]) ++found[candidate.person.index()];
  }
  std::size_t both = 0;
  for (std::size_t i = 0; i + 1 < people; i += 2) both += found[i] > 0 && found[i + 1] > 0 ? 1 : 0;
  const double any = 1.0 - std::exp(-12.0 * kBandEdges[1]);
  CHECK(agrees(both, people / 2, any * any));
}

TEST_CASE("A hazard reaches the bands whose lower edge lies under it") {
  CHECK(bands_reached(0.0) == 0);
  CHECK(bands_reached(1e-9) == 1);
  CHECK(bands_reached(0.01) == 1);
  CHECK(bands_reached(0.0101) == 2);
  CHECK(bands_reached(0.5) == 7);
  CHECK(bands_reached(1e9) == kBands);
}

TEST_CASE("Streams drawn together have the candidates of each stream drawn alone") {
  const Stage stage(crowd(500));
  constexpr double kBound = 5.0;  // opens bands in which a member has many points
  std::vector<PersonId> people;
  for (std::size_t i = 0; i < stage.state.people.size(); ++i) people.push_back(PersonId{i});
  std::vector<Candidate> alone;
  for (std::size_t band = 0; band < bands_reached(kBound); ++band) {
    const std::size_t members = members_of_piece(band);
    for (std::size_t begin = 0; begin < people.size(); begin += members) {
      const std::size_t size = std::min(members, people.size() - begin);
      draw_stream(stage, std::span(people).subspan(begin, size), band,
                  static_cast<std::uint32_t>(begin / members), alone);
    }
  }
  REQUIRE(alone.size() > 1000);
  CHECK(in_order(candidates_of(stage, kBound, 0)) == in_order(alone));
}
