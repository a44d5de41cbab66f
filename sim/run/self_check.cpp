#include "run/self_check.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>

#include "core/check.h"

namespace onward {

namespace {

using Eigen::Index;

/// Share of a sample that lies below a value.
double share_below(const WeightedSample& sample, Index parameter, double value) {
  double share = 0.0;
  for (Index i = 0; i < sample.weight.size(); ++i) {
    if (sample.standard(i, parameter) < value) share += sample.weight[i];
  }
  return share;
}

double variance(const WeightedSample& sample, Index parameter) {
  const Eigen::ArrayXd values = sample.standard.col(parameter).array();
  const double mean = (sample.weight.array() * values).sum();
  return (sample.weight.array() * (values - mean).square()).sum();
}

/// Upper tail of Pearson's statistic against a flat histogram.
double flatness(const std::vector<int>& histogram, std::size_t count) {
  const double expected = static_cast<double>(count) / static_cast<double>(histogram.size());
  double statistic = 0.0;
  for (const int bin : histogram) statistic += (bin - expected) * (bin - expected) / expected;
  const boost::math::chi_squared law(static_cast<double>(histogram.size() - 1));
  return boost::math::cdf(boost::math::complement(law, statistic));
}

}  // namespace

std::vector<Recovery> check_recovery(const Bank& bank, std::size_t records, double keep) {
  EXPECT(records > 0 && records <= static_cast<std::size_t>(bank.points()));
  const Index width = bank.standard().cols();
  const auto count = static_cast<double>(records);
  const Eigen::VectorXd mean = bank.standard().colwise().mean();
  const Eigen::VectorXd spread =
      (bank.standard().rowwise() - mean.transpose()).colwise().squaredNorm() /
      static_cast<double>(bank.points());
  std::vector<Recovery> all(static_cast<std::size_t>(width));
  for (Recovery& recovery : all) recovery.ranks.assign(kRankBins, 0);
  for (std::size_t s = 0; s < records; ++s) {
    const auto point = static_cast<Index>(s * static_cast<std::size_t>(bank.points()) / records);
    const BankQuery query{.summary = bank.summaries().row(point), .left_out = point, .keep = keep};
    const WeightedSample sample = ask_bank(bank, query);
    for (Index p = 0; p < width; ++p) {
      Recovery& recovery = all[static_cast<std::size_t>(p)];
      const double rank = share_below(sample, p, bank.standard()(point, p));
      if (rank >= 0.25 && rank <= 0.75) recovery.coverage50 += 1.0 / count;
      if (rank >= 0.05 && rank <= 0.95) recovery.coverage90 += 1.0 / count;
      recovery.contraction += (1.0 - variance(sample, p) / spread[p]) / count;
      const auto bin = static_cast<std::size_t>(rank * static_cast<double>(kRankBins));
      ++recovery.ranks[std::min(bin, kRankBins - 1)];
    }
  }
  for (Recovery& recovery : all) recovery.rank_p = flatness(recovery.ranks, records);
  return all;
}

}  // namespace onward
