#include "engine/attention.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>

#include "catch.h"
#include "model/arrivals.h"
#include "core/distributions.h"
#include "core/random.h"
#include "model/purpose.h"
#include "support/small_world.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

namespace {

/// One community of `people` whose whole hazard is the shared one.
Scenario crowd(std::size_t people) {
  Scenario s = scenario(static_cast<int>(people));
  s.communities.size = static_cast<int>(people);
  s.parameters.set<"attention.base">(0.0);
  s.parameters.set<"attention.contagion">(1.0);
  return s;
}

/// Lets buzz and belief give the community this shared hazard.
void set_hazard(State& state, double hazard) {
  state.signals.buzz.setZero();
  state.signals.belief.setZero();
  state.signals.buzz.col(0).setConstant(hazard);
  state.signals.belief.col(0).setConstant(1.0);
}

using Hazard = std::function<double(int)>;

/// How many of the people consider for the first time in each month; the last cell holds the rest.
std::vector<double> first_considerations(std::size_t people, int months, const Hazard& hazard,
                                         std::uint64_t seed) {
  Stage stage(crowd(people), seed);
  AttentionCalendar calendar;
  ThreadTeam team(1);
  std::vector<bool> considered(people, false);
  std::vector<double> counts(static_cast<std::size_t>(months) + 1, 0.0);
  for (int month = 0; month < months; ++month) {
    set_hazard(stage.state, hazard(month));
    for (const Consideration& occasion : attend(stage.state, stage.month(month), calendar, team)) {
      if (considered[occasion.person.index()]) continue;
      considered[occasion.person.index()] = true;
      counts[static_cast<std::size_t>(month)] += 1.0;
    }
  }
  counts.back() = static_cast<double>(std::count(considered.begin(), considered.end(), false));
  return counts;
}

/// The same by drawing 1 - exp(-h) for each person and month.
std::vector<double> month_by_month(std::size_t people, int months, const Hazard& hazard,
                                   std::uint64_t seed) {
  std::vector<double> counts(static_cast<std::size_t>(months) + 1, 0.0);
  for (std::size_t i = 0; i < people; ++i) {
    int month = 0;
    const auto stays = [&] {
      const double u =
          draw_uniform(run_key(seed, 1), Entity{i}, 200, static_cast<std::uint32_t>(month));
      return u >= 1.0 - std::exp(-hazard(month));
    };
    while (month < months && stays()) ++month;
    counts[static_cast<std::size_t>(month)] += 1.0;
  }
  return counts;
}

std::vector<double> expected_first(std::size_t people, int months, const Hazard& hazard) {
  std::vector<double> expected;
  double left = static_cast<double>(people);
  for (int month = 0; month < months; ++month) {
    const double chance = 1.0 - std::exp(-hazard(month));
    expected.push_back(left * chance);
    left -= left * chance;
  }
  expected.push_back(left);
  return expected;
}

void check_thinning(const Hazard& hazard) {
  const std::size_t people = sample_size(30'000);
  const int months = 36;
  const auto banded = first_considerations(people, months, hazard, 1);
  const auto plain = month_by_month(people, months, hazard, 1);
  CHECK(chi_square_excess(banded, expected_first(people, months, hazard)) < 1.0);
  CHECK(chi_square_excess(plain, expected_first(people, months, hazard)) < 1.0);
  CHECK(homogeneity_excess(banded, plain, 1.0) < 1.0);
}

/// The same shared hazard in every community.
std::vector<double> hazards(const State& state, double hazard) {
  return std::vector<double>(state.communities.size(), hazard);
}

/// By person, time and height.
std::vector<Candidate> in_order(std::vector<Candidate> all) {
  std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(a.person.value, a.time, a.height) < std::tie(b.person.value, b.time, b.height);
  });
  return all;
}
std::vector<Candidate> in_order(std::span<const Candidate> candidates) {
  return in_order(std::vector<Candidate>(candidates.begin(), candidates.end()));
}

/// All candidates of a block whose heights a hazard of `bound` can reach, and of the bands begun.
std::vector<Candidate> candidates_of(const Stage& stage, double bound, int block) {
  AttentionCalendar calendar;
  ThreadTeam team(1);
  calendar.open(stage.state, stage.month(block * kBlockMonths), hazards(stage.state, bound), team);
  std::vector<Candidate> all;
  for (int month = 0; month < kBlockMonths; ++month) {
    const auto some = calendar.of_month(month);
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

TEST_CASE("Candidates lie in the month that they are kept for") {
  const Stage stage(crowd(100));
  AttentionCalendar calendar;
  ThreadTeam team(1);
  for (int month = 12; month < 36; ++month) {
    calendar.open(stage.state, stage.month(month), hazards(stage.state, 20.0), team);
    CHECK(calendar.of_month(month).size() > 500);
    bool all = true;
    for (const Candidate& candidate : calendar.of_month(month))
      all = all && candidate.time >= month && candidate.time < month + 1;
    CHECK(all);
  }
}

TEST_CASE("A hazard reaches the bands whose lower edge lies under it") {
  CHECK(bands_reached(0.0) == 0);
  CHECK(bands_reached(1e-9) == 1);
  CHECK(bands_reached(0.01) == 1);
  CHECK(bands_reached(0.0101) == 2);
  CHECK(bands_reached(0.5) == 7);
  CHECK(bands_reached(1e9) == kBands);
}

TEST_CASE("Banded thinning considers as often as month-by-month drawing at a constant hazard") {
  for (const double hazard : {0.004, 0.03, 0.3, 3.0}) check_thinning([=](int) { return hazard; });
}

TEST_CASE("Banded thinning considers as often as month-by-month drawing at a varying hazard") {
  check_thinning([](int month) { return 0.002 * month; });
  check_thinning([](int month) { return month % 5 == 3 ? 0.2 : 0.001; });
  check_thinning([](int month) { return month == 17 ? 1.0 : 0.0; });
  check_thinning([](int month) { return 0.5 * std::exp(-month / 6.0); });
}

TEST_CASE("Considerations of different months are independent") {
  const std::size_t people = sample_size(30'000);
  Stage stage(crowd(people));
  AttentionCalendar calendar;
  ThreadTeam team(1);
  std::vector<int> times(people, 0);
  for (int month = 0; month < 24; ++month) {
    set_hazard(stage.state, month % 2 == 0 ? 0.02 : 0.1);
    for (const Consideration& occasion : attend(stage.state, stage.month(month), calendar, team))
      ++times[occasion.person.index()];
  }
  // A sum of 12 + 12 independent trials.
  std::vector<double> chances{1.0};
  for (int month = 0; month < 24; ++month) {
    const double p = 1.0 - std::exp(month % 2 == 0 ? -0.02 : -0.1);
    chances.push_back(0.0);
    for (std::size_t k = chances.size() - 1; k > 0; --k)
      chances[k] = chances[k] * (1.0 - p) + chances[k - 1] * p;
    chances[0] *= 1.0 - p;
  }
  std::vector<double> counts(25, 0.0), expected;
  for (const int count : times) counts[static_cast<std::size_t>(count)] += 1.0;
  for (const double chance : chances) expected.push_back(chance * static_cast<double>(people));
  CHECK(chi_square_excess(counts, expected) < 1.0);
}

TEST_CASE("Bands that open late have the candidates of bands that were always open") {
  Stage stage(crowd(200));
  ThreadTeam team(1);
  AttentionCalendar late, always;
  const Parameters& parameters = stage.world.parameters();
  for (int month = 0; month < 36; ++month) {
    // Upwards, so that bands open in the middle of blocks.
    const double bound = month % 12 < 5 ? 0.001 : month % 12 < 8 ? 0.1 : 2.0;
    late.open(stage.state, stage.month(month), hazards(stage.state, bound), team);
    always.open(stage.state, stage.month(month), hazards(stage.state, 100.0), team);
    const double reach = kBandEdges[bands_reached(hazard_bound(parameters, bound))];
    std::vector<Candidate> expected;
    for (const Candidate& candidate : always.of_month(month)) {
      if (candidate.height < reach) expected.push_back(candidate);
    }
    CAPTURE(month);
    CHECK(in_order(late.of_month(month)) == in_order(expected));
  }
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

TEST_CASE("Newcomers have their candidates from the month of arrival on") {
  Scenario s = crowd(12);
  s.groups[0].arrivals[2001] = 120;
  s.communities.size = 1000;
  Stage stage(s);
  Stage known(s);
  ThreadTeam team(1);
  AttentionCalendar calendar, hindsight;
  for (int month = 0; month < 12; ++month) admit_arrivals(known.state, known.month(month));
  for (int month = 0; month < 12; ++month) {
    admit_arrivals(stage.state, stage.month(month));
    calendar.open(stage.state, stage.month(month), hazards(stage.state, 2.0), team);
    hindsight.open(known.state, known.month(month), hazards(known.state, 2.0), team);
    std::vector<Candidate> expected;
    for (const Candidate& candidate : hindsight.of_month(month)) {
      if (candidate.person.index() < stage.state.people.size()) expected.push_back(candidate);
    }
    CAPTURE(month);
    CHECK(in_order(calendar.of_month(month)) == in_order(expected));
    CHECK_FALSE(expected.empty());
  }
}

TEST_CASE("The shared hazard sums buzz times belief over destinations, and recruiting") {
  Scenario s = scenario(20);
  s.parameters.set<"attention.contagion">(3.0);
  s.parameters.set<"attention.recruiting">(0.5);
  s.brokers = {
      .slots = 2, .reach = 1.0, .capacity = 5, .products = {{kAlpha, Story::kConceal, 1.0}}};
  Stage stage(s);
  stage.state.signals.buzz.topRows(2) << 0.1, 0.2, 0.0, 0.3;
  stage.state.signals.belief.topRows(2) << 0.5, 0.25, 0.9, 0.1;
  stage.state.brokers.slots[0].pull = 0.4;
  stage.state.brokers.slots[1].pull = 1.0;
  stage.state.brokers.serving[1] = {0};
  const std::vector<double> shared = shared_hazards(stage.state, stage.month(0));
  REQUIRE(shared.size() == stage.state.communities.size());
  CHECK(shared[0] == Approx(3.0 * (0.05 + 0.05) + 0.5 * 0.7));
  CHECK(shared[1] == Approx(3.0 * 0.03 + 0.5 * 0.2));
}

TEST_CASE("Reinforced talk draws more than in proportion, and at one in a hundred the same") {
  Scenario s = scenario(20);
  s.parameters.set<"attention.contagion">(3.0);
  s.parameters.set<"attention.reinforcement">(2.0);
  Stage stage(s);
  stage.state.signals.belief.setConstant(0.5);
  stage.state.signals.buzz.topRows(2) << 0.01, 0.01, 0.04, 0.0;
  const std::vector<double> shared = shared_hazards(stage.state, stage.month(0));
  CHECK(shared[0] == Approx(3.0 * 0.01));
  CHECK(shared[1] == Approx(4 * 3.0 * 0.01));
  stage.state.signals.buzz.setZero();
  CHECK(shared_hazards(stage.state, stage.month(0))[0] == 0.0);
}

TEST_CASE("Push raises the base hazard of those whom it concerns") {
  const std::size_t people = sample_size(50'000);
  Scenario s = crowd(people);
  s.parameters.set<"attention.base">(0.02);
  s.parameters.set<"push.hidden_origin">(std::log(3.0));
  s.groups[0].hidden_origin = 0.5;
  Stage stage(s);
  AttentionCalendar calendar;
  ThreadTeam team(1);
  std::size_t hidden = 0, open = 0, all_hidden = 0;
  for (std::size_t i = 0; i < people; ++i)
    all_hidden += stage.state.people.has(PersonId{i}, Trait::kHiddenOrigin) ? 1 : 0;
  for (const Consideration& occasion : attend(stage.state, stage.month(0), calendar, team)) {
    (stage.state.people.has(occasion.person, Trait::kHiddenOrigin) ? hidden : open) += 1;
  }
  CHECK(agrees(hidden, all_hidden, 1.0 - std::exp(-0.06)));
  CHECK(agrees(open, people - all_hidden, 1.0 - std::exp(-0.02)));
}

TEST_CASE("The settled class considers at its ratio of the hazard, at 0 never") {
  const std::size_t people = sample_size(20'000);
  for (const double ratio : {0.0, 0.25}) {
    Scenario s = crowd(people);
    s.parameters.set<"attention.restless_share">(0.0);
    s.parameters.set<"attention.settled_ratio">(ratio);
    Stage stage(s);
    set_hazard(stage.state, 0.4);
    AttentionCalendar calendar;
    ThreadTeam team(1);
    CHECK(agrees(attend(stage.state, stage.month(0), calendar, team).size(), people,
                 1.0 - std::exp(-0.4 * ratio)));
  }
}

TEST_CASE("People share the hazard of their own community") {
  Scenario s = crowd(600);
  s.communities.size = 300;
  Stage stage(s);
  AttentionCalendar calendar;
  ThreadTeam team(1);
  set_hazard(stage.state, 0.0);
  stage.state.signals.buzz(1, 0) = 2.0;
  const auto occasions = attend(stage.state, stage.month(0), calendar, team);
  CHECK(agrees(occasions.size(), 300, 1.0 - std::exp(-2.0)));
  for (const Consideration& occasion : occasions) {
    CHECK(stage.state.people.community_of(occasion.person) == CommunityId{1});
  }
}

TEST_CASE("Only the settled consider, each at most once a month, in order of person") {
  Stage stage(crowd(300));
  for (std::size_t i = 0; i < 300; i += 3)
    set_standing(stage.state, PersonId{i}, kHome, Status::kCommitted);
  set_hazard(stage.state, 3.0);
  AttentionCalendar calendar;
  ThreadTeam team(1);
  for (int month = 0; month < 3; ++month) {
    const auto occasions = attend(stage.state, stage.month(month), calendar, team);
    CHECK(occasions.size() > 150);
    for (std::size_t i = 0; i < occasions.size(); ++i) {
      CHECK(occasions[i].person.index() % 3 != 0);
      CHECK(occasions[i].key == static_cast<std::uint32_t>(month));  // so no two are alike
      if (i > 0) CHECK(occasions[i - 1].person < occasions[i].person);
    }
  }
}

TEST_CASE("Who is away when the block begins can consider after coming home") {
  Stage stage(crowd(100));
  AttentionCalendar calendar;
  ThreadTeam team(1);
  set_hazard(stage.state, 3.0);
  for (std::size_t i = 0; i < 100; ++i)
    set_standing(stage.state, PersonId{i}, kAlpha, Status::kPending);
  CHECK(attend(stage.state, stage.month(0), calendar, team).empty());
  for (std::size_t i = 0; i < 100; ++i)
    set_standing(stage.state, PersonId{i}, kHome, Status::kSettled);
  CHECK(attend(stage.state, stage.month(1), calendar, team).size() > 80);
}

TEST_CASE("Threads change no occasion") {
  Scenario s = scenario(3000);
  s.parameters.set<"attention.base">(0.2);
  Stage stage(s);
  AttentionCalendar one, four;
  ThreadTeam single(1), team(4);
  for (int month = 0; month < 14; ++month) {
    const auto a = attend(stage.state, stage.month(month), one, single);
    const auto b = attend(stage.state, stage.month(month), four, team);
    REQUIRE(a.size() == b.size());
    CHECK(a.size() > 100);
    bool same = true;
    for (std::size_t i = 0; i < a.size(); ++i)
      same = same && a[i].person == b[i].person && a[i].key == b[i].key;
    CHECK(same);
  }
}

TEST_CASE("Minors do not consider until they come of age") {
  Scenario s = crowd(200);
  s.groups[0].arrivals = {{2001, 12 * 200}};
  s.groups[0].ages = {{.from = 17, .to = 17, .share = 1.0}};
  s.parameters.set<"attention.adult_age">(18.0);
  Stage stage(s);
  admit_arrivals(stage.state, stage.month(0));
  AttentionCalendar calendar;
  ThreadTeam team(1);
  for (int month = 0; month < 13; ++month) {
    set_hazard(stage.state, 3.0);
    std::size_t adults = 0;
    for (const Person& person : stage.state.people.rows)
      adults += person.age + month >= 12 * 18 ? 1 : 0;
    const auto occasions = attend(stage.state, stage.month(month), calendar, team);
    for (const Consideration& occasion : occasions) {
      CHECK(stage.state.people.rows[occasion.person.index()].age + month >= 12 * 18);
    }
    CHECK(agrees(occasions.size(), adults, 1.0 - std::exp(-3.0)));
  }
}

TEST_CASE("Dispersed people hear less of their community's talk") {
  const std::size_t people = sample_size(20'000);
  Scenario s = crowd(people);
  s.places[kHome.index()].levers[0].set<"housing_dispersal">(1.0);
  s.parameters.set<"life.dispersed_contact">(0.5);
  Stage stage(s);
  set_hazard(stage.state, 0.4);
  AttentionCalendar calendar;
  ThreadTeam team(1);
  CHECK(agrees(attend(stage.state, stage.month(0), calendar, team).size(), people,
               1.0 - std::exp(-0.2)));
}

TEST_CASE("Who may not leave the place of settlement does not consider") {
  Stage stage(crowd(300));
  for (std::size_t i = 0; i < 300; i += 2) stage.state.people.rows[i].barred = 2;
  set_hazard(stage.state, 3.0);
  AttentionCalendar calendar;
  ThreadTeam team(1);
  for (int month = 0; month < 4; ++month) {
    std::size_t barred = 0;
    for (const Consideration& occasion : attend(stage.state, stage.month(month), calendar, team))
      barred += occasion.person.index() % 2 == 0 ? 1 : 0;
    CAPTURE(month);
    CHECK((barred > 0) == (month >= 2));
  }
}
