#include "run/replicates.h"

#include <atomic>
#include <map>
#include <mutex>
#include <stdexcept>
#include <vector>

#include "catch.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

/// Keeps everything that it is told.
class Keeper : public Observer {
 public:
  void replicate_finished(std::uint32_t replicate, const Measures& measures) override {
    const int others = inside_++;
    alone_ = alone_ && others == 0;
    fresh_ = kept_.emplace(replicate, measures).second && fresh_;
    --inside_;
  }
  const std::map<std::uint32_t, Measures>& kept() const { return kept_; }
  bool alone() const { return alone_; }
  bool fresh() const { return fresh_; }

 private:
  std::map<std::uint32_t, Measures> kept_;
  std::atomic<int> inside_{0};
  bool alone_ = true;
  bool fresh_ = true;
};

class Thrower : public Observer {
 public:
  void replicate_finished(std::uint32_t replicate, const Measures&) override {
    if (replicate == 2) throw std::runtime_error("disk full");
  }
};

Scenario lively() {
  Scenario s = scenario(240);
  s.parameters.set<"attention.base">(0.05);
  return s;
}

std::map<std::uint32_t, Measures> kept_of(const World& world, const ReplicatePlan& plan) {
  Keeper keeper;
  Observer* const observers[] = {&keeper};
  CHECK(run_replicates(world, plan, observers));
  CHECK(keeper.alone());
  CHECK(keeper.fresh());
  return keeper.kept();
}

}  // namespace

TEST_CASE("Every replicate is run once and is the one that simulate gives") {
  const World world(lively());
  const auto kept = kept_of(world, {.seed = 7, .first = 5, .count = 4, .threads = 1});
  REQUIRE(kept.size() == 4);
  ThreadTeam team(1);
  for (const auto& [replicate, measures] : kept) {
    CHECK(replicate >= 5);
    CHECK(replicate < 9);
    CHECK(measures == *simulate(world, 7, replicate, team));
    CHECK(total(measures, measure_index<"departures">()) > 0);
  }
}

TEST_CASE("Threads over replicates and threads over people give the same results") {
  const World world(lively());
  const auto one = kept_of(world, {.seed = 7, .count = 3, .threads = 1});
  CHECK(kept_of(world, {.seed = 7, .count = 3, .threads = 2}) == one);
  CHECK(kept_of(world, {.seed = 7, .count = 3, .threads = 3}) == one);
  CHECK(kept_of(world, {.seed = 7, .count = 3, .threads = 8}) == one);
  for (const int threads : {2, 3, 8}) {
    ThreadTeam over_people(threads);
    for (const auto& [replicate, measures] : one)
      CHECK(*simulate(world, 7, replicate, over_people) == measures);
  }
}

TEST_CASE("Threads are spread where they find most work") {
  const World small(scenario(10'000));
  const World large(scenario(100'000'000));
  const auto shares = [](const World& world, std::uint32_t count, int threads) {
    return share_threads({.count = count, .threads = threads}, world);
  };
  CHECK(shares(small, 1, 1) == ThreadShares{1, 1});
  CHECK(shares(small, 1, 8) == ThreadShares{1, 1});
  CHECK(shares(small, 3, 8) == ThreadShares{3, 1});
  CHECK(shares(small, 100, 8) == ThreadShares{8, 1});
  CHECK(shares(large, 1, 8) == ThreadShares{1, 8});
  CHECK(shares(large, 3, 8) == ThreadShares{1, 8});
  CHECK(shares(large, 8, 8) == ThreadShares{8, 1});
  CHECK(shares(large, 2, 1) == ThreadShares{1, 1});
  CHECK(shares(World(scenario(150'000)), 1, 8) == ThreadShares{1, 3});
}

TEST_CASE("Every replicate is worked on by the threads of its share") {
  std::mutex mutex;
  std::map<std::uint32_t, int> threads;
  const auto work = [&](std::uint32_t replicate, ThreadTeam& over_people) {
    const std::lock_guard lock(mutex);
    threads[replicate] = over_people.size();
    return true;
  };
  CHECK(for_each_replicate({.first = 2, .count = 2, .threads = 8}, {1, 3}, work));
  CHECK(threads == std::map<std::uint32_t, int>{{2, 3}, {3, 3}});
  threads.clear();
  CHECK(for_each_replicate({.count = 2, .threads = 8}, {2, 1}, work));
  CHECK(threads == std::map<std::uint32_t, int>{{0, 1}, {1, 1}});
}

TEST_CASE("A replicate does not depend on which others are run") {
  const World world(lively());
  const auto all = kept_of(world, {.seed = 7, .count = 4, .threads = 1});
  const auto last = kept_of(world, {.seed = 7, .first = 3, .count = 1, .threads = 1});
  CHECK(all.at(3) == last.at(3));
  CHECK_FALSE(all.at(2) == last.at(3));
}

TEST_CASE("Every observer is told, and progress reaches the total") {
  const World world(lively());
  for (const int threads : {1, 3}) {
    Keeper first, second;
    Observer* const observers[] = {&first, &second};
    std::vector<double> progress;
    const bool finished = run_replicates(world, {.count = 4, .threads = threads}, observers,
                                         [&](double done, double total) {
                                           CHECK(total == 4.0);
                                           progress.push_back(done);
                                         });
    CHECK(finished);
    CHECK(first.kept() == second.kept());
    CHECK(first.kept().size() == 4);
    REQUIRE_FALSE(progress.empty());
    CHECK(std::is_sorted(progress.begin(), progress.end()));
    CHECK(progress.back() == 4.0);
  }
}

TEST_CASE("A run that is told to stop reports only what was finished") {
  const World world(lively());
  Keeper keeper;
  Observer* const observers[] = {&keeper};
  std::atomic<int> asked{0};
  const int limit = 2 * world.scenario.months() + 5;
  CHECK_FALSE(run_replicates(world, {.count = 6, .threads = 1}, observers, {},
                             [&] { return ++asked > limit; }));
  CHECK(keeper.kept().size() == 2);
  CHECK(asked == limit + 1);
}

TEST_CASE("What an observer throws reaches the caller") {
  const World world(lively());
  Thrower thrower;
  Observer* const observers[] = {&thrower};
  for (const int threads : {1, 2}) {
    CHECK_THROWS_WITH(run_replicates(world, {.count = 4, .threads = threads}, observers),
                      "disk full");
  }
}
