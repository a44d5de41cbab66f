#include "model/adverts.h"

#include <vector>

#include "core/vectorise.h"
#include "model/state.h"

namespace onward {

namespace {

/// What a broker adds to the evidence of whom it talks to, by slot and destination.
std::vector<double> praise(const State& state, const Month& month) {
  const double rumour = month.parameters().get<"broker.rumour">();
  const std::size_t destinations = month.world.destinations.size();
  std::vector<double> all;
  all.reserve(state.brokers.slots.size() * destinations);
  for (const Broker& broker : state.brokers.slots) {
    // Only claims that conceal are praised: outcomes of declared ones teach communities nothing.
    for (std::size_t d = 0; d < destinations; ++d)
      all.push_back(broker.offers[product_of(d, Story::kConceal)] != 0 ? rumour : 0.0);
  }
  return all;
}

/// Four neighbouring numbers that are added at once.
using Four = double __attribute__((vector_size(32), aligned(8), may_alias));

/// Adds to the evidence of a community what the brokers say who serve it, one after the other; some
/// fours of destinations at a time, from `d` on, so that their sums stay in registers. Returns the
/// first destination that is left.
template <std::size_t kFours>
inline std::size_t listen(const std::vector<std::uint16_t>& serving, const double* said,
                          std::size_t destinations, std::size_t d, double* positive) {
  for (; d + 4 * kFours <= destinations; d += 4 * kFours) {
    auto* evidence = reinterpret_cast<Four*>(positive + d);
    Four sums[kFours];
    for (std::size_t i = 0; i < kFours; ++i) sums[i] = evidence[i];
    for (const std::uint16_t slot : serving) {
      const auto* row = reinterpret_cast<const Four*>(said + slot * destinations + d);
      for (std::size_t i = 0; i < kFours; ++i) sums[i] += row[i];
    }
    for (std::size_t i = 0; i < kFours; ++i) evidence[i] = sums[i];
  }
  return d;
}

ONWARD_VECTORISED void tell(State& state, std::span<const std::uint32_t> some,
                            const std::vector<double>& said, std::size_t destinations) {
  double* evidence = state.communities.positive.data();
  for (const std::uint32_t c : some) {
    const std::vector<std::uint16_t>& serving = state.brokers.serving[c];
    double* positive = evidence + c * destinations;
    std::size_t d = listen<3>(serving, said.data(), destinations, 0, positive);
    d = listen<1>(serving, said.data(), destinations, d, positive);
    for (; d < destinations; ++d) {
      for (const std::uint16_t slot : serving) positive[d] += said[slot * destinations + d];
    }
  }
}

}  // namespace

void advertise(State& state, std::span<const std::uint32_t> some, const Month& month) {
  if (month.parameters().get<"broker.rumour">() == 0.0) return;
  tell(state, some, praise(state, month), month.world.destinations.size());
}

}  // namespace onward
