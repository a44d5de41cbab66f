#include "core/chance.h"

#include <vector>

#include "catch.h"
#include "core/random.h"

using namespace onward;

TEST_CASE("A chance hits exactly the words whose number in (0, 1) lies below it", "[chance]") {
  std::vector<double> chances{0.0, 1.0, 0x1p-33, 0x1p-32,      1.5 * 0x1p-32,
                              0.3, 0.5, 1e-300,  1.0 - 0x1p-33};
  for (std::uint32_t i = 0; i < 1000; ++i)
    chances.push_back(draw_uniform(run_key(1, 0), Entity{i}, 1));
  for (const double chance : chances) {
    const Chance made_ready(chance);
    const auto near = static_cast<std::int64_t>(chance * 0x1p32);
    for (std::int64_t word = near - 3; word <= near + 3; ++word) {
      if (word < 0 || word > 0xffffffffLL) continue;
      const auto of_draw = static_cast<std::uint32_t>(word);
      CAPTURE(chance, word);
      CHECK(made_ready.hits(of_draw) == (unit_interval(of_draw) < chance));
    }
    CHECK(made_ready.hits(0) == (unit_interval(0u) < chance));
    CHECK(made_ready.hits(0xffffffff) == (unit_interval(0xffffffffu) < chance));
  }
}
