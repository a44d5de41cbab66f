#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/vectorise.h"
#include "generator.h"

/// The reduced workload of WORKLOAD.md as bare loops over arrays.
namespace floor_peer {

constexpr int kMonths = 24;
constexpr int kShock = 12;
constexpr std::size_t kDestinations = 7;
constexpr std::size_t kWidth = 8;  // a row of destinations, padded to a register
constexpr std::size_t kBrokers = 50;
constexpr std::size_t kCommunity = 1000;
constexpr std::size_t kBatch = 1024;
constexpr float kNever = -1e30f;
constexpr std::array<float, kWidth> kAttraction{-5.0f, -5.2f, -5.4f, -5.6f,
                                                -5.8f, -6.0f, -6.2f, kNever};
constexpr std::array<float, kWidth> kTravel{1.0f, 1.2f, 1.4f, 1.6f, 1.8f, 2.0f, 2.2f, 0.0f};

struct Broker {
  double price = 0.0;
  std::array<bool, kDestinations> offers{};
  std::array<double, kDestinations> positive{};
  std::array<double, kDestinations> negative{};

  double success(std::size_t d) const {
    return (5.0 * 0.6 + positive[d]) / (5.0 + positive[d] + negative[d]);
  }
};

struct Move {
  std::uint32_t person;
  std::uint8_t destination;
  std::int8_t broker;
};

/// What everybody in a community has in common.
struct Community {
  std::array<float, kWidth> common{};  // attraction and stock
  std::array<float, kWidth> price{};   // of the cheapest broker
  std::array<std::int8_t, kWidth> broker{};
};

/// People who consider a move, some at a time, as columns.
struct Batch {
  std::size_t size = 0;
  std::array<std::uint32_t, kBatch> person;
  std::array<float, kBatch> per_coin;
  std::array<float, kBatch> left;  // of a uniform number times the sum of weights
  std::array<float, kBatch * kWidth> weight;
};

/// exp(x) to about seven digits; 0 below -87.
inline float exponential(float x) {
  const float clamped = std::max(x, -87.0f);
  const float t = clamped * 1.44269504f;
  const float whole = t - (t < 0.0f ? 1.0f : 0.0f);
  const auto n = static_cast<std::int32_t>(whole);
  const float r = clamped - static_cast<float>(n) * 0.693147181f;
  const float series =
      1.0f + r * (1.0f + r * (0.5f + r * (0.166666667f + r * (0.0416666667f + r * (0.00833333333f +
                                                                                   r * 0.0014f)))));
  const auto bits = (n + 127) << 23;
  float scale;
  static_assert(sizeof scale == sizeof bits);
  __builtin_memcpy(&scale, &bits, sizeof scale);
  return series * scale;
}

ONWARD_VECTORISED inline void weigh(const std::vector<Community>& communities, Batch& batch) {
  for (std::size_t i = 0; i < batch.size; ++i) {
    const Community& here = communities[batch.person[i] / kCommunity];
    const float per_coin = batch.per_coin[i];
    float* __restrict weight = batch.weight.data() + i * kWidth;
    for (std::size_t d = 0; d < kWidth; ++d) {
      const float helped = std::max(1.5f - per_coin * here.price[d], 0.0f);
      weight[d] = exponential(here.common[d] - per_coin * kTravel[d] + helped);
    }
  }
}

class Floor {
 public:
  Floor(std::size_t people, double hazard, std::uint64_t seed)
      : random_(seed),
        people_(people),
        place_(people, 0),
        savings_(people),
        accepted_(people),
        communities_((people + kCommunity - 1) / kCommunity),
        abroad_(communities_.size()),
        serving_(communities_.size()),
        brokers_(kBrokers) {
    const double out = 0.3 / (1.0 + std::exp(1.0)) + 0.7 * 0.5;
    const double base = hazard / (1.0 + 0.5 * out);
    largest_ = 1.5 * base;
    const auto at_work = static_cast<float>(std::expm1(-base) / std::expm1(-largest_));
    for (std::size_t i = 0; i < people; ++i) {
      const double odds = random_.uniform() < 0.3 ? std::exp(1.0) : 1.0;
      accepted_[i] = random_.uniform() < odds / (1.0 + odds) ? at_work : 1.0f;
      savings_[i] = static_cast<float>(4.0 * std::exp(0.6 * random_.normal()));
    }
    for (Broker& broker : brokers_) {
      broker.price = 1.5 * std::exp(0.3 * random_.normal());
      for (bool& offer : broker.offers) offer = random_.uniform() < 0.4;
    }
    for (auto& serving : serving_)
      for (std::size_t b = 0; b < kBrokers; ++b)
        if (random_.uniform() < 0.1) serving.push_back(static_cast<std::int8_t>(b));
  }

  void step(int month) {
    considerations = 0;
    moves_out.fill(0);
    moves_back.fill(0);
    clients.fill(0);
    leaving_.clear();
    review(month);
    look_around();
    attend();
    decide(month);
  }

  std::size_t considerations = 0;
  std::array<int, kDestinations> moves_out{}, moves_back{}, clients{};

  const std::vector<Broker>& brokers() const { return brokers_; }
  std::array<int, kDestinations> abroad() const {
    std::array<int, kDestinations> all{};
    for (const auto& row : abroad_)
      for (std::size_t d = 0; d < kDestinations; ++d) all[d] += row[d];
    return all;
  }

 private:
  void review(int month) {
    const double kept = std::exp(-1.0 / 24.0);
    for (std::size_t b = 0; b < kBrokers; ++b) {
      Broker& broker = brokers_[b];
      for (double& cases : broker.positive) cases *= kept;
      for (double& cases : broker.negative) cases *= kept;
      if ((static_cast<std::size_t>(month) + b) % 3 == 0) change_products(broker);
    }
  }
  void change_products(Broker& broker) {
    bool idle = true;
    for (std::size_t d = 0; d < kDestinations; ++d) {
      if (broker.success(d) < 0.45) broker.offers[d] = false;
      idle = idle && !broker.offers[d];
    }
    if (random_.uniform() >= (idle ? 0.6 : 0.1)) return;
    std::size_t best = kDestinations;
    double best_value = 0.0;
    for (std::size_t d = 0; d < kDestinations; ++d) {
      if (broker.offers[d]) continue;
      const double value = 4.0 * broker.success(d) + random_.gumbel();
      if (best < kDestinations && value <= best_value) continue;
      best = d;
      best_value = value;
    }
    if (best < kDestinations) broker.offers[best] = true;
  }

  void look_around() {
    const auto all = abroad();
    for (std::size_t c = 0; c < communities_.size(); ++c) {
      Community& here = communities_[c];
      here.price.fill(-kNever);
      here.broker.fill(-1);
      here.common[kDestinations] = kNever;
      for (std::size_t d = 0; d < kDestinations; ++d) {
        const auto stock = static_cast<float>(abroad_[c][d] + 0.001 * all[d]);
        here.common[d] = kAttraction[d] + 0.3f * std::log1p(stock);
        for (const std::int8_t b : serving_[c]) {
          const Broker& broker = brokers_[static_cast<std::size_t>(b)];
          if (!broker.offers[d] || broker.price >= static_cast<double>(here.price[d])) continue;
          here.price[d] = static_cast<float>(broker.price);
          here.broker[d] = b;
        }
      }
    }
  }

  /// Goes from one candidate to the next by exponential gaps: a hazard may strike the same person
  /// twice in a month, which counts once.
  void attend() {
    double at = 0.0;
    std::size_t last = people_;
    batch_.size = 0;
    for (;;) {
      at -= std::log(random_.uniform()) / largest_;
      if (at >= static_cast<double>(people_)) break;
      const auto person = static_cast<std::size_t>(at);
      if (person == last || place_[person] != 0) continue;
      last = person;
      const std::uint64_t bits = random_();
      if (static_cast<float>(bits >> 40) * 0x1p-24f >= accepted_[person]) continue;
      const std::size_t i = batch_.size++;
      batch_.person[i] = static_cast<std::uint32_t>(person);
      batch_.per_coin[i] = 2.0f / std::max(savings_[person], 1.0f);
      batch_.left[i] = static_cast<float>(bits & 0xffffff) * 0x1p-24f;
      if (batch_.size == kBatch) choose();
    }
    choose();
  }

  void choose() {
    weigh(communities_, batch_);
    considerations += batch_.size;
    for (std::size_t i = 0; i < batch_.size; ++i) {
      const float* weight = batch_.weight.data() + i * kWidth;
      float sum = 0.0f;
      for (std::size_t d = 0; d < kWidth; ++d) sum += weight[d];
      float left = batch_.left[i] * (1.0f + sum);
      if (left >= sum) continue;
      std::size_t d = 0;
      while (d + 1 < kDestinations && left >= weight[d]) left -= weight[d++];
      depart(batch_.person[i], d, batch_.per_coin[i]);
    }
    batch_.size = 0;
  }

  void depart(std::uint32_t person, std::size_t d, float per_coin) {
    const Community& here = communities_[person / kCommunity];
    const bool helped = here.broker[d] >= 0 && 1.5f - per_coin * here.price[d] > 0.0f;
    const float cost = kTravel[d] + (helped ? here.price[d] : 0.0f);
    savings_[person] -= std::min(cost, savings_[person]);
    place_[person] = static_cast<std::uint8_t>(d + 1);
    ++abroad_[person / kCommunity][d];
    ++moves_out[d];
    if (helped) ++clients[d];
    leaving_.push_back({person, static_cast<std::uint8_t>(d),
                        helped ? here.broker[d] : static_cast<std::int8_t>(-1)});
  }

  void decide(int month) {
    for (const auto& [person, d, broker] : pending_) {
      const double chance = month >= kShock && d < 2 ? 0.15 : 0.6;
      const bool recognised = random_.uniform() < chance;
      if (broker >= 0) {
        Broker& seller = brokers_[static_cast<std::size_t>(broker)];
        (recognised ? seller.positive : seller.negative)[d] += 1.0;
      }
      if (recognised) continue;
      place_[person] = 0;
      --abroad_[person / kCommunity][d];
      ++moves_back[d];
    }
    pending_.swap(leaving_);
  }

  Generator random_;
  std::size_t people_;
  double largest_ = 0.0;
  std::vector<std::uint8_t> place_;
  std::vector<float> savings_;
  std::vector<float> accepted_;
  std::vector<Community> communities_;
  std::vector<std::array<int, kDestinations>> abroad_;
  std::vector<std::vector<std::int8_t>> serving_;
  std::vector<Broker> brokers_;
  std::vector<Move> pending_;
  std::vector<Move> leaving_;
  Batch batch_;
};

}  // namespace floor_peer
