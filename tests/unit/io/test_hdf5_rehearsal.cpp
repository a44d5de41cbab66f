#include "io/hdf5_rehearsal.h"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <new>

#include "catch.h"
#include "core/check.h"
#include "io/hdf5_input.h"

using namespace onward;

namespace {

/// What the rehearsal of `read` ends with: "" or the message of the user's error.
template <class Read>
std::string outcome(Read read) {
  try {
    rehearse_reading("some.h5", "run file", read);
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

const std::string kDamaged = "some.h5: the run file is damaged (the HDF5 library cannot read it).";

}  // namespace

TEST_CASE("A file that can be read passes, and nothing of the rehearsal stays", "[rehearsal]") {
  int reads = 0;
  CHECK(outcome([&] { ++reads; }) == "");
  CHECK(reads == 0);
}

TEST_CASE("What is wrong with a file comes back whole from the rehearsal", "[rehearsal]") {
  CHECK(outcome([] { reject_file("some.h5", "it is odd"); }) == "some.h5: it is odd.");
  CHECK(outcome([] { reject_file("some.h5", "it is odd", "not even", "another file"); }) ==
        "some.h5: it is odd (not even). another file?");
  CHECK(outcome([] { reject_file("some.h5", "it is \xff"); }).starts_with("some.h5: it is "));
  CHECK(outcome([] { reject_file("some.h5", "it is \xff"); }).find('\xff') == std::string::npos);
  CHECK(outcome([] { throw std::runtime_error("too odd"); }) ==
        "some.h5: the run file cannot be read (too odd).");
  CHECK(outcome([] {
          throw std::bad_alloc();
        }).starts_with("some.h5: the run file cannot be read ("));
  CHECK(outcome([] { reject_file("some.h5", std::string(1'000'000, 'x')); }) == kDamaged);
}

TEST_CASE("A file of which the reader dies is damaged", "[rehearsal]") {
  CHECK(outcome([] { std::abort(); }) == kDamaged);
  CHECK(outcome([] { std::raise(SIGSEGV); }) == kDamaged);
  CHECK(outcome([] { std::_Exit(3); }) == kDamaged);
}

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("A reader that follows what it never set dies, whatever lay there before",
          "[rehearsal]") {
  // The memory that the reader gets last held zeros, which are given back without harm.
  void** before = static_cast<void**>(std::malloc(4096));
  REQUIRE(before != nullptr);
  std::memset(before, 0, 4096);
  std::free(before);
  CHECK(outcome([] {
          void** volatile table = static_cast<void**>(std::malloc(4096));
          std::free(table[40]);
        }) == kDamaged);
}
#endif
