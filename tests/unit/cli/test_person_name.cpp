#include "cli/person_name.h"

#include "catch.h"
#include "cli/command.h"
#include "support/small_world.h"

using namespace onward;

namespace {

/// One group; 24 people arrive in 2000, two a month, one in 2002 and thirty after the end.
const World& world() {
  static const World small([] {
    Scenario s = small::scenario(24);
    s.groups[0].arrivals[2002] = 1;
    s.groups[0].arrivals[2004] = 30;
    return s;
  }());
  return small;
}

Entity person(const std::string& name) { return std::get<Entity>(read_person_name(world(), name)); }

std::string refusal(const std::string& name) {
  try {
    read_person_name(world(), name);
  } catch (const UsageError& error) {
    return error.what();
  }
  FAIL("taken as a person: " << name);
  return {};
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A name reads back as the person it was made from") {
  for (const char* name : {"people:2000-01:0", "people:2000-12:1", "people:2002-12:0"}) {
    const Portrait portrait = portray(world(), run_key(1, 0), person(name));
    CHECK(person_name(world(), portrait) == name);
  }
  CHECK(person("people:2000-03:1") == person_entity(world(), small::kGroup, YearMonth{2000, 3}, 1));
}

TEST_CASE("Movers are asked for by number") {
  CHECK(std::get<Mover>(read_person_name(world(), "first-mover")).number == 0);
  CHECK(std::get<Mover>(read_person_name(world(), "mover:17")).number == 17);
}

TEST_CASE("Who is not there is refused by saying who is") {
  CHECK(has(refusal("folk:2000-01:0"), "no group 'folk'; there is: people"));
  for (const char* month : {"2001-05", "2004-05", "1850-01", "2000-13", "May", ""}) {
    CAPTURE(month);
    CHECK(has(refusal(std::string("people:") + month + ":0"),
              "its people arrive in 2000-01 to 2000-12, 2002-12"));
  }
  for (const char* number : {"2", "-1", "x", "", "4294967296", "1 "}) {
    CAPTURE(number);
    CHECK(has(refusal(std::string("people:2000-04:") + number), "there is: 0 to 1"));
  }
}

TEST_CASE("What is no name at all is refused by saying how a name looks") {
  for (const char* text :
       {"", "somebody", "mover", "mover:", "mover:x", "mover:-1", ":", "people:0"})
    CHECK(has(refusal(text), "GROUP:YYYY-MM:NUMBER"));
  CHECK(has(refusal("::"), "no group ''"));
}
