#include "catch.h"
#include "io/provenance.h"

using namespace onward;

TEST_CASE("The hash of a text is its 64-bit FNV-1a") {
  // Test vectors of the authors' page (Fowler, Noll, Vo).
  CHECK(hash_text("") == "fnv1a64:cbf29ce484222325");
  CHECK(hash_text("a") == "fnv1a64:af63dc4c8601ec8c");
  CHECK(hash_text("foobar") == "fnv1a64:85944171f73967e8");
}

TEST_CASE("A command line is quoted so that it can be typed again") {
  const char* const arguments[] = {"onward", "run", "my world.yaml", "--set", "a.b=1", "it's", ""};
  CHECK(command_line_text(7, arguments) == "onward run 'my world.yaml' --set a.b=1 'it'\\''s' ''");
}

TEST_CASE("Bytes that are not UTF-8 are replaced") {
  CHECK(valid_utf8("Zürich – 北 😀") == "Zürich – 北 😀");
  CHECK(valid_utf8("a\xff"
                   "b\xc3") == "a?b?");
  CHECK(valid_utf8("\xc0\xaf") == "??");            // overlong
  CHECK(valid_utf8("\xed\xa0\x80") == "???");       // surrogate
  CHECK(valid_utf8("\xf4\x90\x80\x80") == "????");  // above U+10FFFF
}

TEST_CASE("The build knows itself") {
  const Provenance provenance = build_provenance();
  CHECK(provenance.format_version == kFormatVersion);
  CHECK_FALSE(provenance.program_version.empty());
  CHECK(provenance.libraries.find("yaml-cpp") != std::string::npos);
  CHECK(utc_now().size() == std::string("2020-02-29T12:00:00Z").size());
}
