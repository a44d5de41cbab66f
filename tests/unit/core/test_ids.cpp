#include "core/ids.h"

#include <type_traits>

#include "catch.h"

using namespace onward;

namespace {

using AppleId = Id<struct AppleTag>;
using PearId = Id<struct PearTag>;

}  // namespace

TEST_CASE("Ids of different kinds do not convert into one another") {
  STATIC_REQUIRE_FALSE(std::is_convertible_v<AppleId, PearId>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<AppleId, PearId>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<std::size_t, AppleId>);
}

TEST_CASE("An id is a position that compares like one") {
  CHECK(AppleId{}.index() == 0);
  CHECK(AppleId{7}.index() == 7);
  CHECK(AppleId{3} < AppleId{4});
  CHECK(AppleId{3} == AppleId{3});
}

TEST_CASE("The key of a name is its 32-bit FNV-1a hash") {
  // Published values of the hash.
  STATIC_REQUIRE(name_key("") == 0x811c9dc5u);
  STATIC_REQUIRE(name_key("a") == 0xe40c292cu);
  STATIC_REQUIRE(name_key("foobar") == 0xbf9cf968u);
}

TEST_CASE("The key of a name treats letters beyond ASCII as bytes") {
  // One byte 0xff: (basis ^ 0xff) * prime.
  CHECK(name_key("\xff") == (0x811c9dc5u ^ 0xffu) * 16777619u);
}
