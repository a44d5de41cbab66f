#include <atomic>
#include <cstdlib>
#include <new>

#include "catch.h"
#include "engine/step.h"
#include "support/small_world.h"

namespace {

std::atomic<long> allocations{0};

}  // namespace

// Every allocation of this program is counted.
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void* operator new(std::size_t size) {
  if (void* memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) {
  ++allocations;
  const auto step = static_cast<std::size_t>(alignment);
  if (void* memory = std::aligned_alloc(step, (size + step - 1) / step * step)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace onward;
using namespace onward::small;

namespace {

/// Allocations of one month well after the start, and the people who considered moving in it.
struct Seen {
  long allocations = 0;
  std::uint64_t considered = 0;
};

Seen month_of(int people) {
  Scenario from = scenario(people);
  from.parameters.set<"attention.base">(0.02);
  const World world(from);
  Simulation simulation = begin(world, run_key(1, 0));
  ThreadTeam team(1);
  for (int month = 0; month < 6; ++month) step(simulation, month, team);
  const long before = allocations;
  const std::uint64_t decisions = simulation.state.measures.decisions;
  step(simulation, 6, team);
  return {allocations - before, simulation.state.measures.decisions - decisions};
}

}  // namespace

TEST_CASE("a month takes little memory anew, however many people choose in it", "[step]") {
  const Seen few = month_of(1000);
  const Seen many = month_of(16000);
  REQUIRE(few.considered > 5);
  REQUIRE(many.considered > 8 * few.considered);
  CAPTURE(few.considered, many.considered);
  CHECK(few.allocations < 100);
  // Lists of people, and of candidates by month, grow by doubling; nothing is allocated for each
  // person.
  CHECK(many.allocations < few.allocations + 100);
}
