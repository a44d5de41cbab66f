#include "run/trace.h"

#include <set>

#include "catch.h"
#include "engine/simulate.h"
#include "run/signature_world.h"
#include "support/small_world.h"

using namespace onward;

namespace {

constexpr std::uint64_t kSeed = 5;

const World& signature_world() {
  static const World world(signature_scenario());
  return world;
}

Entity mover(std::uint32_t number) {
  ThreadTeam team(1);
  const MoverSearch search = find_mover(signature_world(), kSeed, 0, number, team);
  REQUIRE(search.person.has_value());
  return *search.person;
}

Trace trace(Entity person, int threads = 1) {
  ThreadTeam team(threads);
  auto result = trace_person(signature_world(), kSeed, 0, person, team);
  REQUIRE(result.has_value());
  return std::move(*result);
}

/// The lives of every fifth mover, each run once.
const std::vector<Trace>& lives() {
  static const std::vector<Trace> all = [] {
    std::vector<Trace> traced;
    for (std::uint32_t number = 0; number < 24; ++number)
      traced.push_back(trace(mover(5 * number)));
    return traced;
  }();
  return all;
}

/// Where a life as told leads: place and status after all its events.
struct Told {
  PlaceId home;
  PlaceId place = home;
  Status status = Status::kSettled;

  void hear(const event::Attention&) {}
  void hear(const event::Reopened&) { CHECK(status == Status::kCommitted); }
  void hear(const event::Considered& considered) {
    CHECK(considered.at == place);
    if (status == Status::kCommitted) status = Status::kSettled;  // until committed again
  }
  void hear(const event::Committed&) { status = Status::kCommitted; }
  void hear(const event::NoRoom&) { CHECK(status == Status::kCommitted); }
  void hear(const event::Departed& departed) {
    CHECK(departed.from == place);
    status = Status::kTravelling;
  }
  void hear(const event::JourneyEnded& journey) {
    CHECK(status == Status::kTravelling);
    if (!journey.stopped) place = journey.place;
    if (journey.stopped && journey.from == home) status = Status::kSettled;
  }
  void hear(const event::Claim& claim) {
    if (claim.filed) status = Status::kPending;
  }
  void hear(const event::Ruled& ruled) {
    CHECK(status == Status::kPending);
    if (ruled.ruling.outcome == Outcome::kRecognised) status = Status::kRecognised;
    if (ruled.ruling.outcome == Outcome::kOther) status = Status::kOther;
  }
  void hear(const event::AppealFiled&) { status = Status::kAppeal; }
  void hear(const event::AppealDecided& appeal) {
    CHECK(status == Status::kAppeal);
    if (appeal.won) status = Status::kRecognised;
  }
  void hear(const event::WithoutStatus&) { status = Status::kIrregular; }
  void hear(const event::CameHome& back) {
    CHECK(back.from == place);
    place = home;
    status = Status::kSettled;
  }
  void hear(const event::Resettled& journey) {
    CHECK(journey.from == place);
    place = journey.place;
    status = Status::kRecognised;
  }
  void hear(const event::Reunited&) { CHECK(status == Status::kRecognised); }
  void hear(const event::SentBack&) { status = Status::kReturnedOrigin; }
  void hear(const event::FledAgain&) { status = Status::kSettled; }
  void hear(const event::LeftForOrigin&) { status = Status::kReturnedOrigin; }
};

double total(const Weighed& weighed) {
  return weighed.alternative.utility + weighed.alternative.error;
}

}  // namespace

TEST_CASE("A traced run measures what an untraced one does, with any number of threads") {
  ThreadTeam team(1);
  const auto untraced = simulate(signature_world(), kSeed, 0, team);
  REQUIRE(untraced.has_value());
  const Entity person = mover(10);
  const Trace one = trace(person);
  CHECK(one.measures == *untraced);
  CHECK(one.events.size() > 4);
  CHECK(trace(person, 3).measures == *untraced);
}

TEST_CASE("What is told of a life leads to where the person stands at the end") {
  std::set<Status> seen;
  for (const Trace& life : lives()) {
    Told told{.home = signature_world().group(life.portrait.group).home};
    int month = 0;
    for (const Event& event : life.events) {
      CHECK(event.month >= month);
      month = event.month;
      std::visit([&told](const auto& what) { told.hear(what); }, event.what);
    }
    CAPTURE(life.portrait.arrival.count, life.portrait.number);
    CHECK(told.status == life.end.status);
    CHECK(told.place == life.end.place);
    seen.insert(life.end.status);
  }
  CHECK(seen.size() >= 4);  // recognised, settled again, irregular, another protection ...
}

TEST_CASE("The chosen alternative has the largest utility plus error") {
  std::size_t considered = 0;
  for (const Trace& life : lives()) {
    for (const Event& event : life.events) {
      const auto* choice = std::get_if<event::Considered>(&event.what);
      if (choice == nullptr) continue;
      ++considered;
      for (const Weighed& other : choice->alternatives)
        CHECK(total(other) <= total(choice->alternatives[choice->chosen]));
    }
  }
  CHECK(considered >= lives().size());
}

TEST_CASE("Movers are numbered by month of first departure, each person once") {
  std::set<std::uint64_t> people;
  int before = 0;
  for (const Trace& life : lives()) {
    const Portrait& who = life.portrait;
    const Entity person = person_entity(signature_world(), who.group, who.arrival, who.number);
    CHECK(people.insert(person.value).second);
    for (const Event& event : life.events) {
      if (!std::holds_alternative<event::Departed>(event.what)) continue;
      CHECK(event.month >= before);
      before = event.month;
      break;
    }
  }
}

TEST_CASE("A search for more movers than there are says how many there are") {
  Scenario still = small::scenario(20);
  still.parameters.set<"attention.base">(0.0);
  const World world(still);
  ThreadTeam team(1);
  const MoverSearch search = find_mover(world, 1, 0, 0, team);
  CHECK_FALSE(search.person.has_value());
  CHECK(search.movers == 0);
  CHECK_FALSE(search.stopped);
}

TEST_CASE("A person is portrayed as drawn in the run") {
  const World& world = signature_world();
  ThreadTeam team(1);
  Simulation simulation = begin(world, run_key(kSeed, 0));
  const People& people = simulation.state.people;
  for (std::size_t i = 0; i < people.size(); i += 97) {
    const PersonId id{i};
    const Portrait portrait = portray(world, simulation.key, people.entity_of(id));
    CHECK(portrait.group == people.group_of(id));
    CHECK(portrait.arrival == people.arrival(id));
    CHECK(portrait.traits == people.rows[i].traits);
    CHECK(portrait.age == people.rows[i].age);
    CHECK(portrait.tastes.protection ==
          tastes(people, id, {.world = world, .index = 0, .key = simulation.key}).protection);
    CHECK(person_entity(world, portrait.group, portrait.arrival, portrait.number) ==
          people.entity_of(id));
  }
}

TEST_CASE("The life of a stayer, who has no row in other runs, is told as well") {
  Scenario calm = small::scenario(120);
  calm.parameters.set<"attention.restless_share">(0.5);
  const World world(calm);
  ThreadTeam team(2);
  const YearMonth arrival{2000, 1};
  int stayers = 0;
  for (std::uint32_t number = 0; number < 10; ++number) {
    const auto trace =
        trace_person(world, kSeed, 0, person_entity(world, GroupId{0}, arrival, number), team);
    CHECK(trace->measures == *simulate(world, kSeed, 0, team));
    if (trace->portrait.has(Trait::kRestless)) continue;
    ++stayers;
    CHECK(trace->events.empty());
    CHECK(trace->end.place == small::kHome);
    CHECK(trace->end.status == Status::kSettled);
    CHECK(trace->community.index() == 0);  // of the first ten
  }
  CHECK(stayers > 0);
}

TEST_CASE("A trace that is stopped is empty") {
  ThreadTeam team(1);
  const Entity person = person_entity(signature_world(), GroupId{0}, YearMonth{1999, 1}, 0);
  CHECK_FALSE(
      trace_person(signature_world(), kSeed, 0, person, team, [] { return true; }).has_value());
  CHECK(find_mover(signature_world(), kSeed, 0, 0, team, [] { return true; }).stopped);
}
