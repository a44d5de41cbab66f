#include "run/resamples.h"

#include <cmath>
#include <limits>

#include "catch.h"
#include "support/statistics.h"

using namespace onward;

namespace {

constexpr CountLayout kLayout{.years = 1, .destinations = 1, .people = 1};

/// A table whose first column is `first(row)` and whose second is `second(row)`.
template <class First, class Second>
CountTable table_of(std::size_t rows, First first, Second second) {
  CountTable table(kLayout, rows);
  for (std::size_t r = 0; r < rows; ++r) {
    table.row(r)[0] = static_cast<std::int32_t>(first(r));
    table.row(r)[1] = static_cast<std::int32_t>(second(r));
  }
  return table;
}

double first_mean(std::span<const double> means) { return means[0]; }

}  // namespace

TEST_CASE("The interval of a mean is that of the central limit") {
  // Alternating 0 and 200: mean 100, standard deviation 100, standard error 5 of 400 rows.
  const CountTable table = table_of(
      400, [](std::size_t r) { return r % 2 * 200; }, [](std::size_t) { return 1; });
  ThreadTeam team(1);
  const auto estimate = Resamples(table, 3, team).estimate(first_mean);
  REQUIRE(estimate);
  CHECK(estimate->mean == 100.0);
  // Quantiles of 1,000 resamples have themselves a standard error of about 0.07 of that of the
  // mean.
  CHECK(estimate->lo == Approx(100.0 - 1.645 * 5.0).margin(1.7));
  CHECK(estimate->hi == Approx(100.0 + 1.645 * 5.0).margin(1.7));
}

TEST_CASE("What is paired within a replicate stays paired") {
  const CountTable table = table_of(
      50, [](std::size_t r) { return r * r; }, [](std::size_t r) { return r * r + 3; });
  ThreadTeam team(1);
  const auto estimate = Resamples(table, 3, team).estimate([](std::span<const double> means) {
    return means[1] - means[0];
  });
  REQUIRE(estimate);
  CHECK(estimate->mean == Approx(3.0));
  CHECK(estimate->hi - estimate->lo < 1e-9);
}

TEST_CASE("What is not defined has no estimate; resamples in which it is not are left out") {
  const CountTable table = table_of(
      3, [](std::size_t r) { return r == 0 ? 6 : 0; }, [](std::size_t) { return 0; });
  ThreadTeam team(1);
  const Resamples resamples(table, 3, team);
  const auto over = [](std::size_t whole) {
    return [whole](std::span<const double> means) {
      return means[whole] > 0.0 ? means[0] / means[whole]
                                : std::numeric_limits<double>::quiet_NaN();
    };
  };
  CHECK_FALSE(resamples.estimate(over(1)));
  const auto defined = resamples.estimate(over(0));
  REQUIRE(defined);
  CHECK(defined->lo == 1.0);
  CHECK(defined->hi == 1.0);
}

TEST_CASE("Resamples are keyed by the seed, and threads change nothing") {
  const CountTable table = table_of(
      40, [](std::size_t r) { return r * 7 % 13; }, [](std::size_t) { return 0; });
  ThreadTeam one(1), many(3);
  const auto interval = [&](std::uint64_t seed, ThreadTeam& team) {
    const auto estimate = Resamples(table, seed, team).estimate(first_mean);
    return std::pair{estimate->lo, estimate->hi};
  };
  CHECK(interval(3, one) == interval(3, many));
  CHECK(interval(3, one) != interval(4, one));
}

TEST_CASE("One replicate has an interval of no width") {
  const CountTable table = table_of(
      1, [](std::size_t) { return 9; }, [](std::size_t) { return 0; });
  ThreadTeam team(1);
  const auto estimate = Resamples(table, 3, team).estimate(first_mean);
  CHECK(estimate->lo == 9.0);
  CHECK(estimate->hi == 9.0);
}
