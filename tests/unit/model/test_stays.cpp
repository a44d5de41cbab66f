#include "model/stays.h"

#include "catch.h"

using namespace onward;

namespace {

constexpr std::size_t kMany = 50'000;

/// Stays whose patience goes from 0 to 1 and begins anew every thousand people.
Stays many() {
  Stays stays;
  for (std::size_t i = 0; i < kMany; ++i)
    stays.add({.person = PersonId{i}, .patience = static_cast<double>(1 + i % 1000) / 1000});
  return stays;
}

}  // namespace

TEST_CASE("Those whose patience is worn out leave in order, on any number of threads") {
  for (const int threads : {1, 2, 4}) {
    ThreadTeam team(threads);
    Stays stays = many();
    std::vector<bool> gone(kMany, false);
    for (int month = 1; month <= 4; ++month) {
      CAPTURE(threads, month);
      const std::vector<Stay> leavers = stays.wear_out(team, [](const Stay&) { return 0.25; });
      CHECK(leavers.size() == kMany / 4);
      CHECK(stays.size() == kMany - static_cast<std::size_t>(month) * kMany / 4);
      CHECK(stays.all().size() == stays.size());
      CHECK(std::is_sorted(leavers.begin(), leavers.end(), [](const Stay& a, const Stay& b) {
        return a.person.index() < b.person.index();
      }));
      for (const Stay& stay : leavers) {
        REQUIRE(stay.patience <= 0.0);
        REQUIRE_FALSE(gone[stay.person.index()]);
        gone[stay.person.index()] = true;
      }
    }
    CHECK(stays.empty());
  }
}

TEST_CASE("Who is added after others have left stands behind those who are left") {
  Stays stays;
  for (std::size_t i = 0; i < 4; ++i)
    stays.add({.person = PersonId{i}, .patience = i % 2 == 0 ? 1.0 : 9.0});
  stays.wear_out(one_thread(), [](const Stay&) { return 1.0; });
  stays.add({.person = PersonId{7}, .patience = 1.0});
  const std::vector<Stay> all = stays.all();
  REQUIRE(all.size() == 3);
  CHECK(all[0].person == PersonId{1});
  CHECK(all[1].person == PersonId{3});
  CHECK(all[2].person == PersonId{7});
}
