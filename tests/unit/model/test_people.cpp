#include "model/people.h"

#include <cmath>

#include "catch.h"
#include "model/life.h"
#include "model/purpose.h"
#include "support/small_world.h"
#include "support/statistics.h"

using namespace onward;
using namespace onward::small;

namespace {

const RunKey kRun = run_key(3, 0);

std::size_t count_of(const People& people, Trait trait) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < people.size(); ++i) count += people.has(PersonId{i}, trait) ? 1 : 0;
  return count;
}

Month month_of(const World& world, int index) {
  return {.world = world, .index = index, .key = kRun};
}

}  // namespace

TEST_CASE("The arrivals of a year's months sum to the year's count and are spread evenly") {
  Group group;
  for (const int count : {0, 1, 5, 11, 12, 13, 29, 1000, 2706}) {
    group.arrivals = {{2005, count}};
    std::uint32_t sum = 0;
    for (int m = 1; m <= 12; ++m) {
      const std::uint32_t arrivals = arrivals_in(group, YearMonth{2005, m});
      sum += arrivals;
      CHECK(arrivals >= static_cast<std::uint32_t>(count / 12));
      CHECK(arrivals <= static_cast<std::uint32_t>((count + 11) / 12));
    }
    CHECK(sum == static_cast<std::uint32_t>(count));
  }
  CHECK(arrivals_in(group, YearMonth{2004, 12}) == 0);
  CHECK(arrivals_in(group, YearMonth{2006, 1}) == 0);
}

TEST_CASE("A person's attributes have the shares of the group") {
  Scenario s = scenario();
  Group& group = s.groups[0];
  group.female = {{2000, 0.7}};
  group.kin = 0.6;
  group.english = 0.15;
  group.hidden_origin = 0.3;
  group.record = 0.9;
  group.genuine = 0.8;
  group.restless = 0.5;
  s.parameters.set<"attention.restless_share">(0.4);
  group.ages = {{.from = 0, .to = 14, .share = 1.0, .children = 0.0, .tertiary = 0.0},
                {.from = 15, .to = 59, .share = 3.0, .children = 0.5, .tertiary = 0.2}};
  const World world(s);
  const std::size_t n = sample_size(200'000);
  const People people = crowd(world, kRun, n);
  CHECK(agrees(count_of(people, Trait::kFemale), n, 0.7));
  CHECK(agrees(count_of(people, Trait::kKin), n, 0.6));
  CHECK(agrees(count_of(people, Trait::kEnglish), n, 0.15));
  CHECK(agrees(count_of(people, Trait::kHiddenOrigin), n, 0.3));
  CHECK(agrees(count_of(people, Trait::kRecord), n, 0.9));
  CHECK(agrees(count_of(people, Trait::kGenuine), n, 0.8));
  CHECK(agrees(count_of(people, Trait::kRestless), n, 0.2));
  CHECK(agrees(count_of(people, Trait::kChildren), n, 0.75 * 0.5));
  CHECK(agrees(count_of(people, Trait::kTertiary), n, 0.75 * 0.2));
}

TEST_CASE("Attributes of one person are independent of one another") {
  Scenario s = scenario();
  s.groups[0].kin = s.groups[0].english = s.groups[0].record = s.groups[0].hidden_origin = 0.5;
  s.parameters.set<"attention.restless_share">(0.5);
  const World world(s);
  const std::size_t n = sample_size(50'000);
  const People people = crowd(world, kRun, n);
  const Trait traits[] = {Trait::kFemale, Trait::kKin,          Trait::kEnglish,
                          Trait::kRecord, Trait::kHiddenOrigin, Trait::kRestless};
  for (const Trait a : traits) {
    for (const Trait b : traits) {
      if (a == b) continue;
      std::size_t both = 0;
      for (std::size_t i = 0; i < n; ++i)
        both += people.has(PersonId{i}, a) && people.has(PersonId{i}, b) ? 1 : 0;
      CHECK(agrees(both, n, 0.25));
    }
  }
}

TEST_CASE("Ages are uniform over the months of their class") {
  Scenario s = scenario();
  s.groups[0].ages = {{.from = 20, .to = 21, .share = 1.0}};
  const World world(s);
  const std::size_t n = sample_size(50'000);
  std::vector<double> counts(24, 0.0);
  for (const Person& person : crowd(world, kRun, n).rows) {
    const std::uint16_t age = person.age;
    REQUIRE(age >= 240);
    REQUIRE(age < 264);
    counts[age - 240u] += 1.0;
  }
  CHECK(chi_square_excess(counts, std::vector<double>(24, static_cast<double>(n) / 24.0)) < 1.0);
}

TEST_CASE("The share of women is that of the nearest year in the table") {
  Scenario s = scenario();
  s.groups[0].female = {{2000, 0.0}, {2006, 1.0}};
  s.end = {2020, 12};
  const World world(s);
  const auto women = [&](int year) {
    return count_of(crowd(world, kRun, 50, YearMonth{year, 5}), Trait::kFemale);
  };
  for (const int year : {1990, 2000, 2002, 2003}) CHECK(women(year) == 0);
  for (const int year : {2004, 2006, 2020}) CHECK(women(year) == 50);
}

TEST_CASE("A person is the same whoever else is drawn and wherever the group stands") {
  Scenario s = scenario();
  s.groups[0].kin = 0.5;
  s.groups[0].savings = 5.0;
  s.groups[0].savings_spread = 1.0;
  const World world(s);
  Scenario wider = s;
  wider.groups.insert(wider.groups.begin(), s.groups[0]);
  wider.groups[0].name = "others";
  for (Place& place : wider.places) place.levers.push_back(place.levers[0]);
  const World other(wider);

  const YearMonth arrival{2001, 4};
  People alone;
  const double region = add_person(alone, world, kRun, kGroup, arrival, 17);
  People many = crowd(other, kRun, 30, YearMonth{2001, 3}, GroupId{0});
  const double region_again = add_person(many, other, kRun, GroupId{1}, arrival, 17);
  CHECK(region == region_again);
  CHECK(alone.entity_of(PersonId{0}) == many.entity_of(PersonId{30}));
  CHECK(alone.rows[0].traits == many.rows.back().traits);
  CHECK(alone.rows[0].age == many.rows.back().age);
  CHECK(savings(alone, PersonId{0}, month_of(world, 5)) ==
        savings(many, PersonId{30}, month_of(other, 5)));
  CHECK(!(many.entity_of(PersonId{30}) == many.entity_of(PersonId{17})));
}

TEST_CASE("A newcomer is settled at home, without debts or attempts") {
  const World world(scenario());
  const People people = crowd(world, kRun, 3, YearMonth{2001, 4});
  CHECK(people.size() == 3);
  CHECK(people.arrival(PersonId{2}) == YearMonth{2001, 4});
  CHECK(people.group_of(PersonId{2}) == kGroup);
  CHECK(people.place_of(PersonId{2}) == kHome);
  CHECK(people.rows[2].status == Status::kSettled);
  CHECK(people.rows[2].spent == 0.0f);
  CHECK(people.rows[2].debt == 0.0f);
  CHECK(people.rows[2].attempts == 0);
  CHECK_FALSE(people.was_refused(PersonId{2}, kAlpha));
}

TEST_CASE("The draw of the region is uniform") {
  const World world(scenario());
  People people;
  std::vector<double> draws;
  for (std::size_t i = 0; i < sample_size(50'000); ++i) {
    draws.push_back(
        add_person(people, world, kRun, kGroup, YearMonth{2001, 1}, static_cast<std::uint32_t>(i)));
  }
  CHECK(kolmogorov_excess(draws, [](double x) { return x; }) < 1.0);
}

TEST_CASE("Tastes are log-normal with the parameter as median, and last a lifetime") {
  Scenario s = scenario();
  s.parameters.set<"choice.protection">(4.0);
  s.parameters.set<"choice.protection_spread">(0.5);
  s.parameters.set<"choice.school">(-2.0);
  s.parameters.set<"choice.school_spread">(0.3);
  s.parameters.set<"choice.diaspora_spread">(0.0);
  const World world(s);
  const std::size_t n = sample_size(50'000);
  const People people = crowd(world, kRun, n);
  std::vector<double> protection, school;
  for (std::size_t i = 0; i < n; ++i) {
    const Tastes taste = tastes(people, PersonId{i}, month_of(world, 0));
    protection.push_back(std::log(taste.protection / 4.0) / 0.5);
    school.push_back(std::log(taste.school / -2.0) / 0.3);
    if (taste.diaspora != s.parameters.get<"choice.diaspora">())
      FAIL("a taste without spread varies");
  }
  const auto normal_cdf = [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); };
  CHECK(kolmogorov_excess(protection, normal_cdf) < 1.0);
  CHECK(kolmogorov_excess(school, normal_cdf) < 1.0);
  CHECK(tastes(people, PersonId{7}, month_of(world, 0)).cost ==
        tastes(people, PersonId{7}, month_of(world, 30)).cost);
}

TEST_CASE("A row and its number tell who the person is, whoever came in which order") {
  Scenario s = scenario();
  s.groups.push_back(s.groups[0]);
  s.groups[1].name = "others";
  for (Place& place : s.places) place.levers.push_back(place.levers[0]);
  const World world(s);
  struct Some {
    GroupId group;
    YearMonth arrival;
    std::uint32_t number;
  };
  const std::vector<Some> all{{GroupId{1}, {2003, 3}, 7},
                              {GroupId{0}, {2002, 12}, 0},
                              {GroupId{1}, {1995, 12}, 4'000'000'000},
                              {GroupId{1}, {2003, 3}, 8}};
  People people;
  for (const Some& one : all) add_person(people, world, kRun, one.group, one.arrival, one.number);
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK(people.entity_of(PersonId{i}) ==
          person_entity(world, all[i].group, all[i].arrival, all[i].number));
  }
}

TEST_CASE("A person is half a line of the cache") {
  CHECK(sizeof(Person) == 32);
  Column<Person> people(3);
  CHECK(reinterpret_cast<std::uintptr_t>(people.data()) % sizeof(Person) == 0);
}

TEST_CASE("The restless have the whole hazard and the settled the ratio of it") {
  const World world(scenario());
  People people = crowd(world, kRun, 1);
  Parameters parameters;
  parameters.set<"attention.settled_ratio">(0.07);
  people.rows[0].traits = static_cast<std::uint16_t>(Trait::kRestless);
  CHECK(restlessness(people, PersonId{0}, parameters) == 1.0);
  people.rows[0].traits = 0;
  CHECK(restlessness(people, PersonId{0}, parameters) == 0.07);
}

TEST_CASE("A change of standing moves one person in the stock") {
  Stage stage(scenario());
  const auto stock = [&](PlaceId place, Status status) {
    return stage.state
        .stock[place.index() * kStatusNames.size() + static_cast<std::size_t>(status)];
  };
  CHECK(stock(kHome, Status::kSettled) == 120);
  set_standing(stage.state, PersonId{4}, kBeta, Status::kPending);
  CHECK(stock(kHome, Status::kSettled) == 119);
  CHECK(stock(kBeta, Status::kPending) == 1);
  CHECK(stage.state.people.place_of(PersonId{4}) == kBeta);
  CHECK(stage.state.people.rows[4].status == Status::kPending);
  set_standing(stage.state, PersonId{4}, kBeta, Status::kPending);
  CHECK(stock(kBeta, Status::kPending) == 1);
}

TEST_CASE("New arrivals are dispersed, or refused citizenship, in the share of the month's lever") {
  Scenario s = scenario();
  s.groups[0].record = 1.0;
  levers(s, kHome).set<"housing_dispersal">(0.4);
  levers(s, kHome).set<"nationality_refused">(0.2);
  s.policy = {
      change(s.start + 6, kHome, lever_index<"housing_dispersal">(), 0.0, Publicity::kSilent)};
  const World world(s);
  const std::size_t n = sample_size(20'000);
  const People early = crowd(world, kRun, n, s.start + 5);
  const People late = crowd(world, kRun, n, s.start + 6);
  CHECK(agrees(count_of(early, Trait::kDispersed), n, 0.4));
  CHECK(count_of(late, Trait::kDispersed) == 0);
  CHECK(agrees(count_of(late, Trait::kNationalityRefused), n, 0.2));
  for (std::size_t i = 0; i < n; ++i)
    CHECK(late.has(PersonId{i}, Trait::kRecord) !=
          late.has(PersonId{i}, Trait::kNationalityRefused));
}
