#include "run/predictive_draws.h"

namespace onward {

void DrawCollector::replicate_finished(std::uint32_t replicate, const Measures& measures) {
  const MeasureShape& shape = measures.shape();
  const std::size_t draw = first_draw_ + (replicate - first_replicate_);
  const auto claims = measures.counts(measure_index<"applications">());
  const auto shown = measures.counts(measure_index<"observed_claims">());
  const std::size_t destinations = shape.destinations.size();
  const std::size_t cells = shape.groups.size() * kChannelNames.size();
  const Parameters parameters = worlds_.parameters_of(replicate);
  draws_.noise[draw] = {.factor = parameters.get<"observation.source_factor">(),
                        .variance = parameters.get<"observation.overdispersion">()};
  for (int month = 0; month < shape.months; ++month) {
    const int year = (shape.start + month).year();
    if (!draws_.claims.has(year)) continue;
    for (std::size_t d = 0; d < destinations; ++d) {
      const std::size_t begin = (static_cast<std::size_t>(month) * destinations + d) * cells;
      for (const std::int32_t count : claims.subspan(begin, cells))
        draws_.claims.at(year, d)[draw] += count;
    }
  }
  for (int year = draws_.shown.years().first; year <= draws_.shown.years().last; ++year) {
    const auto row = static_cast<std::size_t>(year - shape.first_year());
    for (std::size_t d = 0; d < destinations; ++d)
      draws_.shown.at(year, d)[draw] = shown[row * destinations + d];
  }
}

}  // namespace onward
