// The reference case, as a policy researcher would run it: the waves of the record, and what
// Canada's tightening did to Germany.
#include <cmath>
#include <thread>

#include "catch.h"
#include "io/scenario_file.h"
#include "run/replicates.h"
#include "run/summary.h"

using namespace onward;

namespace {

constexpr std::uint32_t kReplicates = 50;

/// Simulated claims of one scenario, by destination name and year.
class Claims {
 public:
  explicit Claims(const std::string& file)
      : world_(load_scenario(std::string(ONWARD_SOURCE_DIR) + "/scenarios/" + file).scenario),
        yearly_(measure_shape(world_.scenario), 0, kReplicates) {
    Observer* const observers[] = {&yearly_};
    const int threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    run_replicates(world_, {.seed = 1, .first = 0, .count = kReplicates, .threads = threads},
                   observers);
  }

  double mean(const std::string& destination, int year) const {
    return yearly_.claims(row(year), column(destination)).mean;
  }
  std::vector<double> by_replicate(const std::string& destination, int year) const {
    return yearly_.simulated(row(year), column(destination));
  }
  /// The year of the largest mean.
  int peak(const std::string& destination) const {
    int best = 2003;
    for (int year = 2003; year <= 2018; ++year) {
      if (mean(destination, year) > mean(destination, best)) best = year;
    }
    return best;
  }

 private:
  std::size_t row(int year) const {
    return static_cast<std::size_t>(year - world_.scenario.start.year());
  }
  std::size_t column(const std::string& destination) const {
    for (std::size_t d = 0; d < world_.destinations.size(); ++d) {
      if (world_.place(world_.destinations[d]).name == destination) return d;
    }
    throw std::runtime_error("no such destination: " + destination);
  }

  World world_;
  YearlyClaims yearly_;
};

const Claims& tightened() {
  static const Claims claims("canada-2013.yaml");
  return claims;
}

const Claims& open() {
  static const Claims claims("canada-open.yaml");
  return claims;
}

}  // namespace

TEST_CASE("reference case: the United Kingdom booms and busts") {
  const Claims& claims = tightened();
  CHECK(claims.peak("GBR") >= 2006);
  CHECK(claims.peak("GBR") <= 2008);
  CHECK(claims.mean("GBR", 2010) < 0.5 * claims.mean("GBR", claims.peak("GBR")));
}

TEST_CASE("reference case: Canada booms and falls when it tightens") {
  const Claims& claims = tightened();
  CHECK(claims.peak("CAN") >= 2011);
  CHECK(claims.peak("CAN") <= 2012);
  CHECK(claims.mean("CAN", 2013) <= 0.4 * claims.mean("CAN", 2012));
  CHECK(claims.mean("CAN", 2014) < 0.1 * claims.mean("CAN", 2012));
}

TEST_CASE("reference case: without its changes Canada does not fall") {
  CHECK(open().mean("CAN", 2013) > 0.7 * open().mean("CAN", 2012));
}

TEST_CASE("reference case: the two worlds are one until the first difference") {
  for (int year = 2003; year <= 2011; ++year) {
    REQUIRE(tightened().by_replicate("CAN", year) == open().by_replicate("CAN", year));
    REQUIRE(tightened().by_replicate("DEU", year) == open().by_replicate("DEU", year));
  }
}

TEST_CASE("reference case: Canada's tightening raises Germany's claims, paired by replicate") {
  std::vector<double> differences(kReplicates, 0.0);
  for (const int year : {2013, 2014}) {
    const auto with = tightened().by_replicate("DEU", year);
    const auto without = open().by_replicate("DEU", year);
    for (std::size_t r = 0; r < kReplicates; ++r) differences[r] += with[r] - without[r];
  }
  double mean = 0.0;
  for (const double difference : differences) mean += difference / kReplicates;
  double variance = 0.0;
  for (const double difference : differences)
    variance += (difference - mean) * (difference - mean) / (kReplicates - 1);
  const double half_width =
      1.677 * std::sqrt(variance / kReplicates);  // 95 % point of t with 49 degrees of freedom
  CAPTURE(mean, half_width);
  CHECK(mean >= 10.0);
  CHECK(mean - half_width > 0.0);
}
