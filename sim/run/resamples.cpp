#include "run/resamples.h"

#include <cmath>

#include "core/random.h"
#include "model/purpose.h"
#include "run/summary.h"

namespace onward {

namespace {

/// Enough for quantiles at 5 and 95 % that a second set of draws moves little (Efron and
/// Tibshirani 1993, section 14.3).
constexpr std::size_t kResamples = 1000;
constexpr std::size_t kResamplesPerChunk = 20;

/// How often each replicate is in a resample.
std::vector<std::int64_t> draw_resample(std::uint64_t seed, std::size_t number, std::size_t rows) {
  std::vector<std::int64_t> times(rows, 0);
  Block block{};
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t word = i % block.size();
    if (word == 0) {
      block = draw(run_key(seed, 0), Entity{number}, purpose::kBootstrap,
                   static_cast<std::uint32_t>(i / block.size()));
    }
    ++times[static_cast<std::size_t>(std::uint64_t{block[word]} * rows >> 32)];
  }
  return times;
}

/// Means of all columns, each row counted `times[row]` times.
void add_means(const CountTable& table, std::span<const std::int64_t> times,
               std::span<double> means) {
  std::vector<std::int64_t> sums(means.size(), 0);
  for (std::size_t r = 0; r < table.rows(); ++r) {
    if (times[r] == 0) continue;
    const std::span<const std::int32_t> row = table.row(r);
    for (std::size_t c = 0; c < sums.size(); ++c) sums[c] += times[r] * row[c];
  }
  for (std::size_t c = 0; c < sums.size(); ++c)
    means[c] = static_cast<double>(sums[c]) / static_cast<double>(table.rows());
}

}  // namespace

Resamples::Resamples(const CountTable& table, std::uint64_t seed, ThreadTeam& team)
    : columns_(table.layout().columns()), means_(columns_), resampled_(kResamples * columns_) {
  add_means(table, std::vector<std::int64_t>(table.rows(), 1), means_);
  team.for_each_chunk(chunk_count(kResamples, kResamplesPerChunk), [&](std::size_t chunk) {
    const IndexRange range = chunk_range(chunk, kResamplesPerChunk, kResamples);
    for (std::size_t i = range.begin; i < range.end; ++i) {
      add_means(table, draw_resample(seed, i, table.rows()),
                std::span(resampled_).subspan(i * columns_, columns_));
    }
  });
}

std::optional<MeanInterval> Resamples::estimate(const Statistic& statistic) const {
  const double mean = statistic(means_);
  if (std::isnan(mean)) return std::nullopt;
  std::vector<double> values;
  for (std::size_t i = 0; i < kResamples; ++i) {
    const double value = statistic(std::span(resampled_).subspan(i * columns_, columns_));
    if (!std::isnan(value)) values.push_back(value);
  }
  if (values.empty()) return MeanInterval{.mean = mean, .lo = mean, .hi = mean};
  return MeanInterval{.mean = mean, .lo = quantile(values, 0.05), .hi = quantile(values, 0.95)};
}

}  // namespace onward
