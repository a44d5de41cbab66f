#include "run/fates.h"

#include "catch.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

constexpr int kFrom = 10;

void log(State& state, int month, PlaceId place, Ending ending = Ending::kClaim,
         std::size_t person = 0) {
  state.departures.push_back(
      {.person = PersonId{person}, .month = month, .place = place, .ending = ending});
}

/// Two states of the same people; in the own one person 0 left for alpha in month 12.
struct TwoWorlds {
  TwoWorlds() : stage(scenario(12)), own(stage.state), other(stage.state) { log(own, 12, kAlpha); }
  FateOf fate() const {
    const std::vector<FateOf> fates = find_fates(own, other, kFrom);
    REQUIRE(fates.size() == 1);
    return fates[0];
  }
  Stage stage;
  State own;
  State other;
};

}  // namespace

TEST_CASE("The same departure is unchanged") {
  TwoWorlds worlds;
  log(worlds.other, 12, kAlpha);
  CHECK(worlds.fate().fate == Fate::kUnchanged);
  CHECK(worlds.fate().place == kAlpha);
}

TEST_CASE("The same place in another month is earlier or delayed") {
  TwoWorlds earlier;
  log(earlier.other, 10, kAlpha);
  CHECK(earlier.fate().fate == Fate::kEarlier);
  CHECK(earlier.fate().months == -2);
  TwoWorlds delayed;
  log(delayed.other, 17, kAlpha);
  CHECK(delayed.fate().fate == Fate::kDelayed);
  CHECK(delayed.fate().months == 5);
}

TEST_CASE("Another place is elsewhere, in whatever month or category") {
  TwoWorlds worlds;
  log(worlds.other, 15, kBeta, Ending::kIrregular);
  CHECK(worlds.fate().fate == Fate::kElsewhere);
  CHECK(worlds.fate().elsewhere == kBeta);
  CHECK(worlds.fate().has_other_ending);
}

TEST_CASE("Another ending at the same place is another category, in whatever month") {
  for (const Ending ending : {Ending::kDeclared, Ending::kIrregular}) {
    TwoWorlds worlds;
    log(worlds.other, 13, kAlpha, ending);
    CHECK(worlds.fate().fate == Fate::kOtherCategory);
  }
}

TEST_CASE("A journey that goes on at the horizon is of no other category") {
  TwoWorlds worlds;
  log(worlds.other, 35, kAlpha, Ending::kTravelling);
  CHECK(worlds.fate().fate == Fate::kDelayed);
}

TEST_CASE("Without a departure the status at the horizon decides") {
  TwoWorlds worlds;
  CHECK(worlds.fate().fate == Fate::kStayed);
  worlds.other.people.rows[0].status = Status::kReturnedOrigin;
  CHECK(worlds.fate().fate == Fate::kReturned);
  worlds.other.people.rows[0].status = Status::kCommitted;
  CHECK(worlds.fate().fate == Fate::kCensored);
}

TEST_CASE("A departure that is stopped on the way does not count, the next one does") {
  TwoWorlds worlds;
  log(worlds.other, 12, kAlpha, Ending::kStopped);
  CHECK(worlds.fate().fate == Fate::kStayed);
  CHECK(worlds.fate().was_stopped);
  log(worlds.other, 14, kAlpha);
  CHECK(worlds.fate().fate == Fate::kDelayed);
  CHECK_FALSE(worlds.fate().was_stopped);

  TwoWorlds stopped;
  stopped.own.departures.clear();
  log(stopped.own, 12, kAlpha, Ending::kStopped);
  CHECK(find_fates(stopped.own, stopped.other, kFrom).empty());
}

TEST_CASE("Only the first departure from the month on counts") {
  TwoWorlds worlds;
  log(worlds.own, 20, kBeta);
  worlds.own.departures.insert(worlds.own.departures.begin(),
                               {.person = PersonId{0}, .month = 9, .place = kBeta});
  log(worlds.other, 9, kBeta);
  log(worlds.other, 12, kAlpha);
  CHECK(worlds.fate().fate == Fate::kUnchanged);
}

TEST_CASE("People are joined by who they are, not by their position") {
  Scenario larger = scenario(12);
  larger.groups[0].arrivals = {{1999, 12}, {2000, 12}};
  Stage own(scenario(24)), other(larger);
  // Own: two arrive in each month of 2000. Other: one in each month of 1999 and of 2000.
  log(own.state, 12, kAlpha, Ending::kClaim, 2);
  log(own.state, 12, kAlpha, Ending::kClaim, 3);
  log(other.state, 12, kAlpha, Ending::kClaim, 13);
  const std::vector<std::uint32_t> counterparts =
      find_counterparts(own.state.people, other.state.people);
  CHECK(counterparts[2] == 13);
  CHECK(counterparts[3] == kNobody);
  const std::vector<FateOf> fates = find_fates(own.state, other.state, kFrom);
  REQUIRE(fates.size() == 2);
  CHECK(fates[0].fate == Fate::kUnchanged);
  CHECK(fates[1].fate == Fate::kAbsent);
}

TEST_CASE("Who could never move in the other world stayed there") {
  Scenario calm = scenario(24);
  calm.parameters.set<"attention.restless_share">(0.5);
  Stage own(scenario(24)), other(calm);
  const std::vector<std::uint32_t> counterparts =
      find_counterparts(own.state.people, other.state.people);
  const auto stayers = std::ranges::count(counterparts, kStayer);
  CHECK(stayers > 0);
  CHECK(other.state.people.size() + static_cast<std::size_t>(stayers) == 24);
  CHECK(std::ranges::count(counterparts, kNobody) == 0);
  for (std::size_t i = 0; i < counterparts.size(); ++i) {
    if (counterparts[i] == kStayer) log(own.state, 12, kAlpha, Ending::kClaim, i);
  }
  const std::vector<FateOf> fates = find_fates(own.state, other.state, kFrom);
  CHECK(fates.size() == static_cast<std::size_t>(stayers));
  for (const FateOf& fate : fates) CHECK(fate.fate == Fate::kStayed);
}
