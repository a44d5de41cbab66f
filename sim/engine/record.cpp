#include "engine/record.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "core/fetching.h"
#include "core/vectorise.h"
#include "model/ruling.h"
#include "model/state.h"

namespace onward {

namespace {

constexpr std::size_t kDebtorsPerChunk = 4096;
constexpr std::size_t kAhead = 16;  ///< debtors who are fetched while others are seen

void record_people(State& state, const Month& month) {
  const std::size_t statuses = kStatusNames.size();
  for (std::size_t i = 0; i < state.stock.size(); ++i) {
    const auto people = static_cast<std::int32_t>(state.stock[i]);
    state.measures.count<"stock">(month.row(), i / statuses, i % statuses) = people;
    const bool present = static_cast<Status>(i % statuses) != Status::kReturnedOrigin;
    if (present) state.measures.person_months += static_cast<std::uint64_t>(people);
  }
  for (std::size_t d = 0; d < month.world.destinations.size(); ++d) {
    for (std::size_t g = 0; g < month.world.group_count(); ++g)
      state.measures.count<"pending">(month.row(), d, g) =
          state.pending.count(month.world.destinations[d], GroupId{g});
  }
}

/// What the debtors owe, by debtor: they lie here and there in memory.
std::vector<float> list_debts(const State& state, ThreadTeam& team) {
  std::vector<float> debts(state.debtors.size());
  visit_fetched(
      team, {0, debts.size()}, kDebtorsPerChunk, kAhead,
      [&](std::size_t i) { state.people.prefetch(PersonId{state.debtors[i]}); },
      [&](std::size_t i) { debts[i] = state.people.rows[state.debtors[i]].debt; });
  return debts;
}

void record_debt(State& state, const Month& month, ThreadTeam& team) {
  const std::vector<float> debts = list_debts(state, team);
  state.measures.value<"client_debt">(month.row()) =
      std::accumulate(debts.begin(), debts.end(), 0.0f);
}

double open_communities(const Communities& communities) {
  const auto closed = std::count(communities.joined.begin(), communities.joined.end(), 0u);
  return static_cast<double>(communities.size() - static_cast<std::size_t>(closed));
}

/// Sum in eight parts that do not wait for one another.
ONWARD_VECTORISED double sum_in_parts(const double* values, std::size_t count) {
  constexpr std::size_t kParts = 8;
  std::array<double, kParts> parts{};
  std::size_t i = 0;
  for (; i + kParts <= count; i += kParts) {
    for (std::size_t part = 0; part < kParts; ++part) parts[part] += values[i + part];
  }
  double sum = 0.0;
  for (const double part : parts) sum += part;
  for (; i < count; ++i) sum += values[i];
  return sum;
}

/// Share that has heard the newest announcement, by destination: mean over the communities that
/// have opened.
std::vector<double> mean_heard(const Communities& communities) {
  const double open = open_communities(communities);
  std::vector<double> heard(communities.all_abroad.size(), 0.0);
  if (open == 0.0) return heard;
  for (std::size_t d = 0; d < heard.size(); ++d)
    heard[d] = sum_in_parts(row_of(communities.heard, d), communities.size()) / open;
  return heard;
}

double mean_broker_trust(const Communities& communities, const Parameters& parameters) {
  double sum = 0.0;
  for (std::size_t c = 0; c < communities.size(); ++c) {
    if (communities.joined[c] != 0) sum += broker_trust(communities, parameters, CommunityId{c});
  }
  const double open = open_communities(communities);
  return open == 0.0 ? 0.0 : sum / open;
}

void record_destinations(State& state, const Month& month) {
  const World& world = month.world;
  const std::vector<double> heard = mean_heard(state.communities);
  for (std::size_t d = 0; d < world.destinations.size(); ++d) {
    state.measures.value<"belief">(month.row(), d) =
        static_cast<float>(state.signals.mean_belief[d]);
    state.measures.value<"heard">(month.row(), d) = static_cast<float>(heard[d]);
    state.measures.value<"expected_wait">(month.row(), d) =
        static_cast<float>(state.signals.wait[d]);
    state.measures.value<"coaching_left">(month.row(), d) =
        static_cast<float>(coaching_left(state, month.parameters(), d));
  }
  std::ranges::copy(world.prospects.protection(month.regime()),
                    &state.measures.value<"true_rate">(month.row()));
}

void record_brokers(State& state, const Month& month) {
  state.measures.value<"broker_trust">(month.row()) =
      static_cast<float>(mean_broker_trust(state.communities, month.parameters()));
  for (std::size_t slot = 0; slot < state.brokers.slots.size(); ++slot) {
    const Broker& broker = state.brokers.slots[slot];
    if (!broker.active) continue;
    ++state.measures.count<"brokers_active">(month.row());
    state.measures.value<"broker_price">(month.row(), slot) = static_cast<float>(broker.price);
    for (std::size_t product = 0; product < broker.offers.size(); ++product) {
      if (broker.offers[product] == 0) continue;
      ++state.measures.count<"broker_offers">(month.row(), product / 2, product % 2);
    }
  }
}

}  // namespace

void record(State& state, const Month& month, ThreadTeam& team) {
  record_people(state, month);
  record_debt(state, month, team);
  record_destinations(state, month);
  record_brokers(state, month);
}

}  // namespace onward
