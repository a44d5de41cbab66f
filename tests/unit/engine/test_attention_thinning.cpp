#include <algorithm>
#include <cmath>
#include <functional>

#include "catch.h"
#include "core/random.h"
#include "engine/attention.h"
#include "support/attention.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

namespace {

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

}  // namespace

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
