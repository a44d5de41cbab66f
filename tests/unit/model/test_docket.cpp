#include "model/docket.h"

#include "catch.h"

using namespace onward;

namespace {

Move case_of(std::size_t person, int due, std::size_t place = 0, std::size_t group = 0) {
  return {
      .person = PersonId{person}, .group = GroupId{group}, .place = PlaceId{place}, .ready = due};
}

template <class List>
std::vector<std::size_t> people_of(const List& moves) {
  std::vector<std::size_t> people;
  for (std::size_t i = 0; i < moves.size(); ++i) people.push_back(moves[i].person.index());
  return people;
}

const auto kAll = [](const Move&) { return true; };

}  // namespace

TEST_CASE("Due cases are taken up in order of filing, and the others keep their places") {
  Docket docket;
  for (const auto& [person, due] : {std::pair{0, 3}, {1, 1}, {2, 2}, {3, 1}, {4, 5}})
    docket.file(case_of(static_cast<std::size_t>(person), due));
  CHECK(docket.take_due(0, kAll).empty());
  CHECK(people_of(docket.take_due(1, kAll)) == std::vector<std::size_t>{1, 3});
  CHECK(people_of(docket.cases()) == std::vector<std::size_t>{0, 2, 4});
  CHECK(people_of(docket.take_due(4, kAll)) == std::vector<std::size_t>{0, 2});
  CHECK(docket.size() == 1);
  CHECK(people_of(docket.take_due(5, kAll)) == std::vector<std::size_t>{4});
  CHECK(docket.empty());
}

TEST_CASE("A due case that is not taken up is asked again, before later ones") {
  Docket docket;
  for (std::size_t i = 0; i < 6; ++i) docket.file(case_of(i, 0));
  for (std::size_t month = 0; month < 6; month += 2) {
    std::size_t left = 2;
    const auto two = docket.take_due(0, [&](const Move&) { return left > 0 && left-- > 0; });
    CHECK(people_of(two) == std::vector<std::size_t>{month, month + 1});
    docket.file(case_of(10 + month, 9));
  }
  CHECK(people_of(docket.cases()) == std::vector<std::size_t>{10, 12, 14});
}

TEST_CASE("Cases are counted by place and group") {
  Docket docket;
  docket.file(case_of(0, 0, 1, 2));
  docket.file(case_of(1, 4, 1, 2));
  docket.file(case_of(2, 0, 3, 0));
  CHECK(docket.count(PlaceId{1}, GroupId{2}) == 2);
  CHECK(docket.count(PlaceId{3}, GroupId{0}) == 1);
  CHECK(docket.count(PlaceId{1}, GroupId{0}) == 0);
  CHECK(docket.count(PlaceId{63}, GroupId{200}) == 0);
  docket.take_due(0, kAll);
  CHECK(docket.count(PlaceId{1}, GroupId{2}) == 1);
  CHECK(docket.count(PlaceId{3}, GroupId{0}) == 0);
}

TEST_CASE("Due cases are counted by place until they are taken up") {
  Docket docket;
  for (std::size_t i = 0; i < 6; ++i) docket.file(case_of(i, i == 3 ? 9 : 2, i % 2));
  const auto due = [&](int month) {
    return std::pair{docket.due(PlaceId{0}, month), docket.due(PlaceId{1}, month)};
  };
  CHECK(due(1) == std::pair{0, 0});
  CHECK(due(2) == std::pair{3, 2});
  CHECK(due(9) == std::pair{3, 3});
  docket.take_due(2, [](const Move& move) { return move.person.index() < 2; });
  CHECK(due(2) == std::pair{2, 1});
  docket.file(case_of(6, 1, 1));  // due before it was filed
  CHECK(due(2) == std::pair{2, 2});
  CHECK(due(9) == std::pair{2, 3});
  docket.take_due(9, kAll);
  CHECK(due(9) == std::pair{0, 0});
}

TEST_CASE("Cases due in different months are taken up in the order of their filing") {
  Docket docket;
  for (const auto& [person, due] : {std::pair{0, 2}, {1, 1}, {2, 3}, {3, 1}, {4, 2}})
    docket.file(case_of(static_cast<std::size_t>(person), due));
  docket.take_due(1, [](const Move&) { return false; });
  docket.file(case_of(5, 0));
  CHECK(people_of(docket.cases()) == std::vector<std::size_t>{0, 1, 2, 3, 4, 5});
  CHECK(people_of(docket.take_due(2, [](const Move& move) { return move.person.index() != 3; })) ==
        std::vector<std::size_t>{0, 1, 4, 5});
  CHECK(people_of(docket.take_due(3, kAll)) == std::vector<std::size_t>{2, 3});
}
