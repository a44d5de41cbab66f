#include "model/observation.h"

#include <algorithm>
#include <cmath>

#include "core/distributions.h"
#include "model/purpose.h"

namespace onward {

std::int32_t observe_count(std::int64_t claims, const Parameters& parameters, RunKey key,
                           std::uint32_t place_key, int year) {
  double seen = static_cast<double>(claims) * parameters.get<"observation.source_factor">();
  const double variance = parameters.get<"observation.overdispersion">();
  if (variance > 0.0 && claims > 0) {
    DrawSequence draws(key, Entity{place_key}, purpose::kObservation,
                       static_cast<std::uint32_t>(year));
    seen *= variance * gamma(1.0 / variance, draws);
  }
  const double count = std::floor(seen + 0.5);
  const double shown =
      count > 0.0 ? std::max(count, parameters.get<"observation.rounded_below">()) : 0.0;
  return static_cast<std::int32_t>(std::min(shown, 2147483647.0));
}

void observe(Measures& measures, const World& world, RunKey key) {
  const MeasureShape& shape = measures.shape();
  for (std::size_t d = 0; d < world.destinations.size(); ++d) {
    std::vector<std::int64_t> claims(shape.length(Dimension::kYear), 0);
    for (int m = 0; m < shape.months; ++m) {
      const auto year = static_cast<std::size_t>((shape.start + m).year() - shape.first_year());
      for (std::size_t g = 0; g < world.group_count(); ++g) {
        for (std::size_t c = 0; c < kChannelNames.size(); ++c) {
          claims[year] += measures.count<"applications">(static_cast<std::size_t>(m), d, g, c);
        }
      }
    }
    const std::uint32_t name = world.place_keys[world.destinations[d].index()];
    for (std::size_t y = 0; y < claims.size(); ++y) {
      const int year = shape.first_year() + static_cast<int>(y);
      measures.count<"observed_claims">(y, d) =
          observe_count(claims[y], world.parameters(), key, name, year);
    }
  }
}

}  // namespace onward
