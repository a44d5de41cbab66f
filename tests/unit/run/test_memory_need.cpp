#include "run/memory_need.h"

#include "catch.h"
#include "core/machine_memory.h"
#include "support/small_world.h"

using namespace onward;
using namespace onward::small;

namespace {

constexpr std::uint64_t kGibibyte = std::uint64_t{1} << 30;

}  // namespace

TEST_CASE("A run that does not fit is refused with what it needs and what there is") {
  CHECK(check_memory(kGibibyte, kGibibyte) == "needs about 1.00 GiB of memory; 1.00 GiB are free");
  CHECK_THROWS_AS(check_memory(kGibibyte + 1, kGibibyte), std::runtime_error);
  try {
    check_memory(3 * kGibibyte, kGibibyte / 2);
  } catch (const std::runtime_error& error) {
    CHECK(std::string(error.what()).find("3.00 GiB") != std::string::npos);
    CHECK(std::string(error.what()).find("0.50 GiB") != std::string::npos);
  }
}

TEST_CASE("People take memory in proportion to their number") {
  const World few(scenario(1000));
  const World many(scenario(100'000));
  constexpr std::size_t kRow = sizeof(Person) + sizeof(std::uint32_t);
  CHECK(memory_of_replicate(few).people == 1000 * kRow);
  CHECK(memory_of_replicate(many).people == 100'000 * kRow);
  CHECK(memory_of_replicate(many).measures == memory_of_replicate(few).measures);
}

TEST_CASE("Stayers take memory only if their lives are kept") {
  Scenario calm = scenario(100'000);
  calm.parameters.set<"attention.restless_share">(0.25);
  const World all(scenario(100'000)), few(calm);
  CHECK(4 * memory_of_replicate(few).people == memory_of_replicate(all).people);
  CHECK(memory_of_replicate(few, true).people == memory_of_replicate(all).people);
}

TEST_CASE("Replicates that run at the same time add up") {
  const World world(scenario(100'000));
  const auto need = [&](std::uint32_t count, int threads) {
    return memory_of_run(world, {.count = count, .threads = threads});
  };
  const std::uint64_t each = memory_of_replicate(world).total();
  CHECK(need(1, 4) == need(1, 1));
  CHECK(need(8, 4) == need(8, 1) + 3 * each);
}

TEST_CASE("The machine tells what is free and what the process took at most") {
  CHECK(available_memory() > 0);
#ifdef __linux__
  const std::uint64_t before = peak_memory();
  CHECK(before > 0);
  std::vector<char> taken(std::size_t{1} << 26, 1);
  CHECK(taken[12345] == 1);
  CHECK(peak_memory() >= before);
  CHECK(peak_memory() > std::uint64_t{1} << 26);
#endif
}
