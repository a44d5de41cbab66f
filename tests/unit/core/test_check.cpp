#include "core/check.h"

#include "catch.h"
#include "support/aborts.h"

using namespace onward;

TEST_CASE("A problem is printed with its place, its rule and a suggestion") {
  const Problem problem{
      {"world.yaml", 12, 5}, "unknown key 'recogniton'", "no lever of this name", "recognition"};
  CHECK(to_text(problem) ==
        "world.yaml:12:5: unknown key 'recogniton' (no lever of this name). recognition?");
}

TEST_CASE("A problem without position, rule or suggestion leaves them out") {
  CHECK(to_text({{"--set", 0, 0}, "no value", "", ""}) == "--set: no value.");
  CHECK(to_text({{"--set", 0, 0}, "no value", "write name=value", ""}) ==
        "--set: no value (write name=value).");
  CHECK(to_text({{"--set", 0, 0}, "no value", "", "a=1"}) == "--set: no value. a=1?");
}

TEST_CASE("An input error carries all problems, one on a line") {
  const std::vector<Problem> problems{{{"a", 1, 2}, "first", "", ""},
                                      {{"b", 3, 4}, "second", "", ""}};
  const InputError error(problems);
  CHECK(error.problems() == problems);
  CHECK(std::string(error.what()) == "a:1:2: first.\nb:3:4: second.");
}

TEST_CASE("A check that fails says where and aborts") {
  const Ending ending = ending_of([] { EXPECT(1 + 1 == 3); });
  CHECK(ending.aborted);
  CHECK(ending.message.find("test_check.cpp:") != std::string::npos);
  CHECK(ending.message.find("internal check failed: 1 + 1 == 3") != std::string::npos);
  CHECK(ending_of([] { ENSURE(false); }).aborted);
}

TEST_CASE("A check that holds does nothing and evaluates its condition once") {
  int times = 0;
  EXPECT(++times == 1);
  CHECK(times == 1);
  CHECK_FALSE(ending_of([] { EXPECT(true); }).aborted);
}
